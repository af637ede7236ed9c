"""A folder of output that appears whole or not at all: made beside, then put in place."""

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from throughcare.core.errors import UserError


class OutputRefused(UserError):
    """The output is something that must not be replaced."""


def refuse_other(output: Path, *, mark: str, kind: str) -> None:
    """Refuses anything there but a new folder, an empty one, or an earlier output of the kind, told by the file `mark` in it."""
    if output.is_dir() and (not any(output.iterdir()) or (output / mark).is_file()):
        return
    if output.exists() or output.is_symlink():
        raise OutputRefused(
            what=f"The {kind} cannot be written", record=str(output), expected=f"a new folder, an empty one or an earlier {kind}",
            mend="name another folder, or remove this one",
        )  # fmt: skip


def write_whole(output: Path, files: Mapping[str, str | bytes], *, mark: str, kind: str) -> None:
    """Writes the files (by their path in the folder) and puts the folder in place of an earlier one; see `refuse_other`."""
    refuse_other(output, mark=mark, kind=kind)
    output.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{output.name}-", dir=output.parent))
    try:
        for name, text in files.items():
            (made / name).parent.mkdir(parents=True, exist_ok=True)
            (made / name).write_bytes(text.encode() if isinstance(text, str) else text)
        made.chmod(0o755)
        _put(made, output)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _put(made: Path, output: Path) -> None:
    """Puts the new folder in place of the old one, which stands aside until the new one is there."""
    if not output.exists():
        made.rename(output)
        return
    aside = Path(tempfile.mkdtemp(prefix=f".{output.name}-old-", dir=output.parent))
    output.rename(aside / "old")
    try:
        made.rename(output)
    except OSError:
        (aside / "old").rename(output)
        raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)
