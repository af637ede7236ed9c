"""Writing the items of a plan: added, corrected by a new one, withdrawn. None is ever changed or taken away."""

from dataclasses import dataclass
from datetime import date, datetime

from throughcare.casework.audit.actions import recording
from throughcare.rules.intelligence_items import SECTIONS, Grading, looks_like_a_source
from throughcare.strands.policing import models as m
from throughcare.strands.policing.errors import ItemRefused
from throughcare.strands.policing.plans.queries import open_request


@dataclass(frozen=True, kw_only=True)
class Told:
    """What is typed of an item. `sure`: the writer says that no source can be known by the words."""

    section: str
    text: str
    grading: Grading
    conditions: str = ""
    sure: bool = False


def add(*, by: str, plan: m.Plan, told: Told, on: date, at: datetime, replaces: m.Item | None = None, why: str = "") -> m.Item:
    """Adds an item to the plan, for the request that is open; in place of another where one is corrected.

    Refused: an unknown section; a grading that the scheme has not; words that look like a source, unless the writer is sure; to a
    plan whose requests all ended; in place of an item that does not stand, or without saying why.
    """
    _refuse(plan, told)
    with recording(by=by, verb="policing.add_item") as entry:
        root = m.Plan.objects.select_for_update().get(pk=plan.pk)
        request = open_request(root)
        if request is None:
            raise ItemRefused(
                what="Nobody asks for this plan any more", record=f"plan {root.pk}", expected="a request that is not ended",
                mend="have a plan asked for",
            )  # fmt: skip
        if replaces is not None:
            _end(by=by, item=replaces, why=why, on=on, at=at)
        item = m.Item(
            plan=root, request=request, section=told.section, text=told.text, source_grade=told.grading.source,
            assessment=told.grading.assessment, handling=told.grading.handling, shown_to=told.grading.shown_to,
            conditions=told.conditions, warned=bool(looks_like_a_source(told.text)), added_at=at, added_on=on, added_by=by,
            replaces=replaces,
        )  # fmt: skip
        item.save()
        entry.about(item, person_id=root.person_id)
        entry.details = {"section": told.section, "grading": told.grading.code, "replaces": replaces.pk if replaces else None}
    return item


def _refuse(plan: m.Plan, told: Told) -> None:
    record = f"plan {plan.pk}, section {told.section}"
    if told.section not in SECTIONS:
        raise ItemRefused(what="A plan has no such section", record=record, expected=", ".join(SECTIONS), mend="choose one")
    if fault := told.grading.fault():
        raise ItemRefused(
            what=f"The grading cannot be: {fault}", record=record, expected="a grading of 3x5x2", mend="grade the item again"
        )
    if told.grading.handling == "C" and not told.conditions.strip():
        raise ItemRefused(
            what="Code C needs its condition in words", record=record, expected="what whoever is shown it may do with it",
            mend="say the condition",
        )  # fmt: skip
    if (found := looks_like_a_source(told.text)) and not told.sure:
        raise ItemRefused(
            what=f"The words may let somebody work out a source: the item {', '.join(found)}", record=record,
            expected="a sanitised item", mend="write it without that, or say that no source can be known by it",
        )  # fmt: skip


def withdraw(*, by: str, item: m.Item, why: str, on: date, at: datetime) -> m.Item:
    """The item stands no more; versions that had it keep it. Refused: one that stands no more; without saying why."""
    with recording(by=by, verb="policing.withdraw_item") as entry:
        found = _end(by=by, item=item, why=why, on=on, at=at)
        entry.about(found, person_id=found.plan.person_id)
    return found


def _end(*, by: str, item: m.Item, why: str, on: date, at: datetime) -> m.Item:
    found = m.Item.objects.select_for_update().select_related("plan").get(pk=item.pk)
    if found.ended_at is not None or not why.strip():
        raise ItemRefused(
            what="The item cannot be changed", record=f"item {found.pk}", expected="one that stands, and a reason in words",
            mend="look at the plan again, and say why",
        )  # fmt: skip
    found.ended_at, found.ended_on, found.ended_by, found.ended_why = at, on, by, why
    found.save()
    return found
