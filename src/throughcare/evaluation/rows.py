"""From a registered protocol to the frame that the engine wants: rows, treatments, outcomes; each column in the codebook."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from throughcare.casework.frames import reading_once
from throughcare.casework.people import queries as people
from throughcare.core.contracts import Measure, Scope
from throughcare.core.pilot import Period, Pilot
from throughcare.evaluation import case_rows, outcomes, people_rows, treatments
from throughcare.evaluation.columns import CASES, PEOPLE, Column, columns, names
from throughcare.evaluation.errors import NotOfTheStore
from throughcare.measures.all_measures import all_measures
from throughcare.stats.any_study import AnyProtocol
from throughcare.stats.protocol import Outcome, Protocol, Rows

ID = Column(name="id", when="who", meaning="who a row is, by a pseudonym of this study")
PERSON = Column(name="person_id", when="who", meaning="whom the case is of, by a pseudonym of this study")
KEYS = {"people": "person", "cases": "case"}
"""The number in the store that a row's pseudonym stands for."""
OUT = (Column(name="out_after", when="after", meaning="why the row is in neither group, by what was matched"),)
TREATMENT_COLUMNS = (
    ID, Column(name="service", when="treatment", meaning="the service, by its slug"),
    Column(name="kind", when="treatment", meaning="a step of a referral, or had: some of the service was had on the day"),
    Column(name="on", when="treatment", meaning="the day"),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Made:
    """Rows without outcomes, by the number in the store (`person` or `case`); and every treatment of their people."""

    frame: pl.DataFrame
    treatments: pl.DataFrame


def columns_of(protocol: AnyProtocol) -> tuple[Column, ...]:
    """Every column that the service makes for such rows, those of measures too."""
    if _rows(protocol).kind == CASES:
        return (ID, PERSON, *columns(CASES))
    measured = (
        Column(name=outcome.name, when="after", meaning=f"of the measure {outcome.measure}: {measure_of(outcome).definition}")
        for outcome in _of_measures(protocol)
    )  # fmt: skip
    return (ID, *columns(PEOPLE), *measured)


def measure_of(outcome: Outcome) -> Measure:
    """The measure that an outcome names. Refuses one that there is not."""
    found = next((measure for measure in all_measures() if measure.slug == outcome.measure), None)
    if found is None:
        raise NotOfTheStore(
            what=f"There is no measure {outcome.measure!r}", record=f"outcome {outcome.name}", expected="a measure's slug",
            mend="take it from the dashboard's list",
        )  # fmt: skip
    return found


def made(protocol: AnyProtocol, *, as_at: date, pilot: Pilot) -> Made:
    """The rows as they stand on the day, without what is known only afterwards."""
    asked = _rows(protocol)
    with reading_once():
        told = treatments.treatment_rows(as_at=as_at, pilot=pilot)
        if asked.kind == CASES:
            frame = case_rows.case_rows(asked, as_at=as_at, pilot=pilot)
            # Who else is in neither group hangs on the sentence: that is matched later, with the outcomes.
            frame = frame.drop(names(CASES, "after")).with_columns(why_out=case_rows.not_compared(asked))
        else:
            frame = people_rows.people_rows(asked, as_at=as_at, pilot=pilot)
            frame = _without_those_before(treatments.treated(frame, told, asked), as_at)
    return Made(frame=frame, treatments=told.join(frame.select("person").unique(), on="person"))


def _without_those_before(frame: pl.DataFrame, as_at: date) -> pl.DataFrame:
    """Marks those who are known by the day to have reoffended between index and clock; more may be found when outcomes are."""
    numbered = frame.with_row_index("row").with_columns(pl.col("row").cast(pl.Int64))
    convictions = people.convictions().filter(pl.col("convicted_on") <= as_at)
    found = outcomes.before_clock(numbered.with_columns(on="clock_on"), convictions)
    why = pl.when((pl.col("why_out") == "") & pl.col("row").is_in(found)).then(pl.lit(outcomes.REOFFENDED_BEFORE))
    return numbered.with_columns(why_out=why.otherwise("why_out")).drop("row")


def outcomes_of(
    protocol: AnyProtocol, frozen: pl.DataFrame, *, as_at: date, pilot: Pilot, severity: pl.DataFrame | None = None
) -> pl.DataFrame:
    """The outcomes of frozen rows (with the number in the store), as known by the day: that number, then a column each."""
    asked = _rows(protocol)
    with reading_once():
        if asked.kind == CASES:
            now = case_rows.case_rows(asked, as_at=as_at, pilot=pilot)
            now = now.select("case", *names(CASES, "after"), out_after="why_out")
            return frozen.select("row", "case").join(now, on="case", how="left", maintain_order="left").drop("case")
        started = frozen.filter(pl.col("clock_on").is_not_null()).with_columns(on="clock_on")
        told = outcomes.outcome_rows(started, as_at=as_at, severity=severity)
        for outcome in _of_measures(protocol):
            told = told.join(_measured(outcome, started, protocol, as_at, pilot), on="row", how="left", maintain_order="left")
        return told.with_columns(out_after=pl.when(pl.col(outcomes.BEFORE) == 1).then(pl.lit(outcomes.REOFFENDED_BEFORE))
                                 .otherwise(pl.lit("")))  # fmt: skip


def _rows(protocol: AnyProtocol) -> Rows:
    assert isinstance(protocol.rows, Rows), "checked at registration"
    return protocol.rows


def _of_measures(protocol: AnyProtocol) -> list[Outcome]:
    """The outcomes that the protocol takes from measures."""
    return [outcome for outcome in protocol.outcome if isinstance(outcome, Outcome) and outcome.measure]


def filled(protocol: AnyProtocol) -> AnyProtocol:
    """The protocol with the columns that the service makes: of people against their scores, prediction and who is treated."""
    if isinstance(protocol, Protocol):
        return protocol
    return protocol.model_copy(update={"design": protocol.design.model_copy(
        update={"predicted": "predicted", "treated": "treated"})})  # fmt: skip


def _measured(outcome: Outcome, started: pl.DataFrame, protocol: AnyProtocol, as_at: date, pilot: Pilot) -> pl.DataFrame:
    """row and the outcome: of the measure's counted rows about the person in the follow-up from the clock's start, whether there
    is a hit, how many, or the mean value. Empty before the follow-up has passed; no row is none."""
    assert isinstance(protocol, Protocol), "only a matched study has outcomes of measures"
    measure, months = measure_of(outcome), protocol.gates.follow_up_months or outcomes.YEAR
    scope = Scope(pilot=pilot, period=Period(start=_rows(protocol).since, end=max(as_at, _rows(protocol).since)), as_at=as_at)
    rows = measure.rows(scope).filter(measure.counted)
    if missing := {"person", "on"} - set(rows.columns):
        raise NotOfTheStore(
            what=f"The rows of {measure.slug} do not say {' or '.join(sorted(missing))}", record=f"outcome {outcome.name}",
            expected="a measure of what happens to people on days", mend="name another measure",
        )  # fmt: skip
    if outcome.group:
        rows = rows.filter(pl.col(_axis_of(outcome)) == outcome.group)
    worth = pl.lit(value=True) if measure.hit is None else measure.hit
    told = rows.select("person", at="on", hit=worth, value=pl.lit(None) if measure.value is None else measure.value)
    mine = started.select("row", "person", "on").join(told, on="person").filter(
        pl.col("at") >= pl.col("on"), pl.col("at") < pl.col("on").dt.offset_by(f"{months}mo"))  # fmt: skip
    how = pl.col("value").mean() if outcome.kind == "continuous" else pl.col("hit").sum().cast(pl.Int64)
    found = started.select("row", "on").join(mine.group_by("row").agg(worth=how), on="row", how="left")
    worth = pl.col("worth") if outcome.kind == "continuous" else pl.col("worth").fill_null(0)
    worth = (worth > 0).cast(pl.Int64) if outcome.kind == "binary" else worth
    over = pl.col("on").dt.offset_by(f"{months}mo") <= as_at
    return found.select("row", pl.when(over).then(worth).alias(outcome.name))


def _axis_of(outcome: Outcome) -> str:
    """The column by which the measure is published in groups. Refuses a measure that has none."""
    found = next((axis.column for axis in measure_of(outcome).axes if axis.column), None)
    if found is None:
        raise NotOfTheStore(what=f"{outcome.measure} is not published in groups", record=f"outcome {outcome.name}",
                            expected="no group", mend="take group out")  # fmt: skip
    return found


def check_asked(protocol: AnyProtocol, *, pilot: Pilot) -> None:
    """Refuses a protocol that names a column, service or measure that the store does not have, or matches on what came later."""
    known = {service.slug for service in pilot.services}
    if unknown := [slug for slug in _rows(protocol).services if slug not in known]:
        raise NotOfTheStore(what=f"The pilot has no service {unknown[0]!r}", record="[rows] services",
                            expected=", ".join(sorted(known)), mend="correct the slug")  # fmt: skip
    if isinstance(protocol, Protocol):
        _check_columns(protocol)


def _check_columns(protocol: Protocol) -> None:
    data = protocol.data
    if (data.id, data.treated) != ("id", "treated"):
        raise NotOfTheStore(what="The rows of the service have columns of their own", record="[data]", mend="write these names",
                            expected='id = "id" and treated = "treated"')  # fmt: skip
    for outcome in protocol.outcome:
        if outcome.group:
            _axis_of(outcome)
    there = {column.name: column for column in columns_of(protocol)}
    for name in named(protocol):
        if name not in there:
            why = f": {outcomes.OTHERWISE[name]}" if name in outcomes.OTHERWISE else ""
            raise NotOfTheStore(what=f"The service makes no column {name!r}{why}", record="the protocol",
                                expected=", ".join(sorted(there)), mend="name one of these")  # fmt: skip
    for name in (*protocol.match.covariates, *protocol.match.categorical, *protocol.match.exact, *protocol.checks.placebo):
        if there[name].when != "before":
            raise NotOfTheStore(
                what=f"{name} is not known before the clock starts", record="[match]", mend="take it out",
                expected=", ".join(sorted(c.name for c in there.values() if c.when == "before")),
            )  # fmt: skip


def named(protocol: AnyProtocol) -> list[str]:
    """The columns that a protocol names. What [time_zero] makes itself ("time", "event") is not asked of the store."""
    if not isinstance(protocol, Protocol):
        return [protocol.outcome[0].name, "predicted"]
    zero = protocol.time_zero
    made_there = {"time", "event", "waited"} if zero else set()
    found = [*protocol.match.covariates, *protocol.match.categorical, *protocol.match.exact, *protocol.checks.placebo]
    found += [part for o in protocol.outcome for part in (o.name, o.event)]
    found += [protocol.data.dose, protocol.data.index, protocol.data.started, *(group.column for group in protocol.subgroup)]
    found += [zero.eligible, zero.started, zero.event, zero.until] if zero else []
    return [name for name in dict.fromkeys(found) if name and name not in made_there]


def for_the_engine(protocol: AnyProtocol, rows: pl.DataFrame, told: pl.DataFrame) -> tuple[pl.DataFrame, Mapping[str, int]]:
    """The frame of those in the study, rows of the copy with their outcomes; and how many are in neither group, by why."""
    joined = rows.join(told, on="id", how="left", maintain_order="left")
    why = pl.when(pl.col("why_out") != "").then(pl.col("why_out")).otherwise(pl.col("out_after").fill_null(""))
    joined = joined.with_columns(why_out=why).drop("out_after")
    out = joined.filter(pl.col("why_out") != "").group_by("why_out").agg(pl.len()).sort("why_out")
    return joined.filter(pl.col("why_out") == "").sort("id"), dict(out.iter_rows())
