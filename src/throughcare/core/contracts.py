"""The words that every line shares: what a strand declares, what a measure is, what a feed is, what a criterion answers.

A strand, a casework app and the survey strand declare their measures and feeds with these types alone; `registry` finds
them, `measures` counts them, `casework.imports` loads them. Nothing here reads or writes.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

import polars as pl

from throughcare.core.pages import Appointment, Page, Tab, Task
from throughcare.core.pilot import Period, Pilot

Statistic = Literal["count", "share", "mean", "median", "minimum", "maximum", "monthly"]


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What a rule answers about one person on one day.

    `reasons` are sentences for a person to read, `evidence` the facts they rest on, `next_change_on` the first later
    day on which the answer may differ if no new fact arrives (None: it will not change by itself).
    """

    met: bool
    reasons: tuple[str, ...]
    evidence: Mapping[str, Any] = field(default_factory=dict)
    next_change_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened which other strands may wish to know; written to the outbox in the same transaction."""

    kind: str
    person_id: int | None
    subject_type: str
    subject_id: int
    happened_on: date
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What rows are asked for: the pilot, a period already cut to the service's life, and a reference day if named."""

    pilot: Pilot
    period: Period
    as_at: date


@dataclass(frozen=True, kw_only=True)
class Group:
    """One published cell of a measure: its label and the rows that belong to it (None: all)."""

    label: str
    where: pl.Expr | None = None


@dataclass(frozen=True, kw_only=True)
class Axis:
    """One way in which a measure is published in groups; several axes are crossed, their labels joined with "|".

    Either `groups` are named one by one, or `column` is split by its values: those of `only`, else those that the pilot
    file names for `known` (so that a borough with nothing shows 0), else those found. `total` adds the undivided group
    under that label, after the others. With `within`, a share is of all rows and the group only says which are hits.
    """

    column: str | None = None
    groups: tuple[Group, ...] = ()
    only: tuple[str, ...] = ()
    known: Literal["", "boroughs", "courts", "prisons", "providers"] = ""
    total: str = ""
    within: bool = False


