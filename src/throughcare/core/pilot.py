"""A pilot as its file describes it: area, days, criteria, services, providers, courts, prisons, targets, feeds and homes.

The types only; `rules.pilot` reads and checks the file. Another city writes another file.
"""

import re
from datetime import date, time
from decimal import Decimal
from typing import Any, Literal, NamedTuple, get_args

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator


class Told(BaseModel):
    """Base of everything read from the file: unknown keys are refused, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _without_a_zone(told: time) -> time:
    if told.tzinfo is not None:
        raise ValueError("a time of day in London has no zone")
    return told


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


class Service(Told):
    """One service: when it runs, whom it is for, how many places, its target.

    Eligibility is data: `sex`, `ages` (inclusive, completed years), `agency`, `rag`, `statuses` (custody, licence, pss,
    community, suspended), `under_requirement` (statuses that are enough only with an activity requirement), `resident` (must
    live in the area), `members` (must be in the cohort; false: in it, or eligible for it). Absent means no such condition.
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


class Provider(Told):
    """An organisation that delivers one or more services; its name is the one published."""

    slug: str
    name: str
    services: tuple[str, ...]


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
    """Personalised budgets: pounds allocated to a place; purchases up to `small_limit` may be approved by who asked."""

    allocation: Decimal = Field(gt=0)
    small_limit: Decimal = Field(ge=0)


class TodayLimits(Told):
    """When a thing waits on somebody's Today, when it is for now, and how long it is told. Days, but for working days where said.

    acknowledge_within, decide_within: working days that a provider has from the sending of a referral. referrals_for: how long
    its sender is told of a referral without a decision; declined_for: of one declined. releases_ahead: how long before it a
    release is told; release_now: from when it is for now. released_for: how
    long somebody released without an appointment is told; released_now: so long it may do harm today. no_contact: on licence and
    not seen for so long; no_meeting: matched with a volunteer and not met for so long. reports_for: how long a report not
    delivered is told; plans_for: a plan returned and no tasking after it. openings_for: how long an opening from outside is
    told. unused_for: an account that nobody has used for so long. not_sure_for: how long an answer of "not sure" rests.
    ask_again_within: the longest that anything can be put off.
    """

    acknowledge_within: int = Field(ge=1, le=20)
    decide_within: int = Field(ge=1, le=40)
    referrals_for: int = Field(ge=7, le=365)
    declined_for: int = Field(ge=1, le=90)
    releases_ahead: int = Field(ge=1, le=90)
    release_now: int = Field(ge=0, le=30)
    released_for: int = Field(ge=1, le=90)
    released_now: int = Field(ge=0, le=30)
    no_contact: int = Field(ge=2, le=90)
    no_meeting: int = Field(ge=2, le=90)
    reports_for: int = Field(ge=7, le=365)
    plans_for: int = Field(ge=7, le=365)
    openings_for: int = Field(ge=1, le=90)
    unused_for: int = Field(ge=14, le=365)
    not_sure_for: int = Field(ge=1, le=90)
    ask_again_within: int = Field(ge=1, le=90)


class PanelFigures(Told):
    """The borough's panel: a member is to be discussed at least once in so many weeks."""

    discussed_within_weeks: int = Field(ge=1, le=104)


PRISON_TASKS = (
    "notify_manager", "notify_prison", "flag_on_delius", "identify_services", "refer", "case_discussion", "refer_to_iom",
    "feed_back_to_panel",
)  # fmt: skip
"""What prison co-ordinators do, by the codes of their extract."""


class PrisonDuty(Told):
    """A task owed to a member in prison: so many `working_days` after reception, so many `weeks` before the planned release, or
    by the working day before a panel on whose agenda the person is.
    """

    task: Literal[PRISON_TASKS]  # type: ignore[valid-type]
    before: Literal["", "release", "panel"] = ""
    working_days: int = Field(default=0, ge=0, le=60)
    weeks: int = Field(default=0, ge=0, le=52)


class PrisonItem(Told):
    """What is checked off before somebody leaves prison."""

    slug: str = Field(pattern=r"^[a-z_]{2,20}$")
    words: str = Field(min_length=1, max_length=80)


class PrisonFigures(Told):
    """Prison co-ordination. plans_ahead: how many weeks before a release a plan is asked for; plans_alert_within: from so many
    working days before it a plan that is not whole is told to its owners. soon: an appointment in so many days after a move is
    for now. looks_back: how many days back a new extract may tell of a movement that is told to anybody. duties_for: how many
    days after it was due a duty is told on Today; it stays on the desk.
    """

    plans_ahead: int = Field(default=4, ge=1, le=26)
    plans_alert_within: int = Field(default=5, ge=1, le=20)
    soon: int = Field(default=2, ge=0, le=14)
    looks_back: int = Field(default=28, ge=1, le=365)
    duties_for: int = Field(default=28, ge=1, le=365)
    duties: tuple[PrisonDuty, ...] = ()
    items: tuple[PrisonItem, ...] = ()
