"""`throughcare demo`: build the demonstration pilot and serve it."""

import shutil
from pathlib import Path
from typing import Annotated

import typer

MARK = "demonstration.txt"


def demo(
    home: Annotated[Path | None, typer.Option("--home", help="where to build it; THROUGHCARE_HOME or ./var by default")] = None,
    serve: Annotated[bool, typer.Option("--serve/--no-serve", help="serve it when built")] = True,
    port: Annotated[int, typer.Option("--port", help="port to answer on")] = 8000,
) -> None:
    """Build the London pilot of 2016 from synthetic extracts, by the same steps as a real one, and serve it."""
    from throughcare.cli.store import open_settings

    open_settings(home)
    from django.conf import settings

    from throughcare.cli import serving

    home_folder = Path(settings.HOME)
    held = serving.take_port(port) if serve else None
    clear(home_folder)
    page = _build(home_folder)
    typer.echo(f"The report is {page}")
    if held is not None:
        serving.serve_anew(held, home_folder)


def clear(home: Path) -> None:
    """Removes an earlier demonstration from the home; refuses a home that holds anything else. Marks the day it stands on."""
    from django.conf import settings

    from throughcare.core.errors import UserError
    from throughcare.synthetic.lives import DEMONSTRATION_DAY

    home.mkdir(parents=True, exist_ok=True)
    held = {item.name for item in home.iterdir()} - {settings.SECRET_KEY_FILE}  # put there by itself
    if held and MARK not in held:
        raise UserError(
            what="the home is not a demonstration's, and demo begins with an empty one",
            record=str(home),
            expected="an empty folder, or an earlier demonstration",
            mend="name another with --home",
        )
    for item in home.iterdir():
        shutil.rmtree(item) if item.is_dir() else item.unlink()
    told = f"A demonstration pilot of invented people. `throughcare demo` builds it anew.\nday: {DEMONSTRATION_DAY}\n"
    (home / MARK).write_text(told, encoding="utf-8")


def _build(home: Path) -> Path:
    from throughcare.cli.after import handle_events
    from throughcare.cli.progress import loading, step
    from throughcare.cli.store import open_store

    open_store()
    from throughcare.casework.pilot import current_pilot
    from throughcare.core.pilot import Period
    from throughcare.measures.all_measures import all_measures
    from throughcare.report.write import write_report
    from throughcare.synthetic.demonstration import REPORTED, build

    pilot = current_pilot()
    _refuse_a_store_in_use()
    with loading() as progress:
        build(home, pilot=pilot, say=step, progress=progress)
    handle_events()
    step("Writing the report")
    start, end = REPORTED
    page = write_report(
        pilot=pilot, period=Period(start=start, end=end), audience="governance", output=home / "report", measures=all_measures()
    )
    return page


def _refuse_a_store_in_use() -> None:
    """A database named by THROUGHCARE_DATABASE_URL is not cleared with the home: people in it are somebody's work."""
    from throughcare.casework.people.queries import people
    from throughcare.core.errors import UserError

    if people().height:
        raise UserError(
            what="the store holds people, and demo begins with an empty one",
            record="THROUGHCARE_DATABASE_URL",
            expected="an empty database",
            mend="name another database, or unset the variable to use the home's own",
        )
