"""What a pilot's file says of how its work goes: limits of Today, panel, prisons, contact, letters, courts."""

from datetime import date, time
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator


class Told(BaseModel):
    """Base of everything read from the file: unknown keys are refused, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def without_a_zone(told: time) -> time:
    """A time of day on the wall in London. Refuses one with a zone."""
    if told.tzinfo is not None:
        raise ValueError("a time of day in London has no zone")
    return told


class TodayLimits(Told):
    """When a thing waits on somebody's Today, when it is for now, and how long it is told. Days, but for working days where said.

    acknowledge_within, decide_within: working days that a provider has from the sending of a referral. referrals_for: how long
    its sender is told of a referral without a decision; declined_for: of one declined. releases_ahead: how long before it a
    release is told; release_now: from when it is for now. released_for: how
    long somebody released without an appointment is told; released_now: so long it may do harm today. no_contact: on licence and
    not seen for so long; no_meeting: matched with a volunteer and not met for so long. reports_for: how long a report not
    delivered is told; plans_for: a plan returned and no tasking after it. openings_for: how long an opening from outside is
    told. unused_for: an account that nobody has used for so long. not_sure_for: how long an answer of "not sure" rests.
    ask_again_within: the longest that anything can be put off. end_report_within: days from the end of a referral's work in
    which the provider sends its report; its access ends after 14. end_report_for: how long the manager is told that none came.
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
    end_report_within: int = Field(default=7, ge=1, le=13)
    end_report_for: int = Field(default=28, ge=1, le=365)


class PictureFigures(Told):
    """The picture in an intelligence plan: offending pattern, crime map, associations. Days, but where it says otherwise.

    too_few: with fewer offences nothing is said of a pattern. widest_hours: what may have happened at any time of a longer span
    of hours has no known hour. link_days: a link lasts so long after the last event that tells of it, or its renewal;
    recent_days: an event counts in full for so long. largest_event: an event of more people links none of them. street_crime:
    the crime types of the police's open street data that are kept. outlines: a GeoJSON file of the boroughs' outlines, beside
    the pilot file; "": none, and the map has points and a scale alone.
    """

    too_few: int = Field(default=5, ge=2, le=50)
    widest_hours: int = Field(default=24, ge=1, le=168)
    link_days: int = Field(default=730, ge=28, le=3650)
    recent_days: int = Field(default=365, ge=1, le=3650)
    largest_event: int = Field(default=8, ge=2, le=50)
    street_crime: tuple[str, ...] = ("Burglary",)
    outlines: str = Field(default="", pattern=r"^[\w. -]*$")


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
class Policing(Told):
    """Intelligence plans. additions_from: from that day on only additions to existing plans are asked for, no new ones; none:
    both always. return_within: working days from the request in which the hub means to return a plan; after it, it is late.
    """

    additions_from: date | None = None
    return_within: int = Field(default=10, ge=1, le=60)


class Surveys(Told):
    """When links of a survey that were not used are reminded of: half way through the wave, and so many days before it closes.

    Nobody is reminded on the day on which the links go or the day after, nor twice on one day. Neither: nobody is reminded.
    """

    remind_half_way: bool = True
    remind_before_end: tuple[Annotated[int, Field(ge=1, le=60)], ...] = Field(default=(3,), max_length=4)

    @field_validator("remind_before_end")
    @classmethod
    def _each_once(cls, days: tuple[int, ...]) -> tuple[int, ...]:
        if len(set(days)) != len(days):
            raise ValueError("a number of days stands twice in remind_before_end")
        return days


class Contact(Told):
    """Contact after release, meetings of providers, reminders. Days, but for working days where said.

    decide_within: working days in which the manager decides of a missed contact; decide_for: how long one without a decision is
    asked for. failures within failures_within: so many missed without an accepted reason, and going back to court or recall is
    suggested; never done. visit_soon: a visit that cannot be as planned is for now from so long before. clearance_ends_ahead: how
    long before its end a clearance is to be renewed. remind_from: the London time from which people are reminded of tomorrow.
    hours_apart: two who must not meet are not met at one place within so many hours of each other.
    """

    decide_within: int = Field(default=3, ge=1, le=20)
    decide_for: int = Field(default=28, ge=7, le=365)
    failures: int = Field(default=2, ge=1, le=10)
    failures_within: int = Field(default=365, ge=28, le=1100)
    visit_soon: int = Field(default=2, ge=0, le=14)
    clearance_ends_ahead: int = Field(default=28, ge=1, le=180)
    hours_apart: int = Field(default=3, ge=1, le=24)
    remind_from: time = time(17)

    @field_validator("remind_from")
    @classmethod
    def _on_the_wall(cls, told: time) -> time:
        return without_a_zone(told)


class Mail(Told):
    """E-mails to those who use the service. digest_from: the London time of a working day from which the digest goes. kept_for:
    days for which it is kept what was sent to whom.
    """

    digest_from: time = time(7)
    kept_for: int = Field(default=90, ge=7, le=1100)

    @field_validator("digest_from")
    @classmethod
    def _on_the_wall(cls, told: time) -> time:
        return without_a_zone(told)


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
        return without_a_zone(at)


class CourtDesk(Told):
    """The court desk on a tablet. `kept_until`: the London time at which the court day ends, and what the tablet keeps goes."""

    kept_until: time = time(19, 0)

    @field_validator("kept_until")
    @classmethod
    def _on_the_wall(cls, at: time) -> time:
        return without_a_zone(at)


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


class Directory(Told):
    """The directory of services. wait_over: the wait is worked out from those who started in so many days; fewer than wait_least
    of them, and it is not known. not_now_within: the longest, in days, that a service may be put off for a person.
    """

    wait_over: int = Field(default=180, ge=28, le=730)
    wait_least: int = Field(default=5, ge=3, le=50)
    not_now_within: int = Field(default=90, ge=7, le=365)


class LocalService(Told):
    """A service that a borough has beside the pilot's: told in the directory, never referred to from here.

    `like`: the slug of the pilot's service that does the same; both are then told, so that nobody is sent twice. `contact`:
    who is asked, in words; "" where it is not known.
    """

    name: str = Field(min_length=1, max_length=80)
    borough: str
    provider: str = ""
    for_whom: str = ""
    like: str = ""
    contact: str = ""


class Published(Told):
    """What a service's line in the directory says beside its conditions. What is not known is left out, and said to be so.

    involves, where: in words. boroughs: where alone it runs; none: the whole area. next_starts: the first days of its next
    groups. variations: by borough, in words, how it differs there.
    """

    involves: str = Field(default="", max_length=400)
    where: str = Field(default="", max_length=200)
    boroughs: tuple[str, ...] = ()
    next_starts: tuple[date, ...] = ()
    variations: dict[str, str] = {}


class PublicationFigures(Told):
    """What stands with published data: who publishes it, whom to ask, under which licence (its address, or its name)."""

    publisher: str = Field(default="", max_length=120)
    contact: str = Field(default="", max_length=120)
    licence: str = Field(default="", max_length=200)
