"""The figures of the cohort: who was eligible, who the members are, who joins and leaves, and the histories behind them.

Those of the London pilot are of its interim evaluation (MOPAC Evidence and Insight, 2017, section 1). Members put forward
off the rule are counted apart from the others.
"""


import polars as pl

from throughcare.casework.cohort.calibration import CALIBRATION
from throughcare.casework.cohort.history import HISTORY, eligible_with_history
from throughcare.casework.cohort.queries import members, memberships, scores, supervised_on
from throughcare.casework.people.queries import NOT_KNOWN, with_breakdowns
from throughcare.core.contracts import Axis, Group, Measure, Scope
from throughcare.core.dates import last_days

STATUS = pl.col("status")
WHO = "Members on the reference day of the initial cohort, those put forward off the rule apart."


def members_on(scope: Scope) -> pl.DataFrame:
    """A row a member on the day: off_rule, status and agency of the supervision running then, two-year score then."""
    found = members(scope.as_at).drop("since").with_columns(on=pl.lit(scope.as_at))
    scored = scores(scope.as_at, of=found["person"]).select("person", score="percent_2y")
    for facts in (supervised_on(scope.as_at), scored):
        found = found.join(facts, on="person", how="left", maintain_order="left")
    found = found.with_columns(pl.col("agency", "status").fill_null(NOT_KNOWN), pl.col("borough").replace("", NOT_KNOWN))
    return with_breakdowns(found).drop("on")


def members_by_month(scope: Scope) -> pl.DataFrame:
    """A row a member and month of the period, on the month's last day in it: person, on, off_rule."""
    days = pl.DataFrame({"on": last_days(scope.period.start, scope.period.end)}, schema={"on": pl.Date})
    held = memberships().select("person", "start", "end", "off_rule").join(days, how="cross")
    goes_on = pl.col("end").is_null() | (pl.col("end") > pl.col("on"))
    return with_breakdowns(held.filter((pl.col("start") <= pl.col("on")) & goes_on).select("person", "on", "off_rule"))


def joiners(scope: Scope) -> pl.DataFrame:
    """A row a membership, by the day it began, with why."""
    found = memberships().select("person", "off_rule", on="start", reason="because")
    return with_breakdowns(found)


def leavers(scope: Scope) -> pl.DataFrame:
    """A row a membership that ended, by its first day outside, with why."""
    found = memberships().filter(pl.col("end").is_not_null()).select("person", "off_rule", on="end", reason="left_because")
    return with_breakdowns(found)


def _share(slug: str, title: str, hit: pl.Expr, definition: str = "") -> Measure:
    return Measure(
        slug=f"cohort.{slug}", title=title, why="Whether the cohort is whom the pilot means to reach.", unit="percent",
        statistic="share", rows=members_on, counted=~pl.col("off_rule"), hit=hit, reference_day="initial_cohort",
        definition=f"{WHO} {definition}".strip(),
    )  # fmt: skip


def _number(slug: str, title: str, statistic: str, value: pl.Expr, unit: str, definition: str = "") -> Measure:
    return Measure(
        slug=f"cohort.{slug}", title=title, why="Whether the cohort is whom the pilot means to reach.", unit=unit,
        statistic=statistic, rows=members_on, counted=~pl.col("off_rule"), value=value, reference_day="initial_cohort",
        definition=f"{WHO} {definition}".strip(),
    )  # fmt: skip


SIZES = (
    Measure(
        slug="cohort.eligible_july_2015", title="People meeting the eligibility rule in the first data pull",
        why="How many people the rule finds, before anybody decides.", unit="people", statistic="count",
        rows=eligible_with_history, reference_day="first_pull",
        definition="People for whom every criterion of the pilot file holds on the day of the first pull, members or not.",
    ),
    Measure(
        slug="cohort.size_initial", title="Initial cohort, after quality assurance by the boroughs",
        why="How many people the services are for.", unit="people", statistic="count", rows=members_on,
        counted=~pl.col("off_rule"), reference_day="initial_cohort", definition=WHO,
    ),
    Measure(
        slug="cohort.off_rule_initial", title="Members of the initial cohort put forward off the rule",
        why="How many people the rule missed in the co-ordinators' eyes.", unit="people", statistic="count", rows=members_on,
        counted=pl.col("off_rule"), reference_day="initial_cohort",
        definition="Members on the reference day of the initial cohort whom a co-ordinator put forward, not the rule.",
    ),
)  # fmt: skip

MEMBERS = (
    _share("managed_by_crc", "Share of the initial cohort managed by the CRC", pl.col("agency") == "CRC",
           "By the agency of the supervision running on the day."),
    _share("managed_by_nps", "Share of the initial cohort managed by the NPS", pl.col("agency") == "NPS",
           "By the agency of the supervision running on the day."),
    _share("male", "Share of the initial cohort that is male", pl.col("sex") == "M"),
    _share("age_18_25", "Share of the initial cohort aged 18 to 25", pl.col("age").is_between(18, 25), "Completed years."),
    _share("age_26_34", "Share of the initial cohort aged 26 to 34", pl.col("age").is_between(26, 34), "Completed years."),
    _number("age_mean", "Mean age of the initial cohort", "mean", pl.col("age"), "years", "Completed years."),
    _number("age_min", "Age of the youngest of the initial cohort", "minimum", pl.col("age"), "years", "Completed years."),
    _number("age_max", "Age of the oldest of the initial cohort", "maximum", pl.col("age"), "years", "Completed years."),
    _number("ogrs2y_mean", "Mean two-year OGRS score of the initial cohort", "mean", pl.col("score"), "score",
            "OGRS3 with the published parameters, whole percents; members without a score are not in it."),
    _number("ogrs2y_min", "Lowest two-year OGRS score of the initial cohort", "minimum", pl.col("score"), "score"),
    _number("ogrs2y_max", "Highest two-year OGRS score of the initial cohort", "maximum", pl.col("score"), "score"),
    _share("in_custody", "Share of the initial cohort in custody", STATUS == "custody", "Serving a sentence on the day."),
    _share("community_order", "Share of the initial cohort on a community order", STATUS.is_in(["community", "suspended"]),
           "Community orders and suspended sentence orders."),
    _share("on_licence", "Share of the initial cohort in the community on licence", STATUS.is_in(["licence", "pss"]),
           "On licence or post-sentence supervision."),
)  # fmt: skip

RULE_OR_NOT = Axis(
    groups=(
        Group(label="all"),
        Group(label="by the rule", where=~pl.col("off_rule")),
        Group(label="put forward off the rule", where=pl.col("off_rule")),
    )
)
MOVEMENTS = (
    Measure(
        slug="cohort.size", title="Members of the cohort at the end of the month", why="Whether the cohort grows or shrinks.",
        unit="people", statistic="monthly", rows=members_by_month, axes=(RULE_OR_NOT,),
        definition="Members on the last day of the month; over several months, the mean of those numbers.",
    ),
    Measure(
        slug="cohort.joined", title="People who joined the cohort", why="How the cohort is kept up to date.", unit="people",
        statistic="count", rows=joiners, axes=(Axis(column="reason", total="all"),),
        definition="Memberships by their first day, by what the joining rested on.",
    ),
    Measure(
        slug="cohort.left", title="People who left the cohort", why="How the cohort is kept up to date.", unit="people",
        statistic="count", rows=leavers, axes=(Axis(column="reason", total="all"),),
        definition="Memberships by the first day outside, by the first reason to leave that held.",
    ),
)  # fmt: skip

MEASURES = (*SIZES, *MEMBERS, *MOVEMENTS, *HISTORY, *CALIBRATION)
