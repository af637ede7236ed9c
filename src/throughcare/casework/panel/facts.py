"""The few words in which a panel is told of people: each with the row of the policy that it discloses. Whoever shows them
keeps those whose rows may be seen. A fixed number of queries, for however many people."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple

from throughcare.casework.access.reader import Reader
from throughcare.casework.cohort.models import Membership, Rating
from throughcare.casework.cohort.standing import score_over_time
from throughcare.casework.notes.models import Risk
from throughcare.casework.people.models import Address, CustodySpell, Registration, Sentence, Supervision
from throughcare.casework.people.queries import on_the_day
from throughcare.casework.people.where import WORDS
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.reach import OPEN, known_to
from throughcare.casework.referrals.transitions import TABLE
from throughcare.core.dates import day_in_words
from throughcare.rules.eligibility.facts import RESTRICTION


class Told(NamedTuple):
    """A fact in words: its row of the access policy, what it is called, what it is."""

    row: str
    label: str
    words: str


def told_of(people: Collection[int], day: date) -> Mapping[int, list[Told]]:
    """By person, the facts of the day, in the order in which they are shown."""
    found: dict[int, list[Told]] = defaultdict(list)
    now = on_the_day(day)
    members = set()
    for m in Membership.objects.filter(now, person__in=people).order_by("start", "pk"):
        members.add(m.person_id)
        found[m.person_id].append(Told("cohort_membership", "In the cohort", f"since {day_in_words(m.start)}"))
    rated = Rating.objects.filter(person__in=members, start__lte=day).order_by("start", "pk")
    for r in {r.person_id: r for r in rated}.values():
        found[r.person_id].append(Told("rag", "Rated", f"{r.rag} since {day_in_words(r.start)}"))
    _supervised(found, people, day)
    _held(found, people, day)
    for a in {a.person_id: a for a in Address.objects.filter(now, person__in=people).order_by("start", "pk")}.values():
        found[a.person_id].append(Told("address", "Lives in", a.borough))
    for risk in Risk.objects.filter(now, person__in=people).order_by("start", "pk"):
        found[risk.person_id].append(Told("risks", "Risk to know", risk.text))
    for reg in Registration.objects.filter(now, person__in=people).order_by("start", "pk"):
        found[reg.person_id].append(Told("risks", "Risk to know", " ".join(filter(None, (reg.kind, reg.level)))))
    return found


def _supervised(found: dict[int, list[Told]], people: Collection[int], day: date) -> None:
    """Of several supervisions the most restrictive."""
    running = list(Supervision.objects.filter(on_the_day(day), person__in=people).order_by("pk"))
    ordered = sorted(running, key=lambda s: RESTRICTION.get(s.kind, len(RESTRICTION)), reverse=True)
    for s in {s.person_id: s for s in ordered}.values():
        until = f" until {day_in_words(s.end)}" if s.end else ""
        found[s.person_id].append(Told("supervision", "Supervision", f"{WORDS.get(s.kind, s.kind)}{until}, {s.agency}"))


def _held(found: dict[int, list[Told]], people: Collection[int], day: date) -> None:
    """In which prison, and when they are to be released from a sentence."""
    inside = CustodySpell.objects.filter(on_the_day(day), person__in=people).order_by("start", "pk")
    spells = {c.person_id: c for c in inside}
    imposed = Sentence.objects.filter(person__in=list(spells), kind="custody", imposed_on__lte=day).order_by("imposed_on", "pk")
    planned = {s.person_id: s.release_planned_on for s in imposed}
    for person, spell in spells.items():
        release = planned.get(person) if spell.kind == "sentenced" else None
        then = f", release planned on {day_in_words(release)}" if release else ""
        remand = " on remand" if spell.kind == "remand" else ""
        found[person].append(Told("custody", "In prison", f"{spell.prison}{remand} since {day_in_words(spell.start)}{then}"))


def score_of(person: int, day: date) -> Told:
    """The risk score of the day, worked out from the person's history."""
    (now, *_) = score_over_time(person, day, moves=1)
    return Told("score", "Risk score", "cannot be worked out" if now.score is None else f"{now.score} in two years")


def services_of(person: int, readers: Collection[Reader]) -> list[Told]:
    """Open referrals that each of the readers may look into, each with the row that its service discloses."""
    pilot = current_pilot()
    names = {service.slug: service.name for service in pilot.services}
    known: list[dict[int, Told]] = []
    for reader in readers:
        sent = known_to(reader).filter(OPEN, person=person).order_by("-sent_on", "-pk")
        known.append({
            r.pk: Told(reader.row_of(f"service:{r.service}"), names.get(r.service, r.service), TABLE[r.state or "sent"].shown)
            for r in sent
        })  # fmt: skip
    first, *others = known
    return [told for pk, told in first.items() if all(pk in other for other in others)]
