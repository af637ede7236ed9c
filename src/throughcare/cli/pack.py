"""`throughcare pack`: the governance pack of a period, frozen."""

from pathlib import Path
from typing import Annotated

import typer


def pack(
    start: Annotated[str, typer.Option("--from", help="first day, YYYY-MM-DD")],
    end: Annotated[str, typer.Option("--to", help="the day after the last: the end is exclusive")],
    output: Annotated[Path, typer.Option("--output", help="folder to write")],
) -> None:
    """Freeze the governance pack of a period: page, PDF, Word document and figures, kept in the store and written to a folder."""
    from throughcare.cli.days import period
    from throughcare.cli.store import open_store
    from throughcare.core.whole_folder import refuse_other, write_whole

    over = period(start, end)
    open_store()
    from throughcare.casework.pilot import current_pilot
    from throughcare.report.packs.actions import freeze
    from throughcare.report.packs.files import MARK
    from throughcare.web.clock import now

    refuse_other(output, mark=MARK, kind="pack")
    frozen = freeze(by="cli", at=now(), pilot=current_pilot(), period=over)
    files = {file.name: bytes(file.content) for file in frozen.files.all()}
    write_whole(output, files, mark=MARK, kind="pack")
    typer.echo(f"{output / MARK} written; {frozen.small} of its figures are small numbers, not to be passed on")
