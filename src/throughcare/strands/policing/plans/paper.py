"""A plan as a paper for one reader: on every page what handling binds it, whom it was printed for and when."""

from collections.abc import Sequence

from throughcare.casework.access.reader import Reader
from throughcare.casework.people.names import Named
from throughcare.core.dates import day_in_words
from throughcare.design.paper import Block, Paper, facts, heading, words
from throughcare.rules.intelligence_items import SECTIONS, SHARED, strictest
from throughcare.strands.policing import models as m
from throughcare.strands.policing.plans.queries import grading


def paper_of(
    plan: m.Plan, items: Sequence[m.Item], *, version: m.Version | None, who: Named, reader: Reader,
    pictures: Sequence[Block] = (),
) -> Paper:  # fmt: skip
    """Of these items, which the reader may be shown. `version`: as it was sent; None: as it stands on the reader's day."""
    day = day_in_words(reader.day)
    as_of = f"Version {version.number}, sent on {day_in_words(version.sent_on)}" if version else f"As it stands on {day}"
    marking = strictest([grading(item) for item in items]) or "No item that you may be shown"
    told: list[Block] = [
        facts(("About", who.shown), ("Borough", plan.borough), ("The force's number", plan.reference or "none given"),
              ("State", as_of)),
        words("Sanitised product. The intelligence itself is in the force's system under its number."),
    ]
    for slug, title in SECTIONS.items():
        of = [item for item in items if item.section == slug]
        if of:
            told += [heading(title), *(block for item in of for block in _item(item))]
    return Paper(
        title="Intelligence plan", to=f"Printed for {reader.by}", day=day, blocks=(*told, *pictures),
        head=f"{marking}. Not to be copied or passed on.", foot=f"{marking}. Printed for {reader.by} on {day}.",
    )  # fmt: skip


def _item(item: m.Item) -> list[Block]:
    graded = grading(item)
    addition = " (addition)" if item.request.kind == "addition" else ""
    told = [("Graded", f"{graded.code}: {graded.words}"), ("Added", f"{day_in_words(item.added_on)}{addition}")]
    bound = [("Condition", item.conditions)] if graded.handling != SHARED else []
    return [words(item.text), facts(*told, *bound)]
