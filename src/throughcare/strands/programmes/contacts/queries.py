"""Reading how contact after release stands: of one person, or of everybody in somebody's work, at the cost of one."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from throughcare.casework.frames import only
from throughcare.core.contracts import Scope
from throughcare.core.pilot import Period, Pilot
from throughcare.strands.programmes.attendance import OUTCOMES
from throughcare.strands.programmes.contact import A_DAY
from throughcare.strands.programmes.contacts.states import Contact, Slip, Watch, contacts, slip
from throughcare.strands.programmes.decisions.codes import ACCEPTED
from throughcare.strands.programmes.models import Appointment, MissedDecision
from throughcare.strands.programmes.queries import attended_appointments, watched_releases

ACCEPTABLE = tuple(code for code, outcome in OUTCOMES.items() if outcome.complied and not outcome.attended)
BEGINNING = date(1900, 1, 1)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A person's contact after one release: what is expected and how it was kept, the days seen, what is booked next."""

    person: int
    watch: Watch
    told: tuple[Contact, ...]
    slip: Slip
    last_seen: date | None
    next_on: date | None


def standings(people: Collection[int], *, day: date, pilot: Pilot) -> list[Standing]:
    """A row a release after which contact is intended, by person and day: those before today, of these people.

    Seven queries or so, whatever the number of people.
    """
    if not people:
        return []
    period = Period(start=BEGINNING, end=day + A_DAY)
    with only(*people):
        released = watched_releases(Scope(pilot=pilot, period=period, as_at=day)).sort("person", "on")
    attended = attended_appointments(released)
    seen = _by_person(attended.select("person", "held_on").iter_rows())
    of = sorted(set(released["person"]))
    excused, booked = _by_person(_excused(of)), _by_person(_booked(of, day))
    found = []
    for person, on, back_on, until in released.select("person", "on", "back_on", "supervised_until").iter_rows():
        watch = Watch(released_on=on, back_on=back_on, supervised_until=until)
        theirs = [held for held in seen[person] if on <= held <= day and (watch.stop is None or held < watch.stop)]
        told = contacts(watch, seen=theirs, excused=excused[person], day=day, targets=pilot.targets)
        how = slip(watch, told, seen=theirs, day=day, longest=pilot.targets.fortnightly_gap_days)
        found.append(Standing(
            person=person, watch=watch, told=told, slip=how, last_seen=max(theirs, default=None),
            next_on=min(booked[person], default=None),
        ))  # fmt: skip
    return found


def _by_person(rows: Iterable[tuple[int, date]]) -> defaultdict[int, list[date]]:
    found: defaultdict[int, list[date]] = defaultdict(list)
    for person, on in rows:
        found[person].append(on)
    return found


def _excused(people: Collection[int]) -> list[tuple[int, date]]:
    """The days of appointments whose absence was accepted: by its outcome, or by the manager's decision."""
    decided = MissedDecision.objects.filter(decision=ACCEPTED, withdrawn=False).exclude(appointment=None).values("appointment")
    accepted = Q(outcome__in=ACCEPTABLE) | Q(pk__in=decided)
    rows = Appointment.objects.filter(accepted, person__in=people, attended=False).order_by("due_on", "pk")
    return list(rows.values_list("person_id", "due_on"))


def _booked(people: Collection[int], day: date) -> list[tuple[int, date]]:
    rows = Appointment.objects.filter(person__in=people, due_on__gte=day, outcome="", held_on=None).order_by("due_on", "pk")
    return list(rows.values_list("person_id", "due_on"))
