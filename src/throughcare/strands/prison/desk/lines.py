"""Who is where, what has happened and what is to come, as far as one reader may be told of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from throughcare.casework.access.reader import Reader
from throughcare.casework.cohort.queries import members
from throughcare.casework.people.models import CustodySpell
from throughcare.casework.people.names import Named, named
from throughcare.casework.people.queries import on_the_day
from throughcare.rules.movements import NEW_DATE
from throughcare.strands.prison import models as m
from throughcare.strands.prison.movements.queries import lately
from throughcare.strands.prison.movements.words import how, where
from throughcare.strands.prison.owed import Held, held
from throughcare.strands.prison.plans.queries import Shown, shown

WEEK = timedelta(days=7)
UNSERVED, SERVED = "Nothing done or sent yet", "Something done or sent"
NO_WING = "Wing not told"


@dataclass(frozen=True, kw_only=True)
class Line:
    """Somebody in prison. plan: how the release plan stands, "" for none; told only with its row. `owed`: what waits for now."""

    held: Held
    name: Named | None
    open: bool
    borough: str
    plan: str
    planned: bool
    day: date

    @property
    def person(self) -> int:
        return self.held.person

    @property
    def shown(self) -> str:
        return self.name.shown if self.name else f"Person {self.person}"

    @property
    def wing(self) -> str:
        return self.held.wing or NO_WING

    @property
    def served(self) -> str:
        return SERVED if self.held.seen else UNSERVED

    @property
    def next_due(self) -> date | None:
        return min((duty.due_on for duty in self.held.waiting(self.day)), default=None)


@dataclass(frozen=True, kw_only=True)
class Happened:
    """A movement of the last days, with who it is. how: "" where it may not be told."""

    row: m.Movement
    name: Named | None
    open: bool
    where: str
    how: str

    @property
    def shown(self) -> str:
        return self.name.shown if self.name else f"Person {self.row.person_id}"


@dataclass(frozen=True, kw_only=True)
class Desk:
    """rows: who is inside, by name; to_come: of these, who is to be released by `until`; happened: since a week ago.

    may: the rows of the policy that are told; of_cohort: members alone are told.
    """

    rows: tuple[Line, ...]
    to_come: tuple[Line, ...]
    happened: tuple[Happened, ...]
    until: date
    may: frozenset[str]
    of_cohort: bool


def desk(reader: Reader) -> Desk:
    """Members whose custody place the reader may know; for who may not know who is a member, everybody of its own work."""
    day = reader.day
    of_cohort = reader.may("cohort_membership")
    boroughs: Mapping[int, str] = dict(members(day).select("person", "borough").iter_rows()) if of_cohort else {}
    if of_cohort:
        told = reader.allowed("custody", boroughs) & reader.allowed("cohort_membership", boroughs)
    else:
        told = frozenset(reader.people("custody").values_list("pk", flat=True))
    inside = held(CustodySpell.objects.filter(on_the_day(day), person__in=told).values_list("person", flat=True), day)
    names, opens = _names(reader, told), reader.allowed("contact", told)
    plans = _plans(reader, inside, day)
    rows = [
        Line(held=each, name=names.get(person), open=person in opens, borough=boroughs.get(person, ""),
             plan=plans[person].standing.words if person in plans else "", planned=person in plans, day=day)
        for person, each in inside.items()
    ]  # fmt: skip
    rows.sort(key=lambda line: (line.name is None, line.shown, line.person))
    until = day + timedelta(days=14 - day.isoweekday())
    to_come = sorted((row for row in rows if _leaves(row, day, until)), key=lambda row: (row.held.planned_on, row.shown))
    why = reader.allowed("release_plan", told)
    happened = [
        Happened(row=row, name=names.get(row.person_id), open=row.person_id in opens, where=where(row),
                 how=how(row) if row.person_id in why else "")
        for row in lately(told, since=day - WEEK, day=day)
        if row.kind != NEW_DATE or row.person_id in why
    ]  # fmt: skip
    may = frozenset(row for row in ("identity", "release_plan", "referrals") if reader.may(row))
    return Desk(rows=tuple(rows), to_come=tuple(to_come), happened=tuple(happened), until=until, may=may, of_cohort=of_cohort)


def _leaves(line: Line, day: date, until: date) -> bool:
    return line.held.planned_on is not None and day <= line.held.planned_on <= until


def _names(reader: Reader, people: Collection[int]) -> dict[int, Named]:
    return named(reader.allowed("contact", people), known=reader.allowed("identity", people))


def _plans(reader: Reader, inside: Mapping[int, Held], day: date) -> dict[int, Shown]:
    """By person the plan of the present stay, where it may be told."""
    may = reader.allowed("release_plan", inside)
    plans = m.ReleasePlan.objects.filter(person__in=may).select_related("prison_post", "community_post")
    of_now = [plan for plan in plans if plan.stay_start == inside[plan.person_id].received_on]
    return {each.plan.person_id: each for each in shown(of_now, day)}
