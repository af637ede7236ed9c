"""`throughcare subject-access`: what is held on a person, as the person may be given it."""

import os
import tempfile
from pathlib import Path
from typing import Annotated

import typer


def subject_access(
    person: Annotated[str, typer.Argument(metavar="PERSON", help="the person's id, CRN, PNC ID, CRO or prison number")],
    output: Annotated[Path, typer.Option("--output", help="file to write: .html, .pdf or .txt")],
) -> None:
    """Write what is held on a person. What is for a decision and has none, by the last request, is left out."""
    from throughcare.cli.store import open_store
    from throughcare.core.errors import UserError

    open_store()
    from throughcare.casework.pilot import current_pilot
    from throughcare.casework.subject_access import actions, documents, queries
    from throughcare.design.paper import as_page, as_pdf, as_text
    from throughcare.web.clock import today
    from throughcare.web.held import held_items

    writers = {".html": lambda p: as_page(p).encode(), ".pdf": as_pdf, ".txt": lambda p: as_text(p).encode()}
    if output.suffix not in writers or output.is_dir():
        raise UserError(what="The file cannot be written", record=str(output), expected="a name that ends in .html, .pdf or .txt",
                        mend="name another file")  # fmt: skip
    number = _found(person)
    held, rulings = held_items(number), queries.latest_rulings(number)
    given = documents.given(held, rulings)
    from throughcare.casework.letters.queries import greeting

    paper = documents.pack(current_pilot(), to=greeting(number), day=today(), asked_on=None, items_given=given,
                           ring=queries.data_team())  # fmt: skip
    made = writers[output.suffix](paper)
    actions.took_out(by="cli", person=number, items=len(given))
    _write(output, made)
    waiting = len(documents.undecided(held, rulings))
    typer.echo(f"{output} written: {len(given)} items")
    if waiting:
        typer.echo(f"{waiting} items wait for a decision and are left out: decide of them in a request", err=True)


def _found(told: str) -> int:
    """The one person of an id or a number, under the id known now."""
    from throughcare.casework.people.asked import understand
    from throughcare.casework.people.queries import current, person_of
    from throughcare.core.errors import UserError

    asked = understand(told)
    hits = {found for number in asked.numbers for found in person_of(number.kind, [number.value]).values()}
    for number in asked.ids:
        try:
            hits.add(current(number))
        except KeyError:
            continue
    if len(hits) != 1:
        raise UserError(
            what="No one person has this id or number", record=told, expected="an id, CRN, PNC ID, CRO or prison number",
            mend="find the person in the service, and use the number shown there",
        )  # fmt: skip
    return hits.pop()


def _write(output: Path, made: bytes) -> None:
    """The whole file or none, for its owner's eyes alone: written beside, then put in place."""
    output.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(prefix=f".{output.name}-", dir=output.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(made)
        Path(beside).replace(output)
    finally:
        Path(beside).unlink(missing_ok=True)
