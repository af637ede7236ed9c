"""A pilot as its file describes it: area, days, criteria, services, providers, courts, prisons, targets, feeds and homes.

The types only; `rules.pilot` reads and checks the file. How the work goes is in `core.pilot_work`, training and meetings in
`core.pilot_awareness`, the mental-health pathway in `core.pilot_health`, tagging in `core.pilot_tagging`, positions of tags in
`core.pilot_positions`, crime by borough and repeated assessments in `core.pilot_outcomes`. Another city writes another file.
"""

import re
from datetime import date, time
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from pydantic import Field, field_validator, model_validator

from throughcare.core.pilot_awareness import Awareness
from throughcare.core.pilot_health import HealthFigures
from throughcare.core.pilot_outcomes import ChangeFigures, CrimeFigures
from throughcare.core.pilot_positions import PositionFigures
from throughcare.core.pilot_tagging import TaggingFigures
from throughcare.core.pilot_work import (
    Contact,
    CourtDesk,
    CourtLists,
    CourtReports,
    Directory,
    Letters,
    LocalService,
    Mail,
    PanelFigures,
    PictureFigures,
    Policing,
    PrisonFigures,
    PublicationFigures,
    Published,
    Surveys,
    TodayLimits,
    Told,
    without_a_zone,
)


class Period(Told):
    """Days [start, end). `end` is exclusive."""

    start: date
    end: date

    @model_validator(mode="after")
    def _in_order(self) -> "Period":
        if self.end < self.start:
            raise ValueError("the end is before the start")
        return self

    def cut(self, start: date | None, end: date | None) -> "Period":
        """The part of this period within [start, end); empty (start == end) where nothing is left."""
        first = max(self.start, start) if start else self.start
        last = min(self.end, end) if end else self.end
        return Period(start=first, end=max(first, last))

    def contains(self, day: date) -> bool:
        return self.start <= day < self.end


class Service(Published):
    """One service: when it runs, whom it is for, how many places, its target; what the directory says of it.

    Eligibility is data: `sex`, `ages` (inclusive, completed years), `agency`, `rag`, `statuses` (custody, licence, pss,
    community, suspended), `under_requirement` (statuses that are enough only with an activity requirement), `resident` (must
    live in the area), `members` (must be in the cohort; false: in it, or eligible for it). Absent means no such condition.
    `clashes`: services that do not go together with it, whichever of the two says so; warned of when somebody is referred.
    `by_referral`: whether people come to it by referral; false where the strand alone tells who had it. `offer`: what it is in
    words for the person, as a letter has it; a service without is never named in one.
    """

    slug: str
    name: str
    strand: str
    start: date
    end: date | None = None
    places: int | None = Field(default=None, ge=1)
    sex: Literal["M", "F"] | None = None
    ages: tuple[int, int] | None = None
    agency: Literal["NPS", "CRC"] | None = None
    rag: Literal["Red", "Amber", "Green"] | None = None
    statuses: tuple[Literal["custody", "licence", "pss", "community", "suspended"], ...] = ()
    under_requirement: tuple[Literal["community", "suspended"], ...] = ()
    resident: bool = False
    members: bool = True
    by_referral: bool = True
    offer: str = Field(default="", max_length=60)
    courts: tuple[str, ...] = ()
    clashes: tuple[str, ...] = ()


class Provider(Told):
    """An organisation that delivers one or more services; its name is the one published.

    `telephone`: whom its workers and volunteers ring when something is off; it stands in e-mails, so it is a number alone.
    """

    slug: str
    name: str
    services: tuple[str, ...]
    telephone: str = Field(default="", pattern=r"^[+0-9 ()-]*$", max_length=20)


class CriterionParameters(Told):
    """One criterion of the cohort rule, by the slug of its file in `rules/eligibility`, with its parameters."""

    slug: Literal["convicted", "adult", "resident", "supervised", "risk"]
    minimum_age: int | None = Field(default=None, ge=10, le=100)
    at_or_above: int | None = Field(default=None, ge=1, le=99)
    or_at_or_above: int | None = Field(default=None, ge=1, le=99)
    with_groups: tuple[str, ...] = ()
    committed_within_months: int | None = Field(default=None, ge=1, le=120)


class Targets(Told):
    """Targets that measures are held against, in their own unit."""

    reports_within_days: int = Field(ge=0)
    reports_within_days_percent: int = Field(ge=0, le=100)
    weekly_contact_per_week: Decimal
    weekly_contact_weeks: int = Field(ge=1)
    fortnightly_gap_days: int = Field(ge=1)


