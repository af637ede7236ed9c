"""A study's protocol: what is asked, of whom, how they are matched, what counts; written down before the data are seen.

`throughcare study PROTOCOL.toml` reads it. docs/how-to/run-a-study.md tells every key.
"""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from throughcare.stats.gates import LEAST_REOFFENDERS, LEAST_TREATED
from throughcare.stats.maryland import Reading
from throughcare.stats.mistakes import ProtocolError
from throughcare.stats.toml_file import Strict, parse_toml, read_toml

Positive = Annotated[float, Field(gt=0, strict=False)]
Names = tuple[str, ...]
ListOfNames = Annotated[Names, Field(strict=False)]


class Study(Strict):
    """What is asked. `exploratory`: it may run without having been registered, and says so on everything."""

    title: str = Field(min_length=1)
    question: str = ""
    exploratory: bool = False
    maryland: Reading = "gsr"


class Data(Strict):
    """Which columns say who somebody is and who was treated; `dose` how much each treated person had.

    `index` and `started`: the day the clock starts and the day the treatment did. With both, nobody's clock may run before
    their treatment (immortal time). With [time_zero] the marks of treatment are worked out, and `treated` is "treated".
    """

    id: str
    treated: str
    dose: str = ""
    index: str = ""
    started: str = ""


class Outcome(Strict):
    """One outcome. `binary`: 0 or 1; `count`: 0, 1, 2 …; `continuous`; `time`: days to the event, with `event` 1 where it came.

    `words` stands in sentences ("committed a proven reoffence"). `horizon`: for times, the day at which shares are compared.
    `measure`: the measure of the service, by its slug, from whose rows about a person the service makes the column; `group`: of a
    measure that is published in groups, such as scales, the one whose rows count.
    """

    name: str
    kind: Literal["binary", "count", "continuous", "time"]
    words: str = ""
    event: str = ""
    horizon: Positive | None = None
    measure: str = ""
    group: str = ""

    @model_validator(mode="after")
    def _time_has_its_event(self) -> Self:
        if (self.kind == "time") != bool(self.event):
            raise ValueError(f'{self.name}: kind "time" needs event, the column that is 1 where it came; other kinds have none')
        if (self.kind == "time") != (self.horizon is not None):
            raise ValueError(f'{self.name}: kind "time" needs horizon, the day of comparison; other kinds have none')
        if self.group and not self.measure:
            raise ValueError(f"{self.name}: group is of a measure, and none is named")
        return self


class Match(Strict):
    """How the compared are found. See stats/impact: nearest, weighted."""

    method: Literal["nearest", "entropy", "inverse_probability"]
    score: Literal["logistic"] = "logistic"
    covariates: ListOfNames = ()
    categorical: ListOfNames = ()
    exact: ListOfNames = ()
    replacement: bool = False
    ties: Literal["shared", "first"] = "shared"
    ratio: int = Field(default=1, ge=1)
    order: Literal["largest", "smallest", "closest", "id"] = "largest"
    caliper: Positive | None = None
    caliper_on: Literal["score", "logit"] = "score"
    adjust: bool = False
    missing: Literal["refuse", "indicator"] = "refuse"

    @model_validator(mode="after")
    def _goes_together(self) -> Self:
        if not (self.covariates or self.categorical):
            raise ValueError("match needs covariates or categorical: what may differ between the groups")
        changed = {"replacement", "ties", "ratio", "order", "caliper", "caliper_on", "exact"} & self.model_fields_set
        if self.method != "nearest" and changed:
            raise ValueError(f'{", ".join(sorted(changed))} belong to method "nearest", not to "{self.method}"')
        if self.ties == "first" and not self.replacement:
            raise ValueError('ties belong to replacement = true: without it one person is taken once')
        return self


class TimeZero(Strict):
    """When the clock starts, for treated and compared alike. Columns hold days as numbers, counted from one fixed day.

    `landmark`: everybody still without the event at `after` days from eligibility, treated if started by then; the clock
    starts there. `risk_set`: each treated person is compared with those still waiting after as long a time (in steps of
    `every` days), and the clock of both starts there.
    """

    method: Literal["landmark", "risk_set"]
    eligible: str
    started: str
    event: str
    until: str
    after: Positive | None = None
    every: Positive | None = None

    @model_validator(mode="after")
    def _has_its_step(self) -> Self:
        if (self.method == "landmark") != (self.after is not None) or (self.method == "risk_set") != (self.every is not None):
            raise ValueError('method "landmark" needs after and no every; "risk_set" needs every and no after')
        return self


class Gates(Strict):
    """The least that the study needs; a protocol may ask for more than the defaults, not for less, unless exploratory."""

    least_treated: int = Field(default=LEAST_TREATED, ge=2)
    least_reoffenders: int = Field(default=LEAST_REOFFENDERS, ge=1)
    over: int | None = Field(default=None, ge=0)
    least_dose: Positive | None = None
    follow_up_months: int | None = Field(default=None, ge=1)
    waiting_months: int = Field(default=0, ge=0)


class Checks(Strict):
    """`placebo`: outcomes from before the treatment. `specifications`: whether the same is asked in other ways too."""

    placebo: ListOfNames = ()
    specifications: bool = True


