"""My people beside the services that take referrals: who is in one, for whom one is and nobody sent them, what is put off."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from throughcare.casework.access.queries import managers
from throughcare.casework.access.reader import Reader
from throughcare.casework.people.names import Named, named
from throughcare.casework.referrals.models import Dismissal
from throughcare.casework.referrals.reach import known_to
from throughcare.casework.referrals.standing import standings_of
from throughcare.casework.referrals.transitions import CLOSED, TABLE
from throughcare.core.pilot import Pilot, Service
from throughcare.rules.eligibility.services import Standing, almost, fits, runs

ELIGIBLE, REFERRED, PUT_OFF, NOT_FOR_THEM, UNSEEN = "eligible", "referred", "put_off", "not_for_them", "unseen"


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One person and one service. `words`: the state of the referral, or why not; `since`: of the state, `until`: put off to;
    `referral`: the open one; `almost`: when it would be for them; `before`: how a referral that is closed ended.
    """

    service: Service
    kind: str
    words: str = ""
    since: date | None = None
    until: date | None = None
    referral: int | None = None
    almost: str = ""
    before: str = ""


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A referral as it stands, and since when."""

    referral: int
    state: str
    since: date


@dataclass(frozen=True, kw_only=True)
class Line:
    """One person, a cell a service in the order of the columns. `for_nothing`: of those the reader knows, none is for them."""

    person: int
    name: Named | None
    manager: str
    cells: tuple[Cell, ...]
    for_nothing: bool

    @property
    def shown(self) -> str:
        return self.name.shown if self.name else f"Person {self.person}"

    def of(self, kind: str) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.cells if cell.kind == kind)


@dataclass(frozen=True, kw_only=True)
class Caseload:
    """The lines of the reader's people who are members (or whom a service for others fits); `outside`: how many are neither."""

    lines: tuple[Line, ...]
    services: tuple[Service, ...]
    outside: int

    def unreferred(self, lines: Iterable[Line]) -> dict[str, int]:
        """By service, how many of these are eligible and not referred, nor put off."""
        waiting = [cell.service.slug for line in lines for cell in line.of(ELIGIBLE)]
        return {service.slug: waiting.count(service.slug) for service in self.services}


def caseload(reader: Reader, *, pilot: Pilot) -> Caseload:
    """The people whose referrals and membership the reader may see, by name. A handful of queries, however many they are."""
    day = reader.day
    people = sorted(reader.allowed("referrals", list(reader.people("cohort_membership").values_list("pk", flat=True))))
    offered = [s for s in pilot.services if s.by_referral and runs(s, day, pilot=pilot) and reader.may(f"service:{s.slug}")]
    seen = {s.slug: reader.allowed(f"service:{s.slug}", people) for s in offered}
    told = standings_of(people, day, pilot=pilot, beyond=any(not service.members for service in offered))
    sent, put = _referrals(reader, people), put_off(people, day)
    names = named(reader.allowed("contact", people), known=reader.allowed("identity", people))
    whose = managers(reader.allowed("caseload", people), day)
    lines, outside = [], 0
    for person, standing in told.items():
        cells = tuple(
            _cell(service, standing, sent.get((person, service.slug), ()), put.get((person, service.slug)), day, pilot)
            if person in seen[service.slug] else Cell(service=service, kind=UNSEEN)
            for service in offered
        )  # fmt: skip
        fitting = any(fits(cell.service, standing, as_at=day, pilot=pilot).met for cell in cells if cell.kind != UNSEEN)
        if not (standing.member or fitting or any(cell.kind == REFERRED for cell in cells)):
            outside += 1
            continue
        manager = whose[person].title if person in whose else ""
        lines.append(Line(person=person, name=names.get(person), manager=manager, cells=cells, for_nothing=not fitting))
    ordered = sorted(lines, key=lambda line: (line.name is None, line.shown, line.person))
    of_somebody = {cell.service.slug for line in lines for cell in line.cells if cell.kind not in (NOT_FOR_THEM, UNSEEN)}
    columns = [service for service in offered if service.slug in of_somebody]
    kept = (replace(line, cells=tuple(cell for cell in line.cells if cell.service.slug in of_somebody)) for line in ordered)
    return Caseload(lines=tuple(kept), services=tuple(columns), outside=outside)


def _referrals(reader: Reader, people: Collection[int]) -> Mapping[tuple[int, str], list[Sent]]:
    """By person and service the referrals, the latest first, as they stand on the day; not those made in error."""
    found: dict[tuple[int, str], list[Sent]] = defaultdict(list)
    sent = known_to(reader).filter(person__in=list(people)).order_by("-sent_on", "-pk")
    told = sent.values_list("pk", "person", "service", "sent_on", "state", "state_on")
    for number, person, service, sent_on, state, since in told:
        if state != "made_in_error":
            found[person, service].append(Sent(referral=number, state=state or "sent", since=since or sent_on))
    return found


def put_off(people: Collection[int], day: date) -> dict[tuple[int, str], Dismissal]:
    """By person and service, what is put off on the day: from the day it was said to before the day it is asked again."""
    held = Dismissal.objects.filter(person__in=list(people), withdrawn=False, on__lte=day, until__gt=day)
    return {(each.person_id, each.service): each for each in held.order_by("pk")}


def _cell(
    service: Service, standing: Standing, sent: Collection[Sent], put: Dismissal | None, day: date, pilot: Pilot
) -> Cell:
    """An open referral goes before all else; then whether it is for them; then whether it is put off."""
    for each in sent:
        if each.state not in CLOSED:
            words = TABLE[each.state].shown
            return Cell(service=service, kind=REFERRED, words=words, since=each.since, referral=each.referral)
    decision = fits(service, standing, as_at=day, pilot=pilot)
    if not decision.met:
        when = almost(service, standing, as_at=day, pilot=pilot)
        return Cell(service=service, kind=NOT_FOR_THEM, words="; ".join(decision.reasons), almost=when)
    before = next((TABLE[each.state].shown for each in sent), "")
    if put is not None:
        return Cell(service=service, kind=PUT_OFF, until=put.until, before=before)
    return Cell(service=service, kind=ELIGIBLE, before=before)
