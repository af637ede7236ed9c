"""From the rows given to the people a study is made on: the least dose, the start of the clock, and what was lost on the way."""

from dataclasses import dataclass

import polars as pl

from throughcare.stats.arrays import Floats, Ints
from throughcare.stats.checks.attrition import Step
from throughcare.stats.checks.finding import Finding
from throughcare.stats.checks.immortal import immortal_time
from throughcare.stats.mistakes import DataRefused
from throughcare.stats.protocol import Protocol
from throughcare.stats.sample import Sample, column, sample
from throughcare.stats.time_zero import Days, landmark, risk_sets

ROW = "row of the study"
NOTHING: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class People:
    """`persons`: who a row is, where one has several; `exact`: columns that pairs must share besides the protocol's own."""

    sample: Sample
    persons: Ints | None
    steps: tuple[Step, ...]
    exact: tuple[str, ...]
    immortal: Finding | None


def people_of(protocol: Protocol, frame: pl.DataFrame) -> People:
    """Refuses what `sample` and `time_zero` refuse; a treated person below the least dose is in neither group."""
    data, zero = protocol.data, protocol.time_zero
    column(frame, data.id)
    steps = []
    if zero is None:
        found = sample(frame, id=data.id, treated=data.treated)
        steps.append(Step(step="put forward", treated=found.counts[0]))
        if (least := protocol.gates.least_dose) is not None:
            enough = (column(found.frame, data.dose).cast(pl.Float64).fill_null(0) >= least).to_numpy()
            kept = found.frame.filter(pl.Series(enough | ~found.treated))
            found = sample(kept, id=data.id, treated=data.treated)
            steps.append(Step(step=f"with a dose of {least:g} or more", treated=found.counts[0]))
        return People(sample=found, persons=None, steps=tuple(steps), exact=(), immortal=_immortal(protocol, found))
    if frame[data.id].is_duplicated().any():
        raise DataRefused(what="An identifier stands on more than one row", record=data.id, expected="one row a person",
                          mend="keep the first eligibility of each")  # fmt: skip
    days = Days(eligible=zero.eligible, started=zero.started, event=zero.event, until=zero.until)
    steps.append(Step(step="started", treated=int(column(frame, zero.started).is_not_null().sum())))
    if zero.method == "landmark":
        rows, exact = landmark(frame, days, after=float(zero.after or 0)), NOTHING
        rows = rows.with_columns(pl.col(data.id).alias(ROW))
    else:
        rows, exact = risk_sets(frame, days, every=float(zero.every or 0)), ("trial",)
        rows = rows.with_columns(pl.format("{}@{}", pl.col(data.id).cast(pl.String), pl.col("trial")).alias(ROW))
    found = sample(rows, id=ROW, treated="treated")
    steps.append(Step(step="without the event at the start of the clock", treated=found.counts[0]))
    persons = found.frame[data.id].rank("dense").cast(pl.Int64).to_numpy()
    says = "The clock of treated and compared starts at one moment, after the treatment."
    immortal = Finding(check="immortal time", passed=True, says=says)
    return People(sample=found, persons=persons, steps=tuple(steps), exact=exact, immortal=immortal)


def _immortal(protocol: Protocol, found: Sample) -> Finding | None:
    """Looked at where both days are given; None where they are not."""
    if not (protocol.data.index and protocol.data.started):
        return None
    index, started = (_day_numbers(found.frame, name) for name in (protocol.data.index, protocol.data.started))
    return immortal_time(index=index, started=started, treated=found.treated)


def _day_numbers(frame: pl.DataFrame, name: str) -> Floats:
    """Days as numbers: of dates, of dates written YYYY-MM-DD, or numbers as they are."""
    given = dates(column(frame, name))
    return given.to_physical().cast(pl.Float64).fill_null(float("nan")).to_numpy()


def dates(given: pl.Series) -> pl.Series:
    """A column of dates; text is read as YYYY-MM-DD. Numbers stay numbers."""
    if given.dtype == pl.String:
        try:
            return given.str.to_date("%Y-%m-%d")
        except pl.exceptions.PolarsError as error:
            raise DataRefused(what="A date cannot be read", record=given.name, expected="YYYY-MM-DD",
                              mend="write 5 July 2016 as 2016-07-05") from error  # fmt: skip
    return given
