"""What the operations answer. null: not known, not so, or not for this post to know; the same things that the pages leave out."""

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict, Field


class Given(BaseModel):
    """Base of every answer: all of its fields are always there."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Error(Given):
    """What failed, on which record ("" for none), what was expected, how to mend it."""

    what: str = Field(examples=["The referral is completed and cannot become accepted this way"])
    record: str = Field(examples=["referral 17"])
    expected: str = Field(examples=["nothing: this state is final"])
    mend: str = Field(examples=["do one of these, or make a new referral"])


class Fault(Given):
    """Every error of the API has this one shape."""

    error: Error


class Listed(Given):
    """A part of a list. `total`: of the whole list, whatever part is given."""

    total: int = Field(examples=[57])
    limit: int = Field(examples=[50])
    offset: int = Field(examples=[0])


class Row(Given):
    """A row of the access policy that the post may view. `edit`: it may also change it. scope: of whom."""

    row: str = Field(examples=["contact"])
    words: str = Field(examples=["first name and contact only"])
    edit: bool = Field(examples=[False])
    scope: str = Field(examples=["caseload"])


class Me(Given):
    """Whose token this is, and what it may see and change. Empty rows do not stand here."""

    account: str = Field(examples=["probation"])
    post: str = Field(examples=["nps-n07a112"])
    title: str = Field(examples=["Offender manager N07A112"])
    role: str = Field(examples=["offender_manager"])
    role_words: str = Field(examples=["Offender manager"])
    day: date = Field(description="The day that it is here", examples=["2017-03-01"])
    token: str = Field(description="What the token is for", examples=["Caseload screen"])
    expires_on: date = Field(examples=["2018-03-01"])
    rows: list[Row]


class PersonShown(Given):
    """A person as the post may name them."""

    number: int = Field(examples=[412])
    shown: str = Field(examples=["BAILEY, Tom"])


class Act(Given):
    """The one action that a task wants, and the page where it is done."""

    words: str = Field(examples=["Record the outcome"])
    address: str = Field(examples=["/referrals/17/"])


class Task(Given):
    """A thing that waits. Of somebody restricted only its kind and whom to ring are told, and it cannot be answered here."""

    key: str | None = Field(description="By which it is answered", examples=["referral-unanswered:17"])
    group: str = Field(description="now, week (this week and after) or waiting (for others)", examples=["now"])
    kind: str = Field(examples=["Referrals to answer"])
    words: str = Field(examples=["Nobody has answered the referral to Blue Sky"])
    harm: int = Field(description="1 somebody may come to harm, 2 a duty is missed, 3 a service late, 4 tidiness", examples=[2])
    due_on: date | None = Field(examples=["2017-03-02"])
    elsewhere: bool = Field(description="May be answered as done elsewhere", examples=[True])
    act: Act | None
    person: PersonShown | None
    ring: str | None = Field(description="For a restricted person: whom to ring", examples=["Duty officer 020 7946 0101"])


class Tasks(Listed):
    """What waits, the most harmful first, then by day."""

    items: list[Task]


class Answered(Given):
    """The answer that is kept. It can be taken back on the page Today."""

    key: str = Field(examples=["referral-unanswered:17"])
    answer: str = Field(examples=["later"])
    until: date | None = Field(examples=["2017-03-08"])


class FoundPerson(Given):
    """A person found, and why."""

    number: int = Field(examples=[412])
    shown: str = Field(examples=["BAILEY, Tom"])
    date_of_birth: date | None = Field(examples=["1991-04-30"])
    crn: str = Field(examples=["X320741"])
    pnc: str = Field(examples=["2010/0000123X"])
    why: str = Field(examples=["same CRN"])


class Found(Given):
    """The best, at most 20. Says nothing, not even how many, of people whom the post may not see."""

    understood: str = Field(description="What the words were taken for", examples=["CRN X320741"])
    more: bool = Field(description="Others fit too: ask with more words", examples=[False])
    people: list[FoundPerson]


class Cohort(Given):
    """Where the person stands with the cohort. proposed: "join" or "leave" where that waits for a decision."""

    member: bool = Field(examples=[True])
    borough: str = Field(examples=["Hackney"])
    since: date | None = Field(examples=["2016-02-08"])
    left_on: date | None = Field(examples=["2016-11-30"])
    proposed: str = Field(examples=[""])


class Supervision(Given):
    """Under what order, by whom; until: null where it goes on."""

    status: str = Field(examples=["On licence"])
    agency: str = Field(examples=["NPS"])
    until: date | None = Field(examples=["2017-09-30"])


class Custody(Given):
    """In which prison."""

    prison: str = Field(examples=["Pentonville"])
    since: date | None = Field(examples=["2017-01-10"])
    on_remand: bool = Field(examples=[False])
    release_planned_on: date | None = Field(examples=["2017-04-10"])


class Home(Given):
    """Where the person lives; not told of somebody who is told to be in prison."""

    borough: str = Field(examples=["Hackney"])
    postcode: str = Field(examples=["E8 1AA"])


class Says(Given):
    """What the person says of a fact: it stands beside it wherever it is shown. row: of the policy, for what it is about."""

    row: str = Field(examples=["risks"])
    text: str = Field(examples=["I have never had a knife"])
    on: date = Field(examples=["2017-02-20"])


class Person(Given):
    """Who this is and how they are: what stands at the head of their page."""

    number: int = Field(description="As known now: after records were joined it may differ from what was asked", examples=[412])
    shown: str = Field(examples=["BAILEY, Tom"])
    known: bool = Field(description="Whether the post may see who it is; else only the first name", examples=[True])
    date_of_birth: date | None = Field(examples=["1991-04-30"])
    age: int | None = Field(examples=[25])
    crn: str | None = Field(examples=["X320741"])
    pnc: str | None = Field(examples=["2010/0000123X"])
    prison_number: str | None = Field(examples=["A1234BC"])
    cohort: Cohort | None
    rag: str | None = Field(examples=["Amber"])
    supervision: Supervision | None
    custody: Custody | None
    home: Home | None
    risks: list[str] = Field(description="What whoever works with the person must know, and whom or what to avoid",
                             examples=[["Has threatened staff"]])  # fmt: skip
    limited_access: bool = Field(description="Known to those who may limit access", examples=[False])
    says: list[Says]


class Service(Given):
    """A service: how the referral stands, or whether it is for the person and why."""

    name: str = Field(examples=["Blue Sky"])
    referral: int | None = Field(examples=[17])
    state: str | None = Field(examples=["Started"])
    since: date | None = Field(examples=["2017-01-12"])
    closed: bool = Field(examples=[False])
    reasons: list[str] = Field(examples=[["Is in the cohort", "Lives in a pilot borough"]])


class Services(Given):
    """The services that the post may know of: those with a referral, those that fit, those that do not and why."""

    have: list[Service]
    fit: list[Service]
    not_fit: list[Service]


class Happened(Given):
    """One entry of the timeline."""

    on: date = Field(examples=["2017-01-12"])
    kind: str = Field(examples=["referral"])
    words: str = Field(examples=["Blue Sky: started"])


class Timeline(Listed):
    """What happened, from every part, newest first. kinds: those that there are of this person."""

    kinds: list[str] = Field(examples=[["court case", "referral"]])
    items: list[Happened]


class Point(Given):
    """The two-year score from a day on (null: none can be worked out), and what moved it there."""

    on: date = Field(examples=["2016-11-04"])
    score: int | None = Field(examples=[71])
    because: str = Field(examples=["found guilty or cautioned"])


class Score(Given):
    """The risk score (OGRS3) and how it moved, newest first: a rate of a group, no prediction of this person."""

    score: int | None = Field(examples=[71])
    points: list[Point]


class Contact(Given):
    """A post that works with the person. who: who holds it now; none: it is vacant."""

    what: str = Field(examples=["Offender manager"])
    post: str = Field(examples=["Offender manager N07A112"])
    who: list[str] = Field(examples=[["probation"]])
    telephone: str = Field(examples=["020 7946 0112"])


class Contacts(Given):
    """Who works with the person: only of services that the post may know of."""

    contacts: list[Contact]


class Event(Given):
    """A referral came into a state."""

    on: date = Field(examples=["2017-01-12"])
    state: str = Field(examples=["started"])
    words: str = Field(examples=["Started"])
    reason: str = Field(examples=[""])
    note: str = Field(examples=[""])


class Reason(Given):
    """A coded reason."""

    code: str = Field(examples=["no_capacity"])
    words: str = Field(examples=["No place is free"])


class Move(Given):
    """A way out of the state that is this post's to take. reasons: one of them must be given; none: none is asked."""

    to: str = Field(examples=["declined"])
    words: str = Field(examples=["Decline"])
    suggested: bool = Field(examples=[False])
    reasons: list[Reason]