class Contact(Told):
    """Contact after release, meetings of providers, reminders. Days, but for working days where said.

    decide_within: working days in which the manager decides of a missed contact; decide_for: how long one without a decision is
    asked for. failures within failures_within: so many missed without an accepted reason, and going back to court or recall is
    suggested; never done. visit_soon: a visit that cannot be as planned is for now from so long before. clearance_ends_ahead: how
    long before its end a clearance is to be renewed. remind_from: the London time from which people are reminded of tomorrow.
    """

    decide_within: int = Field(default=3, ge=1, le=20)
    decide_for: int = Field(default=28, ge=7, le=365)
    failures: int = Field(default=2, ge=1, le=10)
    failures_within: int = Field(default=365, ge=28, le=1100)
    visit_soon: int = Field(default=2, ge=0, le=14)
    clearance_ends_ahead: int = Field(default=28, ge=1, le=180)
    remind_from: time = time(17)

    @field_validator("remind_from")
    @classmethod
    def _on_the_wall(cls, told: time) -> time:
        return _without_a_zone(told)


LABELS = ("offender", "offending", "criminal", "prolific", "convict", "felon", "nominal", "subject", "perpetrator", "thief")
"""Words for a person that no letter uses: the person reads it, and whoever finds it."""


class Letters(Told):
    """Letters to the person. `own_name`: what the pilot is called in them, never a label of the person; `within_days`: how long
    after somebody joins or leaves a letter is asked for. `regulator`: whom a person may turn to who is not content with us.
    """

    own_name: str = Field(default="the programme", min_length=1, max_length=60)
    within_days: int = Field(default=28, ge=0, le=365)
    regulator: str = Field(default="the Information Commissioner on 0303 123 1113", max_length=100)

    @field_validator("own_name")
    @classmethod
    def _no_label(cls, name: str) -> str:
        if found := [label for label in LABELS if label in name.lower()]:
            raise ValueError(f"a letter would call the person {found[0]!r}")
        return name


class CourtLists(Told):
    """Court lists. `sits_at`: the London time at which courts begin to sit: a list that is not here by then is absent, not late.

    `forget_after`: days after the hearing for which people on a list who are nobody known here are kept, and no longer.
    """

    sits_at: time = time(10, 0)
    forget_after: int = Field(default=28, ge=1, le=365)

    @field_validator("sits_at")
    @classmethod
    def _on_the_wall(cls, at: time) -> time:
        return _without_a_zone(at)


class CourtDesk(Told):
    """The court desk on a tablet. `kept_until`: the London time at which the court day ends, and what the tablet keeps goes."""

    kept_until: time = time(19, 0)

    @field_validator("kept_until")
    @classmethod
    def _on_the_wall(cls, at: time) -> time:
        return _without_a_zone(at)


SectionSlug = Literal[
    "offence", "analysis", "history", "supervision", "risk", "needs", "services", "health", "sources", "proposal", "conclusion",
]
"""The sections that a court report can have."""


class EnquiryTo(Told):
    """Somebody of whom court officers ask before a report: `name` as it is shown, `asks` the question offered."""

    slug: str = Field(pattern=r"^[a-z_]+$", max_length=30)
    name: str = Field(min_length=1, max_length=60)
    asks: str = Field(default="", max_length=300)


class CourtReports(Told):
    """Court reports: the sections of each kind in their order, of whom enquiries are made, how many are checked for quality.

    sample: reports drawn a month a court. Nobody is asked and nothing is drawn where the file does not say so.
    """

    oral: tuple[SectionSlug, ...] = ("offence", "supervision", "history", "risk", "services")
    fast: tuple[SectionSlug, ...] = ("offence", "analysis", "history", "risk", "services", "health", "sources", "proposal")
    standard: tuple[SectionSlug, ...] = get_args(SectionSlug)
    enquiries: tuple[EnquiryTo, ...] = ()
    sample: int = Field(default=0, ge=0, le=50)

    @model_validator(mode="after")
    def _each_once(self) -> "CourtReports":
        for told in (self.oral, self.fast, self.standard, tuple(each.slug for each in self.enquiries)):
            if len(set(told)) != len(told):
                raise ValueError("a section or an enquiry stands twice in court_reports")
        return self

    def sections(self, kind: str) -> tuple[str, ...]:
        """The sections of a kind of report (oral, fast, standard); none of another kind."""
        told: dict[str, tuple[str, ...]] = {"oral": self.oral, "fast": self.fast, "standard": self.standard}
        return told.get(kind, ())


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
        return at and _without_a_zone(at)

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
    prisons: tuple[str, ...]
    targets: Targets
    budgets: Budgets
    today: TodayLimits
    panel: PanelFigures
    prison: PrisonFigures = PrisonFigures()
    smallest_published: int = Field(ge=1)
    out_of_date_days: int = Field(default=30, ge=1)
    letters: Letters = Letters()
    court_lists: CourtLists = CourtLists()
    court_desk: CourtDesk = CourtDesk()
    court_reports: CourtReports = CourtReports()
    contact: Contact = Contact()
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
        slugs: list[Any] = [s.slug for s in self.services]
        if len(set(slugs)) != len(slugs):
            raise ValueError("two services have the same slug")
        unknown = {s for p in self.providers for s in p.services} - set(slugs)
        if unknown:
            raise ValueError(f"a provider names services that the file does not have: {sorted(unknown)}")
        return self