class Budgets(Told):
    """Personalised budgets: pounds allocated to a place; purchases up to `small_limit` may be approved by who asked.

    suppliers: from whom alone may be bought; none named: from anybody. categories: the kinds of what is bought, by which
    it is told what it did.
    """

    allocation: Decimal = Field(gt=0)
    small_limit: Decimal = Field(ge=0)
    suppliers: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)


class FeedExpectation(Told):
    """When a feed is to be here: `every` day, working day, week or month, `by` a London time of day.

    `on`: which of `WEEKDAYS` for a weekly feed, the day of the month (1 to 28) for a monthly one; none otherwise.
    `grace_hours`: how long after that it is not yet called late. `owner`: the post or office that is told,
    `email` its address, "" where it has none. `next_from`: from that time of a due day what comes is already the next due day's,
    as a list of the evening before; where it is not said, half-way. A load with fewer rows than `least_share` of the median of
    the loads before it is short; 0 means that no load is.
    """

    slug: str
    every: Literal["day", "working day", "week", "month"]
    by: time
    on: str | int | None = None
    grace_hours: int = Field(default=0, ge=0, le=72)
    owner: str = Field(min_length=1)
    email: str = ""
    least_share: float = Field(default=0.5, ge=0, le=1)
    next_from: time | None = None

    @field_validator("by", "next_from")
    @classmethod
    def _on_the_wall(cls, at: time | None) -> time | None:
        return at and without_a_zone(at)

    @model_validator(mode="after")
    def _after_it_is_due(self) -> "FeedExpectation":
        if self.next_from is not None and self.next_from <= self.by:
            raise ValueError("what comes by the time it is due is not the next one: next_from is after by")
        return self

    @field_validator("email")
    @classmethod
    def _an_address(cls, email: str) -> str:
        if email and not _EMAIL.fullmatch(email):
            raise ValueError("an e-mail address, as data.team@example.org, is expected")
        return email


OURS = "Throughcare"
"""The system of a fact whose home is here."""


class FactKind(NamedTuple):
    """A kind of fact that has a home, and what is meant by it."""

    slug: str
    meaning: str


FACT_KINDS = (
    FactKind("identity", "names, date of birth, sex, ethnicity and the agencies' numbers"),
    FactKind("address", "main addresses and their boroughs"),
    FactKind("supervision", "who manages a person, and why: licence, order, custody"),
    FactKind("custody", "time in prison, and planned and actual releases"),
    FactKind("convictions", "convictions, cautions, sentences and requirements of orders"),
    FactKind("arrests_and_charges", "arrests and charges"),
    FactKind("needs", "needs found by assessment, by pathway"),
    FactKind("registrations", "registrations, such as MAPPA or risk to staff"),
    FactKind("court_lists", "who is listed at which court on which day"),
    FactKind("court_cases", "cases that came to the court officers, their pleas and results"),
    FactKind("court_reports", "reports asked for and delivered"),
    FactKind("appointments", "appointments with the offender manager and their outcomes"),
    FactKind("prison_tasks", "tasks of the prison co-ordinators"),
    FactKind("referrals", "referrals to services and how they stand"),
    FactKind("sessions", "sessions that providers hold"),
    FactKind("budgets", "personalised budgets and what was bought"),
    FactKind("mental_health", "consultations, assessments, care plans and interventions"),
    FactKind("employment", "placements in work and whether they lasted"),
    FactKind("intelligence_plans", "intelligence development plans and taskings"),
    FactKind("tag_orders", "orders with a tag, their equipment, what was found and decided, absences that are expected"),
    FactKind("survey_answers", "answers of staff and providers to the survey"),
    FactKind("cohort_membership", "who is in the cohort, from when to when, and why"),
    FactKind("ratings", "Red, Amber or Green, as the panel decides"),
    FactKind("panel", "the panel's agenda, decisions and actions"),
    FactKind("notes", "notes on a person"),
    FactKind("concerns", "concerns raised about a person's safety or another's"),
    FactKind("corrections", "what is said to be wrong in a record, and what came of it"),
    FactKind("limited_access", "whose record is open to named people only"),
    FactKind("caseloads", "who holds whose case"),
)


