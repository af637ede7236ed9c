"""`throughcare study`: a study on plain files, or of the store; `throughcare study register` keeps its protocol beforehand."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from throughcare.stats.any_study import Ran

REGISTER = "register"


def study(
    protocol: Annotated[str, typer.Argument(metavar="[register] PROTOCOL.toml", help="what is asked, and how it is answered")],
    to_register: Annotated[Path | None, typer.Argument(hidden=True)] = None,
    data: Annotated[Path | None, typer.Option("--data", help="CSV or Parquet; without: the registered copy")] = None,
    output: Annotated[Path | None, typer.Option("--output", help="folder to write: results.json, index.html, …")] = None,
    name: Annotated[str, typer.Option("--name", help="with register: the study's name; the file's by default")] = "",
    seen: Annotated[str, typer.Option("--seen", help="with register: how its outcomes were seen already, if they were")] = "",
) -> None:
    """Run a study by its protocol, check it, and say what can and cannot be concluded. `register`: keep it beforehand.

    An exploratory protocol on a file needs no store. One that is registered in the home's store is run as such.
    """
    if protocol == REGISTER:
        _register(_given(to_register, "PROTOCOL.toml"), name, seen)
        return
    if to_register is not None:
        raise typer.BadParameter("one protocol is run at a time")
    from throughcare.cli.days import existing
    from throughcare.stats.any_study import parse_any
    from throughcare.stats.toml_file import text_of

    path, folder = existing(Path(protocol)), _given(output, "--output")
    asked, sha256 = parse_any(text_of(path), name=str(path))
    if asked.study.exploratory:
        _told(_on_files(path, existing(_given(data, "--data")), folder), folder)
    else:
        _told(_as_registered(sha256, path, data, folder), folder)


def _given(path: Path | None, what: str) -> Path:
    if path is None:
        raise typer.BadParameter(f"{what} is missing")
    return path


def _on_files(protocol: Path, data: Path, output: Path) -> "Ran":
    from datetime import UTC, datetime

    from throughcare.core.clock import london_date
    from throughcare.stats.study_files import study_files

    return study_files(protocol, data, output, as_at=london_date(datetime.now(UTC)))


def _as_registered(sha256: str, protocol: Path, data: Path | None, output: Path) -> "Ran":
    """Runs what is registered under this digest: on the file given, or on the service's own copy. This opens the outcomes."""
    from throughcare.cli.days import existing
    from throughcare.cli.store import open_store
    from throughcare.core.whole_folder import refuse_other
    from throughcare.stats.results import MARK

    refuse_other(output, mark=MARK, kind="study")
    open_store()
    from throughcare.evaluation import actions, queries
    from throughcare.stats.study_files import read_people
    from throughcare.web.clock import now, today

    version = queries.version_of(sha256, record=str(protocol))
    if data is not None:
        made, result = actions.run_on_file(by="cli", version=version, frame=read_people(existing(data)), as_at=today(), at=now())
    else:
        made, result = actions.run(by="cli", study=version.study, as_at=today(), at=now())
    actions.write_result(made, output)
    return result


def _register(protocol: Path, name: str, seen: str) -> None:
    from throughcare.cli.days import existing
    from throughcare.cli.store import open_store

    path = existing(protocol)
    open_store()
    from throughcare.evaluation.actions import register
    from throughcare.stats.toml_file import text_of
    from throughcare.web.clock import now

    study = register(by="cli", text=text_of(path), slug=name or path.stem, at=now(), seen_before=seen)
    version = study.versions.get(number=1)
    typer.echo(f"{study.slug} is registered: {version.sha256}, at {study.registered_at:%Y-%m-%d %H:%M} UTC")
    if study.seen_before:
        typer.echo(f"Its outcomes had been seen before: {study.seen_before}")


def _told(result: "Ran", output: Path) -> None:
    for refusal in result.plain["refused"]:
        typer.echo(f"refused ({refusal['gate']}): {refusal['says']}", err=True)
    for answer in result.plain["estimates"]:
        typer.echo(f"{answer['outcome']}: {answer['verdict']}", err=True)
    typer.echo(f"{output / 'index.html'} written")
