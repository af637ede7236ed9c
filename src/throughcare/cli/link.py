"""`throughcare link`: who is who, in the store or in plain files."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    import polars as pl

    from throughcare.linkage.files import Records
    from throughcare.linkage.parameters import Parameters
    from throughcare.linkage.scoring import Engine

SHOWN = 5


def link(
    paths: Annotated[list[Path] | None, typer.Argument(metavar="[PATH...]", help="CSV or Parquet of records")] = None,
    output: Annotated[Path | None, typer.Option("--output", help="CSV of people to write; pairs are written beside it")] = None,
    engine: Annotated[Literal["duckdb", "spark"], typer.Option("--engine", help="where the model runs")] = "duckdb",
    everything: Annotated[bool, typer.Option("--all", help="in the store: look at all records again")] = False,
    model: Annotated[Path | None, typer.Option("--model", help="model file to use")] = None,
    train: Annotated[Path | None, typer.Option("--train", help="learn a model from these records, write it here, use it")] = None,
) -> None:
    """Link the records of one person: in the files given, or in the store, where only what is new or changed is looked at."""
    from throughcare.core.errors import UserError

    if paths and output is None:
        raise UserError(
            what="files are to be linked and there is nowhere to write to", record="--output", expected="a file",
            mend="name one: --output people.csv",
        )  # fmt: skip
    if paths and output:
        _files(paths, output, engine=engine, model=model, learn=train)
        return
    from throughcare.cli.after import handle_events
    from throughcare.cli.store import open_store

    open_store()
    link_store(everything=everything, engine=_engine(engine), model=model, learn=train, output=output)
    handle_events()


def link_store(
    *, everything: bool = False, engine: "Engine | None" = None, model: Path | None = None, learn: Path | None = None,
    output: Path | None = None,
) -> None:  # fmt: skip
    """Links what is new in the store, or all of it, and says what came of it; writes its people where `output` says."""
    from throughcare.casework.linking import queries
    from throughcare.casework.linking.actions import link as run
    from throughcare.cli.after import say_linked
    from throughcare.linkage.cleaning import clean
    from throughcare.linkage.files import write_people
    from throughcare.linkage.parameters import load

    parameters = load(model) if model else None
    if learn:
        found = queries.records()
        parameters = _learn(found.select("id").hstack(clean(found)), parameters or load(), learn)
    done = run(by="cli", everything=everything, parameters=parameters, engine=engine)
    say_linked(done)
    if output:
        write_people(*queries.as_files(), output)


def _files(paths: list[Path], output: Path, *, engine: str, model: Path | None, learn: Path | None) -> None:
    from datetime import UTC, datetime

    from throughcare.cli.days import existing
    from throughcare.core.clock import london_date
    from throughcare.linkage.files import cleaned_of, link_files, read_records
    from throughcare.linkage.parameters import load

    found, today = [existing(path) for path in paths], london_date(datetime.now(UTC))
    parameters = load(model) if model else load()
    if learn:
        parameters = _learn(cleaned_of(read_records(found, as_at=today)), parameters, learn)
    records, linkage = link_files(found, output, parameters=parameters, as_at=today, engine=_engine(engine))
    _say_unused(records)
    people = linkage.people["group"].n_unique()
    asked = linkage.pairs["decision"].eq("possible").sum()
    typer.echo(f"{records.frame.height} records are {people} people; {asked} pairs are for a person to decide", err=True)


def _engine(name: str) -> "Engine | None":
    if name == "duckdb":
        return None
    from throughcare.linkage.spark import Spark

    return Spark()


def _learn(cleaned: "pl.DataFrame", start: "Parameters", path: Path) -> "Parameters":
    """Learns a model, writes it, and says its name."""
    from datetime import UTC, datetime

    from throughcare.core.clock import london_date
    from throughcare.linkage.parameters import save
    from throughcare.linkage.training import train

    today = london_date(datetime.now(UTC))
    learned = train(cleaned, start, on=today)
    save(learned, path, why=f"Learned on {today} from {cleaned.height} records, beginning with {start.version}.")
    typer.echo(f"model {learned.version} written to {path}", err=True)
    return learned


def _say_unused(records: "Records") -> None:
    """Columns and identifiers that play no part, so that nobody takes them for used."""
    if records.ignored:
        typer.echo(f"not used: {', '.join(records.ignored)}", err=True)
    for column, those in records.unused.items():
        first = ", ".join(those[:SHOWN]) + ", …" * (len(those) > SHOWN)
        typer.echo(f"{column}: {len(those)} are no valid number and are not used ({first})", err=True)
