"""`throughcare who`: the questions of who is who, with the evidence in words, and what people decide of them."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from throughcare.casework.linking.models import Comparison, Verdict
    from throughcare.casework.linking.queries import Side

commands = typer.Typer(no_args_is_help=True, help="Who is who: questions for a person, their evidence, and decisions.")
One = Annotated[int, typer.Argument(metavar="PERSON", help="the person's number")]
Other = Annotated[int, typer.Argument(metavar="OTHER", help="the other person's number")]
OfAQuestion = Annotated[int | None, typer.Argument(metavar="[OTHER]", help="the other person of a question")]
Reason = Annotated[str, typer.Option("--reason", help="why; kept with the decision")]
By = Annotated[str, typer.Option("--by", help="who decides")]
BAR = 2.0


@commands.command("questions")
def questions() -> None:
    """List the pairs of people who may be one, the strongest first; those of which somebody was not sure come last."""
    _open()
    from throughcare.casework.linking import queries
    from throughcare.linkage.explain import odds

    found = queries.questions()
    for q in found:
        mark = " (somebody was not sure)" if q.unsure else " (a third record or a decision keeps them apart)" if q.held else ""
        typer.echo(f"person {q.one.person} and person {q.other.person}: {odds(q.strongest.weight)}{mark}")
    typer.echo(f"{len(found)} questions wait", err=True)


@commands.command("show")
def show(person: One, other: OfAQuestion = None) -> None:
    """Show what holds a person's records together, or the evidence of a question between two people, part by part."""
    _open()
    from throughcare.casework.linking import queries
    from throughcare.core.errors import UserError

    if other is None:
        person = _now(person)
        _records(queries.side(person))
        for pair in queries.ties(person):
            _pair(pair)
        for verdict in queries.verdicts(person):
            undone = f", undone by {verdict.undone_by}: {verdict.undone_reason}" if verdict.undone_at else ""
            typer.echo(f"decision {verdict.pk}: {verdict.answer}, by {verdict.by}: {verdict.reason}{undone}")
        return
    question = queries.question(person, other)
    if question is None:
        raise UserError(
            what="there is no question about these two", record=f"people {person} and {other}",
            expected="a pair that `who questions` lists", mend="look at the list again",
        )  # fmt: skip
    for side in (question.one, question.other):
        _records(side)
    _pair(question.strongest)


@commands.command("join")
def join(person: One, other: Other, reason: Reason, by: By) -> None:
    """The two are one person: the younger number redirects to the older. `who undo` takes it back."""
    _open()
    from throughcare.casework.linking import actions

    _decided(actions.join(by=by, people=(person, other), reason=reason))


@commands.command("apart")
def apart(person: One, other: Other, reason: Reason, by: By) -> None:
    """The two are not one person: no evidence joins them again, until it is undone."""
    _open()
    from throughcare.casework.linking import actions

    _decided(actions.keep_apart(by=by, people=(person, other), reason=reason))


@commands.command("unsure")
def unsure(person: One, other: Other, reason: Reason, by: By) -> None:
    """You have looked and cannot tell: the question stays, behind the others."""
    _open()
    from throughcare.casework.linking import actions

    _decided(actions.not_sure(by=by, people=(person, other), reason=reason))


@commands.command("part")
def part(
    person: One, records: Annotated[list[int], typer.Argument(metavar="RECORD...", help="its records that are somebody else's")],
    reason: Reason, by: By,
) -> None:  # fmt: skip
    """These records of the person are somebody else's: they leave, with all that came by their numbers."""
    _open()
    from throughcare.casework.linking import actions

    _decided(actions.part(by=by, person=person, records=records, reason=reason))


@commands.command("undo")
def undo(decision: Annotated[int, typer.Argument(metavar="DECISION")], reason: Reason, by: By) -> None:
    """Take a decision back: people, numbers and facts are as they were before it."""
    _open()
    from throughcare.casework.linking import actions
    from throughcare.casework.linking.queries import verdict

    actions.undo(by=by, verdict=verdict(decision), reason=reason)
    typer.echo(f"decision {decision} is undone")


def _open() -> None:
    from throughcare.cli.store import open_store

    open_store()


def _now(person: int) -> int:
    """The number under which a person is known now; says so where it redirects."""
    from throughcare.casework.linking.checks import person_known

    now = person_known(person)
    if now != person:
        typer.echo(f"person {person} is person {now}")
    return now


def _decided(verdict: "Verdict") -> None:
    typer.echo(f"decision {verdict.pk}: {verdict.answer}. To take it back: throughcare who undo {verdict.pk}")


def _records(side: "Side") -> None:
    typer.echo(f"person {side.person}")
    for r in side.records:
        numbers = " ".join(str(r[name]) for name in ("crn", "pnc", "cro", "prison_number") if r[name])
        who = f"{r['forenames']} {r['surname']}, {r['date_of_birth'] or 'birth not known'}, {r['sex'] or 'sex not known'}"
        typer.echo(f"  record {r['id']} ({r['agency']} {r['record_id']}): {who}; {numbers or 'no number'}")


def _pair(pair: "Comparison") -> None:
    """A pair as a waterfall of words: one line a comparison, its bar as long as it says much."""
    from throughcare.casework.linking.queries import explained
    from throughcare.linkage.explain import decision

    told = explained(pair)
    typer.echo(f"  records {pair.left_id} and {pair.right_id}")
    for line in told.parts:
        bar = ("+" if line.weight > 0 else "-") * round(abs(line.weight) / BAR)
        typer.echo(f"    {line.weight:+6.1f} = {line.end:+6.1f}  {bar:12} {line.title}: {line.words} ({line.says})")
    typer.echo(f"    {told.sentence} {decision(told.total, pair.guard)}")


@commands.command("reindex")
def reindex() -> None:
    """Work out anew by what people are found; needed once for a store that was made before people could be looked for."""
    from throughcare.cli.store import open_store

    open_store()
    from throughcare.casework.people.actions import reindex_names

    reindex_names(by="cli")
    typer.echo("People can be found by every name and date of birth on record.")
