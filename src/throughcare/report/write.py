"""Writing the report: index.html and figures.csv in a folder that appears whole or not at all."""

import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from throughcare.casework.frames import reading_once
from throughcare.core.contracts import Finding, Measure, Scope
from throughcare.core.errors import UserError
from throughcare.core.pilot import Period, Pilot
from throughcare.measures.listing import figures_csv
from throughcare.measures.windows import last_day
from throughcare.registry import parts
from throughcare.report.compose import compose
from throughcare.report.figures import gather
from throughcare.report.html import page

MARK = "figures.csv"


class OutputRefused(UserError):
    """The output is something that a report must not replace."""


def write_report(
    *, pilot: Pilot, period: Period, audience: Literal["governance", "public"], output: Path,
    measures: Iterable[Measure], findings: Iterable[Finding] | None = None,
) -> Path:  # fmt: skip
    """Writes the report of the period for an audience into the folder `output`; gives the path of its page.

    For the public small numbers are suppressed everywhere alike. Findings are those of all parts unless given. The folder
    is made beside and put in place at the end; an earlier report there is replaced, anything else there is refused.
    """
    _refuse_other(output)
    with reading_once():
        found = _findings(pilot, period) if findings is None else findings
        figures = gather(measures, pilot=pilot, period=period, public=audience == "public", findings=found)
    files = {"index.html": page(compose(figures)), MARK: figures_csv(figures.results)}
    output.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{output.name}-", dir=output.parent))
    try:
        for name, text in files.items():
            (made / name).write_text(text, encoding="utf-8", newline="")
        made.chmod(0o755)
        _put(made, output)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return output / "index.html"


def _findings(pilot: Pilot, period: Period) -> list[Finding]:
    scope = Scope(pilot=pilot, period=period, as_at=last_day(period))
    return parts.findings(scope)


def _refuse_other(output: Path) -> None:
    if output.is_dir() and (not any(output.iterdir()) or (output / MARK).is_file()):
        return
    if output.exists() or output.is_symlink():
        raise OutputRefused(
            what="The report cannot be written", record=str(output), expected="a new folder, an empty one or an earlier report",
            mend="name another folder, or remove this one",
        )  # fmt: skip


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
