"""`throughcare audit-figures`: what contradicts itself in a report, or differs from the store."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from throughcare.core.errors import UserError

if TYPE_CHECKING:
    from throughcare.measures.results import Result


def audit_figures(
    document: Annotated[Path, typer.Argument(metavar="DOCUMENT", help="docx, PDF, HTML, Markdown, text, or CSV of figures")],
    form: Annotated[Literal["table", "json"], typer.Option("--format")] = "table",
    start: Annotated[str, typer.Option("--from", help="with --to: compare with the store too, from this day")] = "",
    end: Annotated[str, typer.Option("--to", help="the day after the last: the end is exclusive")] = "",
) -> None:
    """List what contradicts itself in a report, and with --from and --to what differs from the store.

    Exit 0 whatever is found: an alarm is for a person to judge. Without a period no store is opened.
    """
    from throughcare.report.figure_audit.audit import audit
    from throughcare.report.figure_audit.reading import read
    from throughcare.report.figure_audit.telling import as_json, show

    if bool(start) != bool(end):
        raise UserError(
            what="half a period is given", record=f"--from {start} --to {end}".replace("  ", " "),
            expected="both --from and --to, or neither", mend="give both to compare with the store",
        )  # fmt: skip
    read_document = read(document)
    alarms = audit(read_document, _stored(start, end) if start else ())
    if form == "json":
        typer.echo(as_json(document.name, alarms))
        return
    from rich.console import Console

    show(document.name, alarms, Console())


def _stored(start: str, end: str) -> "tuple[Result, ...]":
    """Every figure of the store over the period, as its governance group sees it."""
    from throughcare.cli.days import period
    from throughcare.cli.store import open_store

    over = period(start, end)
    open_store()
    from throughcare.casework.frames import reading_once
    from throughcare.casework.pilot import current_pilot
    from throughcare.core.contracts import Scope
    from throughcare.measures.all_measures import all_measures
    from throughcare.measures.windows import last_day
    from throughcare.registry import parts
    from throughcare.report.figures import gather

    pilot = current_pilot()
    with reading_once():
        findings = parts.findings(Scope(pilot=pilot, period=over, as_at=last_day(over)))
        return gather(all_measures(), pilot=pilot, period=over, public=False, findings=findings).results