class Home(Told):
    """Where a kind of fact is kept: in this `system`. `typed_here`: typed here first, and copied out into that system."""

    system: str = Field(min_length=1)
    typed_here: bool = False

    @property
    def ours(self) -> bool:
        """Kept here and nowhere else."""
        return self.system == OURS

    @property
    def copied(self) -> bool:
        """Comes from that system; shown here, never asked for."""
        return not self.ours and not self.typed_here

    @property
    def owed(self) -> bool:
        """Typed here, and to be entered there."""
        return not self.ours and self.typed_here


class Pilot(Told):
    """The whole file. `values(known)` gives the names that an axis of a measure must always show.

    `rounding`: to the nearest multiple of which counts are published, 0: as they are.
    `comparison_courts`: others, whose cases are loaded for a study to compare with; they are in no figure.
    `out_of_date_days`: a feed of which no extract came for so long is named beside the proposals that rest on it.
    """

    slug: str
    name: str
    area: str
    boroughs: tuple[str, ...]
    life: Period
    reference_days: dict[str, date]
    windows: dict[str, Period]
    criteria: tuple[CriterionParameters, ...]
    services: tuple[Service, ...]
    providers: tuple[Provider, ...]
    courts: tuple[str, ...]
    comparison_courts: tuple[str, ...] = ()
    prisons: tuple[str, ...]
    targets: Targets
    budgets: Budgets
    today: TodayLimits
    panel: PanelFigures
    prison: PrisonFigures = PrisonFigures()
    policing: Policing = Policing()
    picture: PictureFigures = PictureFigures()
    smallest_published: int = Field(ge=1)
    rounding: Literal[0, 5, 10] = 0
    publication: PublicationFigures = PublicationFigures()
    out_of_date_days: int = Field(default=30, ge=1)
    letters: Letters = Letters()
    court_lists: CourtLists = CourtLists()
    court_desk: CourtDesk = CourtDesk()
    court_reports: CourtReports = CourtReports()
    contact: Contact = Contact()
    surveys: Surveys = Surveys()
    mail: Mail = Mail()
    directory: Directory = Directory()
    awareness: Awareness = Awareness()
    health: HealthFigures = HealthFigures()
    positions: PositionFigures = PositionFigures()
    tagging: TaggingFigures = TaggingFigures()
    crime: CrimeFigures = CrimeFigures()
    change: ChangeFigures = ChangeFigures()
    local_services: tuple[LocalService, ...] = ()
    feeds: tuple[FeedExpectation, ...] = ()
    homes: dict[str, Home]

    def values(self, known: str) -> tuple[str, ...]:
        named: dict[str, tuple[str, ...]] = {
            "boroughs": self.boroughs,
            "courts": self.courts,
            "prisons": self.prisons,
            "providers": tuple(p.name for p in self.providers),
        }
        return named[known]

    def service(self, slug: str) -> Service:
        """The service of that slug; KeyError where the pilot has none."""
        return {s.slug: s for s in self.services}[slug]

    def clash(self, one: str, other: str) -> bool:
        """Whether these two services do not go together, as either of them says."""
        return other in self.service(one).clashes or one in self.service(other).clashes

    def criterion(self, slug: str) -> CriterionParameters | None:
        return next((c for c in self.criteria if c.slug == slug), None)

    def home(self, kind: str) -> Home:
        """Where a kind of fact is kept; KeyError where it is not one of `FACT_KINDS`."""
        return self.homes[kind]

    def expectation(self, feed: str) -> FeedExpectation | None:
        """When the feed is to be here; none where the file does not mention it."""
        return next((each for each in self.feeds if each.slug == feed), None)

    @model_validator(mode="after")
    def _consistent(self) -> "Pilot":
        if self.rounding > 2 * self.smallest_published:
            raise ValueError("rounding would make zeros of what is published: smallest_published must be at least half of it")
        slugs: list[Any] = [s.slug for s in self.services]
        if len(set(slugs)) != len(slugs):
            raise ValueError("two services have the same slug")
        if both := set(self.crime.compared) & set(self.boroughs):
            raise ValueError(f"boroughs of the pilot cannot be compared with it: {sorted(both)}")
        if strange := set(self.crime.starts) - set(self.boroughs):
            raise ValueError(f"crime.starts names what is no borough of the pilot: {sorted(strange)}")
        if strange := set(self.crime.codes.values()) - {*self.boroughs, *self.crime.compared, *self.crime.passed_over}:
            raise ValueError(f"crime.codes names what is neither of the pilot, compared nor passed over: {sorted(strange)}")
        unknown = {s for p in self.providers for s in p.services} - set(slugs)
        if unknown:
            raise ValueError(f"a provider names services that the file does not have: {sorted(unknown)}")
        return self
