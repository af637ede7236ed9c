"""`throughcare report`: the report of a period, and its figures."""

from pathlib import Path
from typing import Annotated, Literal

import typer


def report(
    start: Annotated[str, typer.Option("--from", help="first day, YYYY-MM-DD")],
    end: Annotated[str, typer.Option("--to", help="the day after the last: the end is exclusive")],
    audience: Annotated[Literal["governance", "public"], typer.Option("--audience", help="public: small numbers suppressed")],
    output: Annotated[Path, typer.Option("--output", help="folder to write")],
    prose: Annotated[
        Path | None, typer.Option("--prose", help="folder of your own chapters in Markdown, each by the chapter's name")
    ] = None,
) -> None:
    """Write the report of a period: a page, a tagged PDF, a workbook, and figures.csv with where each figure comes from."""
    from throughcare.cli.days import period
    from throughcare.cli.store import open_store

    over = period(start, end)
    open_store()
    from throughcare.casework.pilot import current_pilot
    from throughcare.measures.all_measures import all_measures
    from throughcare.report.own_prose import read_folder
    from throughcare.report.prose_claims import claims
    from throughcare.report.publication import queries as publications
    from throughcare.report.sections import NOTHING
    from throughcare.report.write import FILES, write_report

    own = read_folder(prose) if prose else NOTHING
    known = publications.earlier() if audience == "public" else []
    page = write_report(
        pilot=current_pilot(), period=over, audience=audience, output=output, measures=all_measures(), prose=own, earlier=known
    )
    for name, text in own.items():
        for claim in claims(text):
            typer.echo(f"{name}.md {claim.words}", err=True)
    if audience == "public":
        typer.echo(_of_the_earlier(len(known)), err=not known)
    typer.echo(f"{page} written")
    for name, what in list(FILES.items())[1:]:
        typer.echo(f"{page.parent / name} written: {what}")


def _of_the_earlier(known: int) -> str:
    """From how many publications of this home nothing can be worked out by subtraction; of none, what follows."""
    if known:
        which = "the publication" if known == 1 else f"the {known} publications"
        return f"Nothing withheld can be worked out from {which} of this home approved before"
    return (
        "No publication of this home is approved, so none was reckoned with: what was published elsewhere, less what is in this "
        "report, may give small numbers back. Publish in the service, which keeps what was published"
    )
