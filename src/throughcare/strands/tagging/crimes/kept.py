"""What a run kept of itself, read back."""

import json
from datetime import timedelta

from throughcare.positions.parameters import Parameters
from throughcare.strands.tagging import models as m


def parameters_of(run: m.MatchRun) -> Parameters:
    """The parameters by which it was run, whatever the pilot file says now."""
    told = json.loads(run.parameters)
    return Parameters(**{**told, "mechanisms": tuple(told["mechanisms"]), "buffer": timedelta(seconds=told["buffer"])})


def in_words(wanted: Parameters) -> list[tuple[str, str]]:
    """Each parameter by its name, as a page and an evidence pack say it."""
    most = "any" if wanted.max_precision_m is None else f"at most {wanted.max_precision_m:g} m"
    return [
        ("Radius", f"{wanted.radius_m:g} m from the crime, true distance"), ("Least fixes of one tag", str(wanted.min_fixes)),
        ("Whose fixes count", ", ".join(wanted.mechanisms)), ("Precision of a fix", most),
        ("Added to the window at both ends", f"{wanted.buffer.total_seconds() / 60:g} minutes"),
    ]  # fmt: skip