ALL = (Axis(total="all"),)
TOTAL = (Axis(total="total"),)


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One definition of one figure. `rows` gives one row per unit of counting; `measures.calculate` alone aggregates.

    rows: called with a Scope; a frame with a date column `on` (or none for figures of a reference day) and, where rows are
        about people, the standard breakdown columns (`casework.people.queries.with_breakdowns`).
    counted: which rows are in the base. hit: which of those count (statistic "share"). value: the number averaged or
        compared (mean, median, minimum, maximum). A "monthly" is the count divided by the calendar months begun in the window.
    target: in the measure's own unit. service: the service of the pilot file to whose life the period is cut.
    window: a period of the pilot file to which the period is cut further. reference_day: a day of the pilot file, in
        place of a period. definition: how it is counted, in a sentence, for the reader. digits: decimals shown.
    protected: small numbers are withheld and counts rounded for every audience, the governance group too, as of victims.
    """

    slug: str
    title: str
    why: str
    unit: str
    statistic: Statistic
    rows: Callable[[Scope], pl.DataFrame]
    counted: pl.Expr = field(default_factory=lambda: pl.lit(value=True))
    hit: pl.Expr | None = None
    value: pl.Expr | None = None
    target: float | None = None
    axes: tuple[Axis, ...] = ALL
    service: str = ""
    window: str = ""
    reference_day: str = ""
    definition: str = ""
    digits: int = 0
    protected: bool = False


ColumnKind = Literal[
    "text",
    "date",
    "datetime",
    "integer",
    "decimal",
    "boolean",
    "choice",
    "pnc",
    "cro",
    "crn",
    "prison_number",
    "asn",
    "postcode",
    "offence_code",
    "pounds",
    "reference",
]


@dataclass(frozen=True, kw_only=True)
class Column:
    """One named column of an agency's extract. An empty cell is absence; `required` refuses it.

    `choices` are the words accepted for kind "choice". `to` names the feed whose record_id a "reference" gives: the
    loaded frame then also has `<name>_source`, the id of that source row. `minimum`/`maximum` bound numbers, `longest`
    text. `past`: the date is of something that has happened, so it is not after the day of loading. `known`: a name that
    the pilot file has is given in its spelling, whatever the case; other names stay as they are.
    """

    name: str
    kind: ColumnKind
    meaning: str
    example: str
    required: bool = False
    choices: tuple[str, ...] = ()
    to: str = ""
    minimum: int | None = None
    maximum: int | None = None
    longest: int = 60
    past: bool = False
    known: Literal["", "boroughs", "courts", "prisons"] = ""


Loader = Callable[[pl.DataFrame], None]
RowCheck = Callable[[pl.DataFrame], pl.Series]
RowRule = tuple[pl.Expr | RowCheck, str, str, str]


@dataclass(frozen=True, kw_only=True)
class Wide:
    """Another form of a feed, in which a row has a column for each month, headed YYYYMM.

    `names`: by a heading of the file, the column of the feed that stands under it; several headings may be one column, of which
    a file has one. Each cell under a month gives a row of the feed: the month's first day in column `month`, the cell in
    column `value`. An empty cell gives none. The record_id is made of the month and of what names the row, so that the next
    file's row for the same month is its correction.
    """

    names: Mapping[str, str]
    month: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Feed:
    """One agency extract: a CSV `<slug>.csv` or `<slug>-anything.csv` with these columns, `record_id` first.

    `identifiers` are the columns (of crn, pnc, cro, prison_number) that say whom a row is about, the sender's own first; at
    least one must be filled, and the loaded frame has `person`. A feed about nobody (`identifiers=()`) has none.
    `names_people`: each row says who somebody is, for the linkage; one without an identifier is somebody of its own.
    `loads` are called in order, inside the file's transaction, with a frame of the new and changed rows: the columns
    typed, `source` (id of the source row), `person`, `changed` (True where an earlier row is corrected), and `line`.
    `rules` are checks between columns: (expression true where wrong, column named, rule in words, mend in words). Where a
    rule needs more than the row (the pilot file, what the store holds), a function of the frame stands for the expression.
    `order`: lower is loaded first when several files are given. `wide`: a published form that is taken as well.
    """

    slug: str
    agency: str
    title: str
    columns: tuple[Column, ...]
    identifiers: tuple[str, ...] = ()
    names_people: bool = False
    loads: tuple[Loader, ...]
    rules: tuple[RowRule, ...] = ()
    order: int = 50
    wide: Wide | None = None


@dataclass(frozen=True, kw_only=True)
class TimelineEntry:
    """One line of a person's timeline: the day, the words, the kind.

    `row` is the row of the access policy that the words disclose: who may not view it is not shown the entry. `planned`: it
    is still to come, such as a release date; what is only known afterwards never is. `referral`: the number of the referral
    that it is about, so that a provider is told of its own alone. `address`: the page that tells more, which needs the same row.
    `also`: a second row that the reader must view as well, where what is said of a service is said among colleagues.
    """

    on: date
    kind: str
    words: str
    row: str
    planned: bool = False
    referral: int | None = None
    address: str = ""
    also: str = ""


@dataclass(frozen=True, kw_only=True)
class Missing:
    """A part of a feed that has not come, as one court's list: `of` names the part, `words` say how it stands."""

    feed: str
    of: str
    due_at: datetime
    words: str


SERVICE = "service"
"""In `Part.lists`, the row that is disclosed by telling that somebody has the service of the measure, or of its group."""

Matter = Literal["intelligence", "health", "third_party"]


