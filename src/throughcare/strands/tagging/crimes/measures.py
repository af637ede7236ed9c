"""What is counted of crimes and their matches. A match proves no presence: none of these counts offences of anybody."""

import polars as pl

from throughcare.casework.frames import read
from throughcare.casework.people.queries import with_breakdowns
from throughcare.core.contracts import Axis, Measure, Scope
from throughcare.positions.police_file import TYPES
from throughcare.strands.tagging import models as m
from throughcare.strands.tagging.crimes.queries import standing_results
from throughcare.strands.tagging.crimes.words import DECISIONS, TO_POLICE

BY_BOROUGH = (Axis(column="borough", known="boroughs", total="total"),)


def crime_rows(scope: Scope) -> pl.DataFrame:
    """A row a crime, on the day on which it first came; `kind` by its first version."""
    first = m.CrimeVersion.objects.filter(number=1)
    return read(first, crime="crime_id", kind="kind", on="batch__sent_on")


def match_rows(scope: Scope) -> pl.DataFrame:
    """A row a match that stands, on the day of its run; `decision` and `days` from the end of the crime's window to its review:
    null while it waits. Charges that stand, as whether there is one.
    """
    found = read(
        m.Match.objects.filter(result__in=standing_results()), match="pk", person="person_id", on="result__run__on",
        window="result__version__time_to",
    )  # fmt: skip
    reviews = read(m.MatchReview.objects.filter(taken_back_at=None), match="match_id", decision="decision", reviewed="on")
    charges = read(m.MatchCharge.objects.filter(taken_back_at=None), match="match_id", charge="pk")
    charged = charges.select("match").unique().with_columns(charged=pl.lit(value=True))
    told = found.join(reviews, on="match", how="left").join(charged, on="match", how="left")
    london = pl.col("window").dt.convert_time_zone("Europe/London").dt.date()
    return with_breakdowns(
        told.with_columns(days=(pl.col("reviewed") - london).dt.total_days(), charged=pl.col("charged").fill_null(value=False))
    )  # fmt: skip


def charge_rows(scope: Scope) -> pl.DataFrame:
    """A row a charge that the police report of a match, on the day of the charge."""
    told = m.MatchCharge.objects.filter(taken_back_at=None)
    return with_breakdowns(read(told, person="match__person_id", charge="pk", on="charged_on"))


REVIEWED = pl.col("decision").is_not_null()

MEASURES = (
    Measure(
        slug="tag.crimes", title="Crimes asked about", why="Shows whether the police use the tags", unit="crimes",
        statistic="count", rows=crime_rows, axes=(Axis(column="kind", only=tuple(TYPES), total="total"),),
        definition="Crimes by the day on which a force first sent them, by kind; one of a file with a header has none",
    ),
    Measure(
        slug="tag.matches", title="Matches of tags with crimes", why="What there is to review; a match proves no presence",
        unit="matches", statistic="count", rows=match_rows, axes=BY_BOROUGH,
        definition="Matches of the last run of each crime, by the day of the run, by the person's borough",
    ),
    Measure(
        slug="tag.matches_reviewed", title="Share of matches reviewed", why="A match that nobody looked at helps nobody",
        unit="percent", statistic="share", rows=match_rows, hit=REVIEWED, axes=BY_BOROUGH,
        definition="Of the matches of the last run of each crime, those that somebody decided of",
    ),
    Measure(
        slug="tag.match_decisions", title="Matches by what was decided", why="Shows what matches are worth", unit="matches",
        statistic="count", rows=match_rows, counted=REVIEWED,
        axes=(Axis(column="decision", only=tuple(DECISIONS), total="total"),),
        definition="Reviewed matches by the day of the run, by the decision",
    ),
    Measure(
        slug="tag.matches_sent", title="Matches sent to the police", why="What the police got of it", unit="matches",
        statistic="count", rows=match_rows, counted=pl.col("decision") == TO_POLICE, axes=BY_BOROUGH,
        definition="Matches that were reviewed and sent to the police, by the day of the run",
    ),
    Measure(
        slug="tag.match_charges", title="Charges that followed a match", why="What came of what was sent", unit="charges",
        statistic="count", rows=charge_rows, axes=BY_BOROUGH,
        definition="Charges that the police report of a match, by the day of the charge",
    ),
    Measure(
        slug="tag.days_to_review", title="Median days from crime to review", why="A lead grows cold", unit="days",
        statistic="median", rows=match_rows, counted=REVIEWED, value=pl.col("days"), axes=BY_BOROUGH, digits=1,
        definition="London days from the end of the crime's window to the review, of matches reviewed, by the day of the run",
    ),
)  # fmt: skip
