"""Whether the score holds: of everybody scored, how many were expected to be proven to have offended again, and how many were.

The index is the day from which a person could offend again: a sentence in the community, or a release from prison; of several
in the period, the first. The score is that of the index, from what was on record by then. A proven reoffence is an offence
committed within twelve (twenty-four) months of the index and dealt with within those or the six after them (definitions.md,
Reoffending); before all of these have passed, by the last day of the period, it is not known, and the person is in no base.
An offence without its day is none, as it cannot be told to be later. Calendar time: custody is not taken out.
"""

from datetime import timedelta

import polars as pl
from django.db.models import Q

from throughcare.casework.frames import only
from throughcare.casework.people import queries as people
from throughcare.casework.people.queries import with_breakdowns
from throughcare.core.contracts import Axis, Group, Measure, Scope
from throughcare.rules.history import inputs_at
from throughcare.rules.ogrs3 import score
from throughcare.rules.reoffending import WAITING, proven

YEARS = (1, 2)
IN_WORDS = {1: "one year", 2: "two years"}
BANDS = {"0-49": (0, 49), "50-74": (50, 74), "75-89": (75, 89), "90-99": (90, 99)}
"""Of the two-year percent: the bands of the Ministry's service."""
BY_BAND = (Axis(groups=tuple(
    Group(label=label, where=pl.col("percent_2y").is_between(first, last)) for label, (first, last) in BANDS.items()
), total="all"),)  # fmt: skip


def index_events(which: Q = people.EVERY) -> pl.DataFrame:
    """person, on: every day on which somebody was sentenced in the community or released from prison, by these sentences."""
    sentences = people.sentences(which)
    in_custody = sentences.filter(pl.col("kind") == "custody")
    outside = sentences.filter(pl.col("kind") != "custody").select("person", on="imposed_on")
    outside = outside.join(in_custody.select("person", on="imposed_on"), on=("person", "on"), how="anti")
    return pl.concat([outside, in_custody.select("person", on="released_on").drop_nulls()])


def index_days(scope: Scope) -> pl.DataFrame:
    """person, on: the first such day in the period of each person."""
    within = (scope.period.start, scope.period.end - timedelta(days=1))
    days = index_events(Q(imposed_on__range=within) | Q(released_on__range=within))
    inside = days.filter(pl.col("on").is_between(*within))
    return inside.group_by("person").agg(pl.col("on").min()).sort("person")


def followed_rows(scope: Scope) -> pl.DataFrame:
    """A row a person with an index in the period: expected_1y, expected_2y (of a hundred; null: no score), percent_2y, and for
    each year whether it is known by the last day what came of it (known_1y) and whether it was a reoffence (again_1y).
    """
    found = index_days(scope)
    with only(*found["person"]):
        convictions, sentences, known = people.convictions(), people.sentences(), people.people()
    inputs = inputs_at(convictions, sentences, known, moments=found.rename({"on": "as_at"}))
    scored = score(inputs).select(
        "percent_2y", expected_1y=100 * pl.col("ogrs3_1y"), expected_2y=100 * pl.col("ogrs3_2y"))  # fmt: skip
    found = pl.concat([found, scored], how="horizontal").join(known.select("person"), on="person", maintain_order="left")
    for years in YEARS:
        found = _followed(found, convictions, scope, years)
    return with_breakdowns(found)


def _followed(found: pl.DataFrame, convictions: pl.DataFrame, scope: Scope, years: int) -> pl.DataFrame:
    again = proven(found.with_row_index("row"), convictions, months=12 * years)["row"].unique()
    proven_by = pl.col("on").dt.offset_by(f"{12 * years + WAITING}mo")
    return found.with_row_index("row").with_columns(
        (proven_by <= scope.as_at).alias(f"known_{years}y"), pl.col("row").is_in(again.implode()).alias(f"again_{years}y"),
    ).drop("row")  # fmt: skip


def _of(years: int) -> tuple[Measure, ...]:
    over, known, expected = IN_WORDS[years], pl.col(f"known_{years}y"), pl.col(f"expected_{years}y")
    counted = known & expected.is_not_null()
    who = (
        "People sentenced in the community or released from prison in the period, each once, at the first such day, whose "
        f"{over} and the six months after had passed by its last day"
    )
    why = "Whether the score that the cohort is chosen by holds, and for whom it does not."
    return (
        Measure(
            slug=f"score.expected_{years}y", title=f"Proven to offend again within {over}, as the score has it", why=why,
            unit="percent", statistic="mean", rows=followed_rows, counted=counted, value=expected, axes=BY_BAND, digits=1,
            definition=f"{who}: the mean of their scores on that day (OGRS3, published parameters), by the band of the score.",
        ),
        Measure(
            slug=f"score.observed_{years}y", title=f"Proven to have offended again within {over}", why=why,
            unit="percent", statistic="share", rows=followed_rows, counted=counted, hit=pl.col(f"again_{years}y"), axes=BY_BAND,
            digits=1, definition=f"{who}: those with an offence committed within {over} of that day and dealt with by conviction "
            "or caution within the same time or the six months after, by the band of the score.",
        ),
        Measure(
            slug=f"score.not_known_{years}y", title=f"Not yet followed for {over} and six months", why=why, unit="people",
            statistic="count", rows=followed_rows, counted=~known & expected.is_not_null(),
            definition="People sentenced in the community or released from prison in the period, with a score, of whom it cannot "
            f"yet be known whether they are proven to have offended again within {over}.",
        ),
    )  # fmt: skip


CALIBRATION = (
    *_of(1), *_of(2),
    Measure(
        slug="score.none", title="People without a score on the day of the sentence or release",
        why="Whom the score cannot tell of.", unit="people", statistic="count", rows=followed_rows,
        counted=pl.col("percent_2y").is_null(),
        definition="People sentenced in the community or released from prison in the period, of whom no score can be worked out "
        "on that day from what is on record.",
    ),
)  # fmt: skip
