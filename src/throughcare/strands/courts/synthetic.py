"""The courts' and court officers' extracts of a synthetic world."""

import polars as pl

from throughcare.core.contracts import Feed
from throughcare.core.extract_text import extract, numbered
from throughcare.core.world import World
from throughcare.strands.courts.extracts import FEEDS
from throughcare.strands.courts.models import RESULT_KINDS

REQUIREMENTS = {
    "rehabilitation_activity": 0.62, "drug_rehabilitation": 0.18, "alcohol_treatment": 0.08, "mental_health_treatment": 0.01,
    "programme": 0.15, "unpaid_work": 0.30, "curfew": 0.22,
}  # fmt: skip
"""How often each requirement is imposed with an order; invented. The enhanced activity requirement is cast."""

LONGEST_FAST = 10
"""Calendar days after the plea within which a report is still a fast delivery one; one of the day itself is oral."""


def synthetic(world: World) -> dict[str, pl.DataFrame]:
    """Lists, cases, pleas, reports, assessments and results as cast; nothing where nothing was cast."""
    if "courts" not in world.casting:
        return {}
    cases = numbered("C", world.casting["courts"])
    made = {
        "court-lists": _lists(cases, world.casting.get("courts_lists")),
        "court-cases": cases.select("record_id", "life", "court", "told_on", "listed_on", "offence_code", "no_report_reason"),
        "court-pleas": _pleas(cases),
        "court-reports": _reports(cases),
        "court-assessments": numbered("A", world.casting["courts_assessments"]),
        "court-results": _results(cases, world),
    }
    feeds: dict[str, Feed] = {feed.slug: feed for feed in FEEDS}
    return {slug: extract(feeds[slug], rows, lives=world.lives) for slug, rows in made.items()}


def _lists(cases: pl.DataFrame, others: pl.DataFrame | None) -> pl.DataFrame:
    """The list on which each matched case stood: received on the day of the match, for that day's or the plea's hearing.

    `others`: entries that are cast by themselves, such as those of hearings to come.
    """
    listed = cases.drop_nulls("listed_on").with_columns(hearing_on=pl.max_horizontal("listed_on", "plea_on"))
    matched = listed.select("life", "court", "hearing_on", received_on="listed_on")
    return numbered("L", matched if others is None else pl.concat([matched, others]))


def _pleas(cases: pl.DataFrame) -> pl.DataFrame:
    """A row a plea or finding; a plea taken back has the day on which it was vacated, halfway to the next."""
    vacated = pl.col("vacated_from") + (pl.col("plea_on") - pl.col("vacated_from")) / 2
    parts = (
        cases.drop_nulls("not_guilty_on").select(case="record_id", entered_on="not_guilty_on", plea=pl.lit("not_guilty")),
        cases.drop_nulls("vacated_from").select(
            case="record_id", entered_on="vacated_from", plea=pl.lit("guilty"), vacated_on=vacated.cast(pl.Date)
        ),
        cases.drop_nulls("plea_on").select("plea", case="record_id", entered_on="plea_on"),
    )
    return numbered("P", pl.concat(parts, how="diagonal").sort("entered_on", "case"))


def _reports(cases: pl.DataFrame) -> pl.DataFrame:
    """A row a report asked for. Its kind follows from how long it took, but where casting says what was asked for."""
    days = (pl.col("delivered_on") - pl.col("requested_on")).dt.total_days()
    kind = pl.when(days == 0).then(pl.lit("oral")).when(days <= LONGEST_FAST).then(pl.lit("fast")).otherwise(pl.lit("standard"))
    if "report_kind" in cases.columns:
        kind = pl.coalesce("report_kind", kind)
    asked = cases.drop_nulls("requested_on").sort("requested_on", "record_id")
    author = pl.col("court") + " court officer"
    return numbered("R", asked.select("requested_on", "delivered_on", "late_reason", case="record_id", kind=kind, author=author))


def _results(cases: pl.DataFrame, world: World) -> pl.DataFrame:
    """A row a case sentenced. Requirements only with orders, one at least; days only for activity."""
    rng = world.random("court results")
    sentenced = cases.drop_nulls("sentenced_on").sort("sentenced_on", "record_id")
    on_order = sentenced["sentence"].is_in(["community", "suspended"])
    drawn = {kind: on_order & pl.Series(rng.random(sentenced.height) < share) for kind, share in REQUIREMENTS.items()}
    drawn["enhanced_activity"] = sentenced["enhanced"]
    none = on_order & ~pl.select(pl.any_horizontal(*drawn.values())).to_series()
    drawn["rehabilitation_activity"] = drawn["rehabilitation_activity"] | none
    rows = sentenced.select("sentenced_on", "months", case="record_id", kind="sentence")
    rows = rows.with_columns(**{kind: drawn[kind] for kind in RESULT_KINDS})
    days = {kind: pl.Series(5 * rng.integers(2, 13, rows.height)) for kind in ("rehabilitation_activity", "enhanced_activity")}
    return numbered("S", rows.with_columns(
        **{f"{kind}_days": pl.when(pl.col(kind)).then(each) for kind, each in days.items()}
    ))  # fmt: skip
