"""What the court desk tells of a court's list: of whom it is, and for the few who matter what is known, as the reader may see it.

Members of the cohort and people eligible for it come first; then entries of which somebody is to say whether they are a person
known here; then everybody else. A fixed number of queries, however long the list is.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from throughcare.casework.access.models import Post
from throughcare.casework.access.queries import managers
from throughcare.casework.access.reader import Reader
from throughcare.casework.cohort.standing import scores_on
from throughcare.casework.frames import reading_once
from throughcare.casework.panel.facts import Told, told_of
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.reach import OPEN, known_to
from throughcare.casework.referrals.standing import standings_of
from throughcare.core.clock import LONDON
from throughcare.core.dates import day_in_words
from throughcare.rules.eligibility.services import Standing, fits
from throughcare.strands.courts import models as m
from throughcare.strands.courts.lists.queries import Entry, as_it_stands, shown

COHORT, ELIGIBLE = "in the cohort", "eligible for the cohort"
SHOWN = ("supervision", "custody", "risks")
"""Rows of the policy whose words, as a panel is told them, stand in a line; the rest of the line is of its own rows."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One entry of the list with what the reader may know. `why`: COHORT, ELIGIBLE or "" (known, or not, and neither).

    Empty words and None: not known, or not for this reader. `last_report` and `typed` are in words. `taken`: who has the case,
    `since` when; `mine`: the reader's post has it. `open`: the person's page may be opened; `writes`: what is typed is kept.
    """

    entry: Entry
    why: str = ""
    facts: tuple[Told, ...] = ()
    score: int | None = None
    last_report: str = ""
    services: tuple[str, ...] = ()
    ring: Post | None = None
    taken: m.CaseTaken | None = None
    since: str = ""
    mine: bool = False
    typed: tuple[str, ...] = ()
    open: bool = False
    writes: bool = False

    @property
    def person(self) -> int | None:
        return self.entry.person


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The list of a court and day: `first` are those the desk is for, restricted entries among them."""

    court: str
    day: date
    first: tuple[Line, ...]
    to_confirm: tuple[Line, ...]
    others: tuple[Line, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        return (*self.first, *self.to_confirm, *self.others)


@reading_once()
def desk_of(reader: Reader, court: str, day: date) -> Desk:
    """The desk as this reader may see it. What is known is told as it stood on the day, and of a day ahead as it stands now."""
    entries = shown(as_it_stands(court, day), reader)
    known = _Known(reader, court, day, frozenset(e.person for e in entries if e.person is not None))
    first, to_confirm, others = [], [], []
    for entry in entries:
        line = known.line(entry)
        (first if entry.restricted or line.why else to_confirm if entry.to_confirm else others).append(line)
    return Desk(court=court, day=day, first=tuple(first), to_confirm=tuple(to_confirm), others=tuple(others))


class _Known:
    """What is known of the people of a list, asked for all of them at once."""

    def __init__(self, reader: Reader, court: str, day: date, listed: frozenset[int]) -> None:
        self.reader, self.court, self.day = reader, court, day
        self.as_at = min(day, reader.day)
        may = reader.allowed("cohort_membership", listed)
        self.standing = standings_of(may, self.as_at, pilot=current_pilot(), beyond=True)
        self.why = {person: why for person, s in self.standing.items() if (why := _why(s))}
        people = frozenset(self.why)
        self.writes = frozenset(reader.people("court_cases", "edit").filter(pk__in=people).values_list("pk", flat=True))
        self.opens = reader.allowed("contact", listed)
        self.facts = self._facts(people)
        self.scores = scores_on(reader.allowed("score", people), self.as_at)
        self.services = self._services(people)
        self.managers = managers(reader.allowed("caseload", people), self.as_at)
        cases = reader.allowed("court_cases", listed)
        self.reports = _last_reports(cases, self.as_at)
        self.taken = taken_of(court, day, cases)
        self.typed = _typed(court, day, cases)

    def line(self, entry: Entry) -> Line:
        person = entry.person
        if person is None:
            return Line(entry=entry)
        taken = self.taken.get(person)
        return Line(
            entry=entry, why=self.why.get(person, ""), facts=tuple(self.facts.get(person, ())), score=self.scores.get(person),
            last_report=self.reports.get(person, ""), services=self.services.get(person, ()), ring=self.managers.get(person),
            taken=taken, since=f"{taken.taken_at.astimezone(LONDON):%H:%M}" if taken else "",
            mine=taken is not None and taken.post in self.reader.acting, typed=tuple(self.typed.get(person, ())),
            open=person in self.opens, writes=person in self.writes,
        )  # fmt: skip

    def _facts(self, people: Collection[int]) -> Mapping[int, list[Told]]:
        may = {row: self.reader.allowed(row, people) for row in SHOWN}
        told = told_of(people, self.as_at)
        return {p: [fact for fact in told.get(p, ()) if fact.row in may and p in may[fact.row]] for p in people}

    def _services(self, people: Collection[int]) -> dict[int, tuple[str, ...]]:
        """By person the services that fit and that they are not referred to already: those of which the reader may know."""
        pilot, reader = current_pilot(), self.reader
        referred = reader.allowed("referrals", people)
        sent = known_to(reader).filter(OPEN, person__in=list(people))
        have = set(sent.values_list("person_id", "service"))
        offered = [s for s in pilot.services if s.by_referral and reader.may(f"service:{s.slug}")]
        return {
            person: tuple(
                s.name for s in offered
                if (person, s.slug) not in have and fits(s, self.standing[person], as_at=self.as_at, pilot=pilot).met
            )
            for person in referred
        }  # fmt: skip


def _why(standing: Standing) -> str:
    return COHORT if standing.member else ELIGIBLE if standing.eligible else ""


def _last_reports(people: Collection[int], day: date) -> dict[int, str]:
    """By person the last report that a court had by the day, in words."""
    done = m.Report.objects.filter(case__person__in=list(people), delivered_on__lte=day).order_by("delivered_on", "pk")
    last = {person: (on, kind) for person, on, kind in done.values_list("case__person", "delivered_on", "kind")}
    return {person: f"{day_in_words(on)}, {kind}" for person, (on, kind) in last.items()}


def taken_of(court: str, day: date, people: Collection[int]) -> dict[int, m.CaseTaken]:
    """By person who has the case in that court on that day."""
    running = m.CaseTaken.objects.filter(court=court, sits_on=day, ended_at=None, person__in=list(people))
    return {taken.person_id: taken for taken in running.select_related("post").order_by("-pk")}


def _typed(court: str, day: date, people: Collection[int]) -> dict[int, list[str]]:
    """By person what was typed at this desk on the day, in words, in its order: "Guilty 10:40"; a note by its existence alone."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = m.TypedAtDesk.objects.filter(court=court, sits_on=day, person__in=list(people)).order_by("kept_at", "pk")
    for row in rows:
        what = {"note": "Note", "adjourned": "Adjourned"}.get(row.kind, row.word.replace("_", " ").capitalize())
        found[row.person_id].append(f"{what} {row.at:%H:%M}" if row.at else what)
    return found
