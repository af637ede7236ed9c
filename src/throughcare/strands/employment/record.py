"""What the strand tells of a person by day, and all that it holds on them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from throughcare.casework.frames import about
from throughcare.core.contracts import TimelineEntry
from throughcare.design.paper import as_text, shown_again
from throughcare.strands.employment import models as m
from throughcare.strands.employment.placements.codes import REASONS
from throughcare.strands.employment.readiness.codes import NEEDS, STATES
from throughcare.strands.employment.vacancies.codes import STEPS


def timeline(person_id: int) -> Sequence[TimelineEntry]:
    """Placements and what led to them, by day. Of applications no employer, of conditions no word: they are for fewer."""
    told = [*_ready(person_id), *_applied(person_id), *_placed(person_id)]
    return sorted(told, key=lambda entry: entry.on)


def _entry(row: Any, on: date, words: str, kind: str = "work") -> TimelineEntry:
    return TimelineEntry(on=on, kind=kind, row="employment", words=words, referral=row.referral_id)


def _ready(person: int) -> Iterator[TimelineEntry]:
    for seen in about(m.RightToWork, person, by="referral__person"):
        if not seen.taken_back:
            yield _entry(seen, seen.seen_on, "Right to work: evidence seen")
    for ready in about(m.Readiness, person, by="referral__person"):
        yield _entry(ready, ready.on, f"Work: {STATES[ready.state].lower()}")
    for need in about(m.Need, person, by="referral__person"):
        if need.arranged_on:
            yield _entry(need, need.arranged_on, f"Arranged for work: {NEEDS[need.kind]}")
    for limit in about(m.WorkLimit, person, by="referral__person"):
        yield _entry(limit, limit.start, "A condition that bars some work was told")
        if limit.end:
            yield _entry(limit, limit.end, "A condition that barred some work ended")


def _applied(person: int) -> Iterator[TimelineEntry]:
    for each in about(m.Application, person, by="referral__person"):
        yield _entry(each, each.sent_on, "Put forward for a job")
        if each.interview_on:
            yield _entry(each, each.interview_on, "Job interview")
        if each.answered_on:
            yield _entry(each, each.answered_on, f"Application for a job: {STEPS[each.answer].lower()}")


def _placed(person: int) -> Iterator[TimelineEntry]:
    why = {leaving.placement_id: leaving for leaving in about(m.Leaving, person, by="placement__referral__person")}
    for each in about(m.Placement, person, by="referral__person"):
        where = each.employer or "an employer not named"
        yield _entry(each, each.started_on, f"Started work with {where}", "placement")
        if each.ended_on:
            reason = f": {REASONS[why[each.pk].reason].lower()}" if each.pk in why else ""
            yield _entry(each, each.ended_on, f"No longer in work with {where}{reason}", "placement")


def held_about(person_id: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Every row of this strand on a person, by table; letters to employers with all that they say."""
    tables: Mapping[str, tuple[type[m.models.Model], str]] = {
        "Placements": (m.Placement, "referral__person"), "Retention checks": (m.RetentionCheck, "placement__referral__person"),
        "What is agreed of placements": (m.Terms, "placement__referral__person"),
        "Why placements were left": (m.Leaving, "placement__referral__person"),
        "Right to work": (m.RightToWork, "referral__person"), "Readiness for work": (m.Readiness, "referral__person"),
        "What work they look for": (m.Looking, "referral__person"), "What they need for work": (m.Need, "referral__person"),
        "Conditions that bar work": (m.WorkLimit, "referral__person"),
        "What employers may be told": (m.Disclosure, "referral__person"), "Applications": (m.Application, "referral__person"),
    }  # fmt: skip
    letters = m.EmployerLetter.objects.filter(application__referral__person=person_id).order_by("pk")
    return {
        **{words: list(model._default_manager.filter(**{by: person_id}).order_by("pk").values())
           for words, (model, by) in tables.items()},
        "Letters to employers": [
            {**row, "content": as_text(shown_again(row["content"]))} for row in letters.values()
        ],
    }  # fmt: skip