class Rows(Strict):
    """Which rows the service makes for the study, out of its store; not looked at where the data are a file.

    `kind`: "people", all who were found eligible, each once; "cases", the court cases with a plea or finding. [since, until):
    the days of the index. `services`: having begun one of these is being treated (of cases: a report is). `index`: the day of
    a person's index: the first release or sentence in the community on which they were eligible ("event"), or the first day on
    which they were found eligible ("eligible"). `landmark`: the clock of all starts so many days later, and who has begun by
    then is treated; who reoffended before is in neither group. `expected`: how many treated there will be; `least`: the
    smallest fall worth finding, as a share. `compare`: of cases, with which one is compared that had a report: those of the
    "pilot" without one, "earlier" ones of its courts, those "elsewhere"; all where it is left out. `treated`: of people, who is
    treated: who has begun such a "service", or whoever is a member of the cohort on the day the clock starts ("membership").
    """

    kind: Literal["people", "cases"]
    since: date
    until: date
    services: ListOfNames = ()
    treated: Literal["service", "membership"] = "service"
    compare: Annotated[tuple[Literal["pilot", "earlier", "elsewhere"], ...], Field(strict=False)] = ()
    index: Literal["event", "eligible"] = "event"
    landmark: int = Field(default=0, ge=0)
    expected: int | None = Field(default=None, ge=2)
    least: Annotated[float, Field(gt=0, lt=1, strict=False)] | None = None

    @model_validator(mode="after")
    def _goes_together(self) -> Self:
        if self.until <= self.since:
            raise ValueError("until is the first day no longer in it: it comes after since")
        if self.treated == "membership" and (self.kind != "people" or self.services):
            raise ValueError('treated = "membership" belongs to kind "people", and names no services')
        if self.treated == "service" and (self.kind == "people") != bool(self.services):
            raise ValueError('kind "people" needs services, of which having begun one is being treated; "cases" has none')
        if self.compare and self.kind == "people":
            raise ValueError('compare belongs to kind "cases": people who are not treated are all compared')
        return self


class Copy(Strict):
    """The frozen copy: who holds the key to its pseudonyms, and until when it is kept."""

    key_holder: str = Field(min_length=1)
    keep_until: date


class Subgroup(Strict):
    """People of whom the same is asked by themselves, told as exploration."""

    name: str
    column: str
    value: str | int | bool


class Protocol(Strict):
    """The whole file."""

    study: Study
    data: Data
    outcome: Annotated[tuple[Outcome, ...], Field(min_length=1, strict=False)]
    match: Match
    time_zero: TimeZero | None = None
    gates: Gates = Gates()
    checks: Checks = Checks()
    subgroup: Annotated[tuple[Subgroup, ...], Field(strict=False)] = ()
    rows: Rows | None = None
    copy_: Copy | None = Field(default=None, alias="copy")

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        outcomes = [o.name for o in self.outcome]
        if len(set(outcomes)) < len(outcomes):
            raise ValueError("each outcome is named once")
        known = (*self.match.covariates, *self.match.categorical, *self.match.exact)
        if later := [name for name in known if name in self.forbidden]:
            raise ValueError(f"{later[0]} is an outcome, a placebo or a mark of treatment: it can never be matched on")
        if self.gates.least_dose is not None and not self.data.dose:
            raise ValueError("gates.least_dose needs data.dose, the column that says how much each had")
        if self.gates.follow_up_months is not None and not self.data.index:
            raise ValueError("gates.follow_up_months needs data.index, the column with the day of the index event")
        if (self.rows is None) != (self.copy_ is None):
            raise ValueError("[rows] and [copy] go together: what the service makes of its store is kept as a frozen copy")
        if self.time_zero and self.time_zero.method == "risk_set" and self.match.method != "nearest":
            raise ValueError('method "risk_set" compares with who had waited as long: that takes match.method "nearest"')
        if self.time_zero and self.data.treated != "treated":
            raise ValueError('with time_zero data.treated is "treated": who counts as treated is worked out from the days')
        lower = self.gates.least_treated < LEAST_TREATED or self.gates.least_reoffenders < LEAST_REOFFENDERS
        if lower and not self.study.exploratory:
            least = f"{LEAST_TREATED} treated and {LEAST_REOFFENDERS} reoffenders"
            raise ValueError(f"gates below {least} only where exploratory = true")
        return self

    @property
    def forbidden(self) -> frozenset[str]:
        """Columns that the score must never see: outcomes, events, placebos, the treatment, its dose and day, the identifier."""
        named = {self.data.id, self.data.treated, self.data.dose, self.data.started, *self.checks.placebo}
        named |= {o.name for o in self.outcome} | {o.event for o in self.outcome}
        if self.time_zero:
            named |= {self.time_zero.started, self.time_zero.event, self.time_zero.until}
        return frozenset(named - {""})


def parse_protocol(text: str, *, name: str) -> tuple[Protocol, str]:
    """The protocol of a text and the SHA-256 of its bytes in UTF-8; `name` is told in mistakes."""
    return parse_toml(text, Protocol, name=name)


def check_registered(study: Study, *, registered: bool) -> None:
    """Refuses a protocol that is neither registered nor exploratory."""
    if not (registered or study.exploratory):
        raise ProtocolError(
            what="The protocol is not registered", record=study.title, expected="a registered protocol, or an exploratory one",
            mend="register it, or write exploratory = true in [study]: then everything says so",
        )  # fmt: skip


def load_protocol(path: Path) -> tuple[Protocol, str]:
    """The protocol of a file and the SHA-256 of its bytes."""
    return read_toml(path, Protocol)
