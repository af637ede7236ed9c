"""The pilot that this installation runs, from its file."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from throughcare.core.pilot import Pilot
from throughcare.rules.pilot import load_pilot


@lru_cache(maxsize=4)
def _loaded(path: Path) -> Pilot:
    strands = [app.rpartition(".")[2] for app in settings.INSTALLED_APPS if ".strands." in app]
    return load_pilot(path, strands=strands)


def current_pilot() -> Pilot:
    """The pilot of the settings' file, read once."""
    return _loaded(settings.THROUGHCARE_PILOT)
