"""What is counted of court lists: whether they came in time, how many on them are known here, what was asked in vain.

A list counts on its day. A day on which a list was due and none came counts as one that did not come in time, from the first
day of which any list of the court is on record to the last day on which anything came in: of later days nothing is known yet.
"""

from datetime import date, datetime, timedelta

import polars as pl

from throughcare.casework.frames import read
from throughcare.casework.imports.models import FileLoad
from throughcare.casework.people.queries import with_breakdowns
from throughcare.core.clock import london_date
from throughcare.core.contracts import Axis, Measure, Scope
from throughcare.strands.courts.lists.arrival import courts, due_at
from throughcare.strands.courts.lists.queries import ASKED, CERTAIN, NOT, SAME
from throughcare.strands.courts.models import HearingMatch, ListReceived

SERVICE = "court_reports"
BY_COURT = (Axis(column="court", known="courts", total="total"),)
LISTS = {"court": pl.String, "on": pl.Date, "here": pl.Boolean, "in_time": pl.Boolean}
ANSWERED = pl.col("answer").is_in([SAME, NOT])
PROMPT = pl.col("kind").is_in(ASKED) & pl.col("shown")


def list_rows(scope: Scope) -> pl.DataFrame:
    """A row a court and day on which a list was due by the end of the period: whether it came, and by the time it was due."""
    first: dict[tuple[str, date], datetime] = {}
    for court, on, at in ListReceived.objects.order_by("received_at").values_list("court", "sits_on", "received_at"):
        first.setdefault((court, on), at)
    last = FileLoad.objects.order_by("-loaded_at").values_list("loaded_at", flat=True).first()
    known = max((london_date(at) for at in (last, *first.values()) if at is not None), default=scope.as_at)
    rows = [row for court in courts() for row in _of_court(court, first, min(scope.as_at, known))]
    return pl.DataFrame(rows, schema=LISTS, orient="row")


def _of_court(court: str, first: dict[tuple[str, date], datetime], until: date) -> list[tuple[str, date, bool, bool]]:
    days = [on for each, on in first if each == court and on <= until]
    if not days:
        return []
    told = []
    for day in (min(days) + timedelta(days=n) for n in range((until - min(days)).days + 1)):
        due, came = due_at(day), first.get((court, day))
        if due is not None:
            told.append((court, day, came is not None, came is not None and came <= due))
    return told


def match_rows(scope: Scope) -> pl.DataFrame:
    """A row a person whom an entry may be about, on the day of the hearing; `shown`: somebody was asked, or it needed nobody.

    An entry's second likeness is shown once the first was denied. Where the entry is forgotten the person is not known.
    """
    found = read(
        HearingMatch.objects.exclude(kind="none").order_by("pk"), reference="reference", digest="digest", court="court",
        on="sits_on", person="person", kind="kind", rank="rank", answer="answer",
    )  # fmt: skip
    found = found.sort("reference", "digest", "rank")
    denied = (pl.col("answer") == NOT).cast(pl.Int64)
    before = pl.col("rank").cum_count().over("reference", "digest") - 1
    told = found.with_columns(shown=(denied.cum_sum().over("reference", "digest") - denied >= before) | (pl.col("answer") != ""))
    return with_breakdowns(told)


MEASURES = (
    Measure(
        slug="lists.in_time", title="Court lists that came in time", unit="percent", statistic="share", rows=list_rows,
        hit=pl.col("in_time"), why="Who is listed and not known of gets no report", axes=BY_COURT, service=SERVICE,
        definition="Of the days on which a court's list was due, those on which it was here by then",
    ),
    Measure(
        slug="lists.absent", title="Days on which no court list came", unit="lists", statistic="count", rows=list_rows,
        counted=~pl.col("here"), why="On such a day the court officer works from paper", axes=BY_COURT, service=SERVICE,
        definition="Days on which a court's list was due and none is on record",
    ),
    Measure(
        slug="lists.matched", title="Names on court lists that are people known", unit="names", statistic="count",
        rows=match_rows, why="Each is a person whom somebody here works with",
        counted=(pl.col("answer") == SAME) | (pl.col("kind").is_in(CERTAIN) & (pl.col("answer") == "")), axes=BY_COURT,
        service=SERVICE, definition="Names matched exactly and not denied, or confirmed by the court officer, by day of hearing",
    ),
    Measure(
        slug="lists.prompts", title="Names that a court officer was asked to confirm", unit="prompts", statistic="count",
        rows=match_rows, counted=PROMPT, why="Each costs an officer a look", axes=BY_COURT, service=SERVICE,
        definition="Likely and possible matches shown, answered or not, by day of hearing",
    ),
    Measure(
        slug="lists.false_prompts", title="False prompts", unit="prompts", statistic="count", rows=match_rows,
        counted=PROMPT & (pl.col("answer") == NOT), why="Too many, and true ones are no longer looked at", axes=BY_COURT,
        service=SERVICE, definition="Likely and possible matches that the court officer said were not the person",
    ),
    Measure(
        slug="lists.false_prompt_rate", title="Share of the prompts answered that were false", unit="percent", statistic="share",
        rows=match_rows, counted=PROMPT & ANSWERED, hit=pl.col("answer") == NOT, axes=BY_COURT, service=SERVICE,
        why="Too many, and true ones are no longer looked at",
        definition="Of the likely and possible matches answered same or not, those answered not",
    ),
    Measure(
        slug="lists.wrong_exact", title="Exact matches that were denied", unit="matches", statistic="count", rows=match_rows,
        counted=pl.col("kind").is_in(CERTAIN) & (pl.col("answer") == NOT), axes=BY_COURT, service=SERVICE,
        why="An exact match is taken without asking: one that is wrong shows a stranger somebody's record",
        definition="Matches made without asking that a court officer said were not the person",
    ),
)  # fmt: skip
