"""Reading scores: the first of each person on a scale, and each later one against it."""

import polars as pl

from throughcare.casework.assessments import models as m
from throughcare.casework.assessments.scales import of_scales
from throughcare.casework.frames import read
from throughcare.core.contracts import Scope

WHO = ("person", "title")
IMPROVED, SAME, WORSE = "improved", "about the same", "worse"


def scored(scope: Scope) -> pl.DataFrame:
    """A row a person, scale and day of the pilot's life, up to the end of the period: person, title (of the scale), on, score,
    better, reliable. Of two scores of one day the one loaded last counts."""
    found = read(
        m.ScoredAssessment.objects.order_by("pk"), person="person", instrument="instrument", scale="scale", on="assessed_on",
        score="score",
    )  # fmt: skip
    inside = found.filter(pl.col("on") >= scope.pilot.life.start, pl.col("on") < scope.period.end)
    told = of_scales(inside, scope.pilot).filter(pl.col("title").is_not_null())
    last = told.unique([*WHO, "on"], keep="last", maintain_order=True)
    return last.select(*WHO, "on", "score", "better", "reliable").sort(*WHO, "on")


def first_scores(scope: Scope) -> pl.DataFrame:
    """A row a person and scale, on the day of the first score: person, title, on, again (whether there is a later one, by the end
    of the period, at least the pilot file's days after it)."""
    told = scored(scope)
    first = told.unique(WHO, keep="first", maintain_order=True)
    later = later_scores(scope).select(WHO).unique().with_columns(again=pl.lit(value=True))
    return first.join(later, on=WHO, how="left", maintain_order="left").with_columns(pl.col("again").fill_null(value=False))


def later_scores(scope: Scope) -> pl.DataFrame:
    """A row a score that is at least the pilot file's days after the person's first on the scale, on its own day: person, title,
    on, gain (change from the first, above 0 for the better), outcome, last (it is the last on the scale)."""
    told = scored(scope)
    first = told.unique(WHO, keep="first", maintain_order=True).select(*WHO, first="score", first_on="on")
    later = told.join(first, on=WHO, how="left", maintain_order="left").filter(
        (pl.col("on") - pl.col("first_on")).dt.total_days() >= scope.pilot.change.least_days)  # fmt: skip
    fall = pl.col("first") - pl.col("score")
    gain = pl.when(pl.col("better") == "lower").then(fall).otherwise(-fall)
    outcome = (
        pl.when(pl.col("gain") >= pl.col("reliable")).then(pl.lit(IMPROVED))
        .when(pl.col("gain") <= -pl.col("reliable")).then(pl.lit(WORSE)).otherwise(pl.lit(SAME))
    )  # fmt: skip
    told = later.with_columns(gain=gain).with_columns(outcome=outcome, last=pl.col("on") == pl.col("on").max().over(WHO))
    return told.select(*WHO, "on", "gain", "outcome", "last")
