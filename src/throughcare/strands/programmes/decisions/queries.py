"""Reading misses: appointments and sessions that somebody did not come to without an accepted reason, and what was decided."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl
from django.db.models import Q

from throughcare.casework.frames import read
from throughcare.casework.people.queries import ids_of
from throughcare.core.working_days import add_working_days
from throughcare.strands.programmes.attendance import OUTCOMES
from throughcare.strands.programmes.decisions.codes import ACCEPTED
from throughcare.strands.programmes.models import Appointment, MissedDecision, Session

NOT_ACCEPTABLE = tuple(code for code, outcome in OUTCOMES.items() if not (outcome.complied or outcome.attended))
MISSED_APPOINTMENT = Q(attended=False, outcome__in=NOT_ACCEPTABLE)
MISSED_SESSION = Q(attended=False, outcome__in=(*NOT_ACCEPTABLE, ""))
"""A session without a code and without the person is a miss; an appointment without a code is one that nobody recorded."""

APPOINTMENT, SESSION = "appointment", "session"


@dataclass(frozen=True, kw_only=True)
class Miss:
    """One miss: an appointment by its due day or a session, whose, and the decision that stands; None: nobody has decided."""

    kind: str
    number: int
    person: int
    on: date
    decision: MissedDecision | None

    @property
    def failure(self) -> bool:
        """Whether it counts as a failure to comply: until its reason is accepted."""
        return self.decision is None or self.decision.decision != ACCEPTED

    def decide_by(self, within: int) -> date:
        """The last of the working days in which it is to be decided."""
        return add_working_days(self.on, within)


def misses(people: Any, *, since: date, day: date) -> list[Miss]:
    """The misses of these people from a day to before today or on it, by day. Four queries, whatever the number of people."""
    appointments = Appointment.objects.filter(MISSED_APPOINTMENT, person__in=people, due_on__gte=since, due_on__lte=day)
    sessions = Session.objects.filter(MISSED_SESSION, referral__person__in=people, held_on__gte=since, held_on__lte=day)
    rows = [(APPOINTMENT, *row) for row in appointments.values_list("pk", "person_id", "due_on")]
    rows += [(SESSION, *row) for row in sessions.values_list("pk", "referral__person_id", "held_on")]
    decided = {APPOINTMENT: _standing("appointment", rows), SESSION: _standing("session", rows)}
    found = [Miss(kind=kind, number=pk, person=whose, on=on, decision=decided[kind].get(pk)) for kind, pk, whose, on in rows]
    return sorted(found, key=lambda miss: (miss.on, miss.kind, miss.number))


def _standing(kind: str, rows: Iterable[tuple[str, int, int, date]]) -> Mapping[int, MissedDecision]:
    numbers = [number for told, number, *_ in rows if told == kind]
    found = MissedDecision.objects.filter(withdrawn=False, **{f"{kind}__in": numbers}).order_by("pk")
    return {getattr(decision, f"{kind}_id"): decision for decision in found}


def miss_of(person: int, kind: str, number: int) -> Miss | None:
    """This miss of the person's; None where there is none, or it is none any more."""
    if kind == APPOINTMENT:
        appointments = Appointment.objects.filter(MISSED_APPOINTMENT, pk=number, person__in=ids_of(person))
        rows = appointments.values_list("due_on", flat=True)
    else:
        sessions = Session.objects.filter(MISSED_SESSION, pk=number, referral__person__in=ids_of(person))
        rows = sessions.values_list("held_on", flat=True)
    on = rows.first() if kind in (APPOINTMENT, SESSION) else None
    if on is None:
        return None
    standing = MissedDecision.objects.filter(withdrawn=False, **{kind: number}).first()
    return Miss(kind=kind, number=number, person=person, on=on, decision=standing)


def failures(person: int, *, until: date, within: int) -> int:
    """How many failures the person has in the days before and with this one."""
    told = misses(ids_of(person), since=until - timedelta(days=within - 1), day=until)
    return len([miss for miss in told if miss.failure])


def miss_rows() -> pl.DataFrame:
    """person, on, decided_on (null: not decided): a row a miss."""
    asked = (
        (Appointment.objects.filter(MISSED_APPOINTMENT), "appointment", {"person": "person", "on": "due_on"}),
        (Session.objects.filter(MISSED_SESSION), "session", {"person": "referral__person", "on": "held_on"}),
    )
    frames = []
    for rows, kind, columns in asked:
        standing = MissedDecision.objects.filter(withdrawn=False).exclude(**{kind: None}).order_by("pk")
        decided = read(standing, miss=kind, decided_on="on")
        frames.append(read(rows.order_by("pk"), miss="pk", **columns).join(decided, on="miss", how="left").drop("miss"))
    return pl.concat(frames).sort("on", "person", maintain_order=True)
