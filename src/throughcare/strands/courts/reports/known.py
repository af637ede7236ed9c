"""What is known of a case and its person on a day, of what may stand in a report: for the prefilled sections and the screen.

A report is read by whoever may read the text of reports, and by the court. So of the rows of the policy only those count that
all of these readers may see; what a section of its own keeps apart (health) is told to that section alone. Intelligence, the
panel, the rating and what staff must know for their safety are of no such row, or are never asked for.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache

import polars as pl

from throughcare.casework.access.policy import ROLES, policy
from throughcare.casework.access.reader import Reader
from throughcare.casework.cohort.standing import in_cohort, score_over_time
from throughcare.casework.frames import about
from throughcare.casework.people import models as people
from throughcare.casework.people.names import named
from throughcare.casework.people.queries import running
from throughcare.casework.people.where import where
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.reach import known_to
from throughcare.casework.referrals.standing import standing_of
from throughcare.casework.referrals.transitions import CLOSED, TABLE
from throughcare.core.dates import day_in_words
from throughcare.core.pilot import Pilot
from throughcare.rules.eligibility.services import fits
from throughcare.rules.eligibility.words import offence as group_in_words
from throughcare.rules.ogrs3.offences import group_of_code
from throughcare.rules.ogrs3.parameters import OFFENCE_GROUPS
from throughcare.strands.courts.models import CourtCase, Enquiry

TEXT = "court_report_text"
HEALTH = "mental_health_pathway"
PLEAS = {"guilty": "guilty", "not_guilty": "not guilty", "found_guilty": "found guilty after trial"}


@dataclass(frozen=True, kw_only=True)
class Known:
    """The facts in words. Empty: none on record, or not for this report. `score`: in two years, of a hundred; None: none known.

    `occasions`: days on which the person was convicted; `last`: the latest of them and for what, newest first; `sentences`: by
    kind, how many. `health`: in the mental-health pathway; None where that may not be known to the reader.
    """

    name: str
    age: int | None
    court: str
    offence: str
    pleas: tuple[str, ...]
    occasions: int = 0
    first_on: date | None = None
    last: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    supervision: str = ""
    requirements: tuple[str, ...] = ()
    custody: str = ""
    score: int | None = None
    registrations: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    assessed_on: date | None = None
    have: tuple[str, ...] = ()
    fit: tuple[str, ...] = ()
    health: bool | None = None
    enquiries: tuple[str, ...] = ()


@cache
def for_all_readers() -> frozenset[str]:
    """The rows that every role sees which may read the text of a report."""
    readers = [role for role in ROLES if policy().cell(TEXT, role)]
    return frozenset(row for row in policy().rows if all(policy().cell(row, role) for role in readers))


def known(case: CourtCase, reader: Reader, rows: Collection[str]) -> Known:
    """What may stand in a report that this reader writes. `rows`: those that it may view of the person."""
    pilot, day, person = current_pilot(), reader.day, case.person_id
    told = for_all_readers() & frozenset(rows)
    who = named([person], known=[person] if "identity" in told else [])[person]
    facts: dict[str, object] = {
        "name": f"{who.forenames} {who.surname}".strip() if who.known else who.shown, "age": who.age(day),
        "court": case.court, "offence": offence(case.offence_code), "pleas": pleas(case, day),
        "enquiries": asked(case, day, pilot),
    }  # fmt: skip
    if "offence_history" in told:
        facts |= _history(person, day)
    if "supervision" in told:
        facts |= _supervised(person, day)
    if "custody" in told:
        facts["custody"] = _inside(person, day)
    if "score" in told:
        facts["score"] = score_over_time(person, day, moves=1)[0].score
    if "risks" in told:
        registered = running(about(people.Registration, person), day)
        facts["registrations"] = tuple(" ".join(filter(None, (r.kind, r.level))) for r in registered)
    if {"referrals", "cohort_membership"} <= told:
        facts |= _services(person, reader, told, pilot)
    if HEALTH in rows:
        facts["health"] = _in_health(person, reader)
    return Known(**facts)  # type: ignore[arg-type]


def offence(code: str) -> str:
    """The offence by the group that the score knows it by, and its code; of a group "other", or of none, the code alone."""
    group = pl.select(group_of_code(pl.lit(code))).item() if code else None
    slug = OFFENCE_GROUPS[group] if group is not None and group < len(OFFENCE_GROUPS) else "other"
    return f"{group_in_words(slug)} (code {code})" if slug != "other" else f"offence {code}" if code else ""


def pleas(case: CourtCase, day: date) -> tuple[str, ...]:
    """The pleas and findings entered by the day; a vacated one says so."""
    return tuple(
        f"{PLEAS[p.plea]} on {day_in_words(p.entered_on)}"
        + (f", vacated on {day_in_words(p.vacated_on)}" if p.vacated_on and p.vacated_on <= day else "")
        for p in case.pleas.order_by("entered_on", "pk") if p.entered_on <= day
    )  # fmt: skip


def asked(case: CourtCase, day: date, pilot: Pilot) -> tuple[str, ...]:
    """Of whom enquiries were made and whether they are back; never what they answered: that may tell of somebody else."""
    names = {each.slug: each.name for each in pilot.court_reports.enquiries}
    return tuple(
        f"{names.get(e.whom, e.whom)}: "
        + (f"answered on {day_in_words(e.answered_on)}" if e.answered_on else f"asked on {day_in_words(e.asked_on)}, not back")
        for e in Enquiry.objects.filter(case=case, withdrawn=False, asked_on__lte=day).order_by("asked_on", "pk")
    )


def _history(person: int, day: date) -> dict[str, object]:
    convicted = [c for c in about(people.Conviction, person) if c.disposal == "conviction" and c.convicted_on <= day]
    days = sorted({c.convicted_on for c in convicted}, reverse=True)
    last = tuple(
        f"{day_in_words(on)}: {'; '.join(dict.fromkeys(offence(c.offence_code) for c in convicted if c.convicted_on == on))}"
        for on in days[:3]
    )
    imposed = [s.kind for s in about(people.Sentence, person) if s.imposed_on <= day]
    sentences = tuple(f"{SENTENCES[kind]}: {imposed.count(kind)}" for kind in SENTENCES if kind in imposed)
    return {"occasions": len(days), "first_on": days[-1] if days else None, "last": last, "sentences": sentences}


SENTENCES = {
    "custody": "Custody", "suspended": "Suspended sentence order", "community": "Community order", "fine": "Fine",
    "other": "Another sentence",
}  # fmt: skip


def _supervised(person: int, day: date) -> dict[str, object]:
    place = where(person, day)
    until = f", until {day_in_words(place.until)}" if place.until and place.status else ""
    by = f", managed by {place.agency}" if place.agency else ""
    assessed = [n for n in about(people.Need, person) if n.assessed_on <= day]
    last = max((n.assessed_on for n in assessed), default=None)
    ordered = max((r.imposed_on for r in about(people.Requirement, person) if r.imposed_on <= day), default=None)
    return {
        "supervision": f"{place.status}{by}{until}" if place.status else "",
        "requirements": tuple(
            f"{r.kind.replace('_', ' ')}{f', {r.days} days' if r.days else ''}"
            for r in about(people.Requirement, person) if place.status and r.imposed_on == ordered
        ),
        "needs": tuple(sorted(n.pathway for n in assessed if n.assessed_on == last)), "assessed_on": last,
    }  # fmt: skip


def _inside(person: int, day: date) -> str:
    place = where(person, day)
    if not place.prison or place.prison_since is None:
        return ""
    how = "on remand" if place.on_remand else "serving a sentence"
    return f"{place.prison}, {how}, since {day_in_words(place.prison_since)}"


def _services(person: int, reader: Reader, told: frozenset[str], pilot: Pilot) -> dict[str, object]:
    """Services that every reader of the text may know of: those that the person has, and those that are for them now."""
    day = reader.day
    may = [s for s in pilot.services if s.by_referral and reader.row_of(f"service:{s.slug}") in told]
    names = {s.slug: s.name for s in may}
    sent = [r for r in known_to(reader).filter(person=person).order_by("sent_on", "pk") if r.service in names]
    standing = [r for r in sent if (r.state or "sent") not in CLOSED]
    have = {r.service: f"{names[r.service]}: {TABLE[r.state or 'sent'].shown.lower()}" for r in standing}
    stands = standing_of(person, day, pilot=pilot, cohort=in_cohort(person, day))
    fit = [s.name for s in may if s.slug not in have and fits(s, stands, as_at=day, pilot=pilot).met]
    return {"have": tuple(have.values()), "fit": tuple(fit)}


def _in_health(person: int, reader: Reader) -> bool:
    """Whether a referral to a service of the mental-health pathway is open: that, and nothing of what is done there."""
    sent = [r for r in known_to(reader).filter(person=person) if (r.state or "sent") not in CLOSED]
    return any(reader.row_of(f"service:{r.service}") == HEALTH for r in sent)
