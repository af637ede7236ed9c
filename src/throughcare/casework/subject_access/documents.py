"""The two documents: what the person is given, and the internal schedule. The one must not let the other be guessed.

The person's pack says the same whether something was withheld or not: no numbers, no empty headings, no count, who holds what
told of what is given alone, and one standard sentence that stands in every pack.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby

from throughcare.casework.letters.sentences import Ring
from throughcare.casework.subject_access.items import MATTERS, Item, holders_of
from throughcare.casework.subject_access.models import PROOF, REASONS, Controller, Request, Ruling
from throughcare.core.dates import day_in_words
from throughcare.core.pilot import OURS, Pilot
from throughcare.design.paper import Block, Paper, facts, heading, items, words

STANDARD = (
    "We may not be able to give you everything. The law allows some things to be kept back. We say this to everyone who asks."
)


def given(items: Iterable[Item], rulings: Mapping[str, Ruling]) -> list[Item]:
    """The items that the person gets: decided so, or not for a decision. What nobody has decided is not given."""
    return [item for item in items if (rulings[item.key].given if item.key in rulings else not item.matter)]


def undecided(items: Iterable[Item], rulings: Mapping[str, Ruling]) -> list[Item]:
    """The items that are for a decision and have none."""
    return [item for item in items if item.matter and item.key not in rulings]


def pack(pilot: Pilot, *, to: str, day: date, asked_on: date | None, items_given: Sequence[Item], ring: Ring) -> Paper:
    """What the person is given. `asked_on` None: nobody is known to have asked (the command line)."""
    own = pilot.letters.own_name
    began = f"You asked on {day_in_words(asked_on)} to see what {own} holds about you. " if asked_on else ""
    blocks = [words(f"{began}This is what {own} holds about you. {STANDARD}")]
    if items_given:
        held = [name if name != OURS else f"{own} itself" for name in holders_of(items_given)]
        blocks += [heading("Who gave it to us"), items(*held)]
    for (_, table), those in groupby(items_given, key=lambda item: (item.part, item.table)):
        blocks += [heading(table[:1].upper() + table[1:]), *(facts(*item.facts) for item in those)]
    blocks += _after(pilot, ring)
    return Paper(title="What we hold about you", to=to, day=day_in_words(day), blocks=tuple(blocks))


def _after(pilot: Pilot, ring: Ring) -> tuple[Block, ...]:
    told = (
        f"If something is wrong, tell us. We will put it right, or write down what you say. Ring {ring.told}. "
        f"Still not happy? Ring {pilot.letters.regulator}. They do not work for us. You can also ask a court."
    )
    return heading("What you can do"), words(told)


def schedule(
    request: Request, *, name: str, day: date, items_held: Sequence[Item], rulings: Mapping[str, Ruling],
    controllers: Sequence[Controller], signed_by: str,
) -> Paper:  # fmt: skip
    """The internal schedule: how it went, what was withheld, why and by whom. For who may see the row `subject_access` alone."""
    kept_back = [item for item in items_held if item.key in rulings and not rulings[item.key].given]
    due = request.due_on
    blocks: list[Block] = [
        facts(
            ("Person", name), ("Asked as", request.name_given), ("Received", day_in_words(request.received_on)),
            ("Due", day_in_words(due) if due else "not running"),
            ("Identity", f"{PROOF.get(request.proof, 'not checked')} ({request.proof_by})"),
            ("Signed off by", signed_by), ("Items held", str(len(items_held))),
            ("Withheld", str(len(kept_back))),
        ),
        heading("Controllers asked"), *_asked(controllers), heading("Withheld"), *_withheld(kept_back, rulings),
        heading("Given after a decision"), *_decided(items_held, rulings),
    ]  # fmt: skip
    title = f"{request.number}: internal schedule"
    return Paper(title=title, to="Not for the person", day=day_in_words(day), blocks=tuple(blocks))


def _asked(controllers: Collection[Controller]) -> list[Block]:
    return [
        facts(
            ("Controller", each.name), ("Asked", day_in_words(each.asked_on)), ("To answer by", day_in_words(each.answer_by)),
            ("Answered", day_in_words(each.answered_on) if each.answered_on else "not answered"), ("Answer", each.answer or "-"),
        )
        for each in controllers
    ] or [words("Nobody was asked.")]  # fmt: skip


def _withheld(kept_back: Sequence[Item], rulings: Mapping[str, Ruling]) -> list[Block]:
    return [_ruled(item, rulings[item.key]) for item in kept_back] or [words("Nothing was withheld.")]


def _decided(items_held: Sequence[Item], rulings: Mapping[str, Ruling]) -> list[Block]:
    told = [item for item in items_held if item.key in rulings and rulings[item.key].given]
    return [_ruled(item, rulings[item.key]) for item in told] or [words("Nothing.")]


def _ruled(item: Item, ruling: Ruling) -> Block:
    told = [
        ("Item", f"{item.table}: {item.summary}"), ("Held by", item.holder), ("Matter", MATTERS.get(item.matter, "-")),
        ("Why", REASONS.get(ruling.reason, "given")), ("Note", ruling.note or "-"),
        ("Decided", f"{day_in_words(ruling.on)} by {ruling.account.username}"),
    ]  # fmt: skip
    return facts(*told)
