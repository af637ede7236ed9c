"""What the service takes of those who work in it: records kept and active minutes, by role and month; of nobody by name.

It is worked out from the log, which tells of views of people and of writes. So it is the least that the service took: time
before the first and after the last recorded act, on pages about nobody, and on paper is not in it.

Nobody's own burden can be read from it, by anybody: a role in which fewer people than may be published worked in a month is
counted under other roles, and where those together are as few, is left out of that month. Made to be shown in total, never
to compare people.
"""

from datetime import timedelta

import polars as pl

from throughcare.casework.access.models import Post
from throughcare.casework.access.policy import ROLES
from throughcare.casework.audit.models import Entry
from throughcare.casework.frames import read
from throughcare.core.clock import LONDON, london_day
from throughcare.core.contracts import Axis, Measure, Scope

IDLE = timedelta(minutes=5)
"""Between two recorded acts of one person: more is a pause, and none of it counts."""
AS, VIEW, OTHERS = " as ", "view", "Other roles"
NOT_KEPT = (
    "import.", "imports.", "uploads.", "events.", "sign-in.", "notices.", "linking.link", "people.reindex_names",
    "courts.match_lists", "cohort.propose", "referrals.publish_service",
)  # fmt: skip
"""What begins so the service writes by itself, though an import that somebody sent set it going; or nothing is kept by it."""
BY_ROLE = Axis(column="role", total="all")


def acts(scope: Scope) -> pl.DataFrame:
    """A row a recorded act of somebody at work in a post: account, role, at, verb, on (London's day), in order.

    What one act writes of many people at once is one. Acts of processes, and of posts that there are not, are in none.
    """
    start, end = london_day(scope.period.start)[0], london_day(scope.period.end)[0]
    found = read(Entry.objects.filter(at__gte=start, at__lt=end, actor__contains=AS), at="at", actor="actor", verb="verb")
    roles = {slug: ROLES[role] for slug, role in Post.objects.values_list("slug", "role")}
    who = pl.col("actor").str.split(AS)
    told = found.unique(["actor", "at", "verb"]).with_columns(
        account=who.list.first(),
        role=who.list.last().replace_strict(roles, default=None, return_dtype=pl.String),
        on=pl.col("at").dt.convert_time_zone(str(LONDON)).dt.date(),
    )
    return told.drop_nulls("role").sort("at", "actor", "verb")


def records_rows(scope: Scope) -> pl.DataFrame:
    """A row an act that wrote something: role, part, on."""
    own = pl.any_horizontal([pl.col("verb").str.starts_with(beginning) for beginning in NOT_KEPT])
    part = pl.col("verb").str.split(".").list.first().str.replace_all("_", " ")
    kept = acts(scope).filter(pl.col("verb") != VIEW, ~own).with_columns(part=part)
    return _by_role(kept, scope).select("role", "part", "on")


def minutes_rows(scope: Scope) -> pl.DataFrame:
    """A row a person, role and day of work: the `minutes` between recorded acts that follow within `IDLE` of one another."""
    gap = pl.col("at").diff().over("account", "on")
    counted = pl.when(gap <= IDLE).then(gap.dt.total_milliseconds() / 60_000).otherwise(0.0)
    days = acts(scope).with_columns(minutes=counted).group_by("account", "role", "on", maintain_order=True).agg(
        pl.col("minutes").sum())  # fmt: skip
    return _by_role(days, scope).select("role", "on", "minutes")


def _by_role(rows: pl.DataFrame, scope: Scope) -> pl.DataFrame:
    """The rows of roles in which enough people worked in the month; of the others together, if they are enough."""
    month = pl.col("on").dt.month_start()
    few = pl.col("account").n_unique().over("role", month) < scope.pilot.smallest_published
    together = rows.with_columns(role=pl.when(few).then(pl.lit(OTHERS)).otherwise(pl.col("role")))
    return together.filter(~few)


LIMIT = (
    "a role in which fewer people worked in a month than may be published is counted with other roles, or left out where "
    "these are as few"
)
MEASURES: tuple[Measure, ...] = (
    Measure(
        slug="burden.records", title="Records kept", unit="records", statistic="count", rows=records_rows,
        axes=(Axis(column="part", total="total"), BY_ROLE), why="What the service asks people to write is a cost of the pilot",
        definition="Acts that wrote something, by the part of the service and the role of the post; one act that writes of many "
        f"people is one; imports, sign-ins and notices are not in it; {LIMIT}",
    ),
    Measure(
        slug="burden.minutes", title="Active minutes on a day of use", unit="minutes", statistic="mean", rows=minutes_rows,
        value=pl.col("minutes"), axes=(BY_ROLE,), digits=1, why="Time in the service is time not spent with people",
        definition="Mean minutes of a person and day with any recorded act: gaps of at most 5 minutes between that person's "
        f"recorded acts (views of people and writes) of the day; longer gaps count as none; the least it took; {LIMIT}",
    ),
)  # fmt: skip