class Referral(Given):
    """One referral: its state, how it came there, oldest first, and the next moves of the post."""

    number: int = Field(examples=[17])
    person: PersonShown
    service: str = Field(examples=["blue_sky"])
    service_name: str = Field(examples=["Blue Sky"])
    provider: str = Field(examples=["Blue Sky Development"])
    sent_on: date = Field(examples=["2017-01-05"])
    state: str = Field(examples=["started"])
    state_words: str = Field(examples=["Started"])
    closed: bool = Field(examples=[False])
    events: list[Event]
    moves: list[Move]


class NoteKept(Given):
    """The note that is kept."""

    person: int = Field(examples=[412])
    on: date = Field(examples=["2017-03-01"])
    text: str = Field(examples=["Rang the hostel: a room is kept until Friday"])


class FeedStands(Given):
    """How a feed stands. late and "never came" are due and not here; rows of the last load."""

    feed: str = Field(examples=["nps-people"])
    title: str = Field(examples=["People known to the NPS"])
    state: str = Field(examples=["in time"])
    wants_attention: bool = Field(examples=[False])
    due_at: datetime | None = Field(examples=["2017-03-01T06:00:00Z"])
    next_due_at: datetime | None = Field(examples=["2017-03-02T06:00:00Z"])
    rows: int | None = Field(examples=[412])
    words: str = Field(examples=["Came in time, 412 rows"])