@dataclass(frozen=True, kw_only=True)
class Part:
    """What a casework app or a strand gives to everything above it.

    `timeline(person_id)` gives the person's entries of this part; `held_about(person_id)` all that it holds on the person,
    by table, as plain values (subject access). Neither may be left out. `findings(scope)`: the data-quality findings with
    their lists. `handlers`: by kind of event, what is to be done after it; named functions, each given an event once.
    `pages`: its addresses. `tasks(reader)`: what waits for the reader's posts. `diary(reader)`: whom they see today.
    `reach`: by scope of the access policy, queries of the `person_id`s that posts reach on a day through this part:
    each is called with the posts and the day; under "withheld", of the `person_id` and `row` of what is kept from the posts
    although they reach the person. `for_decision`: by table of `held_about`, why its rows are given to the person
    only after somebody has decided so ("intelligence", "health", "third_party"); rows of other tables are given.
    `after_import(by, day, people_changed)`: what it does with what came in, such as matching names; called once the rows are in,
    and again where who is who has changed. Safe to repeat. `missing(at)`: the parts of its feeds that are late at that instant,
    where a feed that came may still lack one.
    `tabs`: sections of a person's record. `rounds`: what is done every few minutes in the background, each called with who acts
    and the instant, safe to repeat and to be cut off. `retention(by, day, at, dry_run)`: deletes what it may keep no longer on
    that day, or only counts it, and says so in sentences. `takes`: by kind, files that are no extracts, such as a force's crimes:
    called with who brings one, its name, its bytes, the instant, and whose it is where the file does not say so; tells what came
    of it. `lists`: by pattern of a measure's slug (the first that fits), the rows of the access policy that are all disclosed by
    telling that somebody is among those whom it counts; `SERVICE` stands for the row of its service. Nobody is listed of another.
    """

    slug: str
    title: str
    measures: tuple[Measure, ...]
    feeds: tuple[Feed, ...]
    timeline: Callable[[int], Sequence[TimelineEntry]]
    held_about: Callable[[int], Mapping[str, Sequence[Mapping[str, Any]]]]
    findings: Callable[[Scope], Sequence["Finding"]] = lambda scope: ()
    handlers: Mapping[str, tuple[Callable[[Event], None], ...]] = field(default_factory=dict)
    pages: tuple[Page, ...] = ()
    tabs: tuple[Tab, ...] = ()
    rounds: tuple[Callable[[str, datetime], None], ...] = ()
    tasks: Callable[[Any], Sequence[Task]] = lambda reader: ()
    diary: Callable[[Any], Sequence[Appointment]] = lambda reader: ()
    reach: Mapping[str, tuple[Callable[[Any, date], Any], ...]] = field(default_factory=dict)
    for_decision: Mapping[str, Matter] = field(default_factory=dict)
    after_import: Callable[[str, date, bool], object] = lambda by, day, people_changed: None
    missing: Callable[[datetime], Sequence[Missing]] = lambda at: ()
    retention: Callable[[str, date, datetime, bool], Iterable[str]] = lambda by, day, at, dry_run: ()
    takes: Mapping[str, Callable[[str, str, bytes, datetime, str], Iterable[str]]] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


NO_USE = pl.DataFrame(schema={"person": pl.Int64, "service": pl.String, "on": pl.Date})


@dataclass(frozen=True, kw_only=True)
class Strand(Part):
    """A service of the pilot. `services`: slugs of the pilot file that it runs.

    `synthetic(world)` gives extract frames by feed slug for the demonstration; `service_use(scope)` who had a service
    other than by referral, and when: a frame of person, service (slug), on, such as a delivered court report. `sessions()`, in
    the same form: each time that somebody referred to one of its services had some of it. `row`: the row of the access policy
    that is disclosed by telling that a person is referred to, or has, one of its services. `done_by`: the role whose posts do
    the work of its services, so that their figures say when such a post was vacant; "" where no post does.
    """

    services: tuple[str, ...] = ()
    row: str = "referrals"
    done_by: str = ""
    synthetic: Callable[[Any], Mapping[str, pl.DataFrame]]
    service_use: Callable[[Scope], pl.DataFrame] = lambda scope: NO_USE
    sessions: Callable[[], pl.DataFrame] = lambda: NO_USE


@dataclass(frozen=True, kw_only=True)
class Owner:
    """Who must mend a finding: the posts of a role (of these `places` alone, where any is named), or those in whose charge the
    extracts `feeds` are.
    """

    role: str = ""
    places: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A data-quality finding: what does not fit together, where, the record identifiers concerned, and who must mend them.

    `days`: of each record the day of what does not fit, None where it has none; () where no record has one.
    """

    slug: str
    title: str
    group: str
    records: tuple[str, ...]
    mend: str
    days: tuple[date | None, ...] = ()
    owner: Owner = field(default_factory=lambda: Owner(role="analyst"))

    def __post_init__(self) -> None:
        if self.days and len(self.days) != len(self.records):
            raise ValueError(f"{self.slug} [{self.group}]: {len(self.days)} days of {len(self.records)} records")