class Feeds(Given):
    """The feeds that the post may see, those that want attention first."""

    feeds: list[FeedStands]


class PolicyRow(Given):
    """A row of the access policy. cells: by role, `view:scope` or `edit:scope`; a role without one has no access."""

    row: str = Field(examples=["contact"])
    words: str = Field(examples=["first name and contact only"])
    cells: dict[str, str] = Field(examples=[{"offender_manager": "view:caseload"}])


class PolicyTable(Given):
    """The access policy, as the partners signed it."""

    roles: dict[str, str] = Field(examples=[{"offender_manager": "Offender manager"}])
    rows: list[PolicyRow]


class GapReason(Given):
    """Why a figure is under its target, or moves, in the words of the post that answers for it. stands: of this very figure; else
    it was written when the figure was `was`, over [since, until), and has fallen away.
    """

    text: str = Field(examples=["One court officer post was vacant until June."])
    post: str = Field(examples=["Pilot manager"])
    on: date = Field(examples=["2017-01-12"])
    since: date = Field(examples=["2016-02-01"])
    until: date = Field(examples=["2017-01-01"])
    was: str = Field(examples=["38%"])
    stands: bool = Field(examples=[True])


class Figure(Given):
    """One result of a measure. value: exact, a share 100 times numerator by denominator; shown: as published. Both null:
    not known, which `note` tells, or withheld, which `suppressed` tells.
    """

    id: str = Field(examples=["psr.within_5_days_rate"])
    group: str = Field(examples=["all"])
    title: str = Field(examples=["Reports delivered in time"])
    by: dict[str, str] = Field(description="What it is divided by, and the value", examples=[{"borough": "Hackney"}])
    value: float | int | None = Field(examples=[38.22222222222222])
    shown: str | None = Field(examples=["38"])
    unit: str = Field(examples=["percent"])
    statistic: str = Field(examples=["share"])
    numerator: float | int | None = Field(examples=[86])
    denominator: int | None = Field(examples=[225])
    target: float | None = Field(examples=[90.0])
    as_at: date = Field(description="The last day that it knows of", examples=["2016-12-31"])
    suppressed: str = Field(examples=[""])
    note: str = Field(examples=["from 6 February 2016, when the service began"])
    reason: GapReason | None = Field(description="The last reason written of it that this post may be told")


class Figures(Given):
    """Figures over [start, end), in the order of publication."""

    start: date = Field(examples=["2016-02-06"])
    end: date = Field(examples=["2017-01-01"])
    figures: list[Figure]
