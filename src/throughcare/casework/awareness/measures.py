"""What is counted of training and meetings. London asked staff whether they were useful in a survey; this asks after each."""

import polars as pl

from throughcare.casework.access.policy import ROLES
from throughcare.casework.awareness import models as m
from throughcare.casework.awareness.training.queries import USEFUL
from throughcare.casework.frames import read
from throughcare.casework.pilot import current_pilot
from throughcare.core.contracts import Axis, Measure, Scope

WHY = "Managers did not know what the pilot offers: 27% of practitioners found its training and communication useful (GtO, 2017)."
BY_ROLE = (Axis(column="role", total="all"),)


def _in_period(rows: pl.DataFrame, scope: Scope) -> pl.DataFrame:
    return rows.filter(pl.col("on").is_between(scope.period.start, scope.period.end, closed="left"))


def _named(rows: pl.DataFrame) -> pl.DataFrame:
    """Trainings and roles by the names that are shown."""
    names = {each.slug: each.name for each in current_pilot().awareness.trainings}
    rows = rows.with_columns(training=pl.col("training").replace(names))
    return rows.with_columns(role=pl.col("role").replace(ROLES)) if "role" in rows.columns else rows


def events(scope: Scope) -> pl.DataFrame:
    """A row a training event that was held: it is kept who came."""
    held = m.Training.objects.filter(attendance_on__isnull=False, cancelled=False).order_by("on", "pk")
    return _in_period(_named(read(held, event="pk", training="kind", on="on")), scope)


def attendance(scope: Scope) -> pl.DataFrame:
    """A row somebody who came to an event, with the role invited in; "of another agency" for who has no account."""
    came = m.Attendee.objects.filter(came=True, training__attendance_on__isnull=False).order_by("pk")
    ours = read(came, training="training__kind", on="training__on", role="role")
    others = read(m.Outsiders.objects.order_by("pk"), training="training__kind", on="training__on", number="number")
    repeated = others.select(
        pl.col("training").repeat_by("number"), pl.col("on").repeat_by("number"),
        role=pl.lit("of another agency").repeat_by("number"),
    ).explode("training", "on", "role")  # fmt: skip
    return _in_period(_named(pl.concat([ours, repeated], how="vertical_relaxed")), scope)


def invited(scope: Scope) -> pl.DataFrame:
    """A row somebody who was invited to an event that was held, and whether they came."""
    asked = m.Attendee.objects.filter(invited=True, training__attendance_on__isnull=False).order_by("pk")
    return _in_period(_named(read(asked, training="training__kind", on="training__on", role="role", came="came")), scope)


def ratings(scope: Scope) -> pl.DataFrame:
    """A row a rating, by the day of its event: never with who gave it."""
    given = m.Rating.objects.order_by("key")
    return _in_period(_named(read(given, training="training__kind", on="training__on", role="role", stars="stars")), scope)


def meetings(scope: Scope) -> pl.DataFrame:
    """A row a meeting of the partners of which it is kept who came."""
    kinds = {each.slug: each.name for each in scope.pilot.awareness.meetings}
    held = m.Meeting.objects.filter(kept_on__isnull=False, cancelled=False).order_by("on", "pk")
    rows = read(held, meeting="pk", kind="kind", borough="borough", on="on").with_columns(kind=pl.col("kind").replace(kinds))
    return _in_period(rows, scope)


MEASURES = (
    Measure(
        slug="awareness.events", title="Training events held", why=WHY, unit="events", statistic="count", rows=events,
        definition="Events of which it is kept who came, by the day of the event.",
    ),
    Measure(
        slug="awareness.attendance", title="Attendances at training", why=WHY, unit="attendances", statistic="count",
        rows=attendance, axes=BY_ROLE,
        definition="Everybody who came, each time; those without an account by the number kept of their agency.",
    ),
    Measure(
        slug="awareness.turnout", title="Of those invited to training, came", why=WHY, unit="percent", statistic="share",
        rows=invited, hit=pl.col("came"), definition="Of accounts invited to an event that was held.",
    ),
    Measure(
        slug="awareness.rating", title="How useful training was, mean", why=WHY, unit="of 5", statistic="mean", rows=ratings,
        digits=1, value=pl.col("stars"), definition="Mean of what those who came answered, from 1 to 5.",
    ),
    Measure(
        slug="awareness.rating.median", title="How useful training was, median", why=WHY, unit="of 5", statistic="median",
        rows=ratings, digits=1, value=pl.col("stars"), definition="Median of what those who came answered, from 1 to 5.",
    ),
    Measure(
        slug="awareness.useful", title="Rated training useful", why=WHY, unit="percent", statistic="share", rows=ratings,
        axes=BY_ROLE, hit=pl.col("stars") >= USEFUL,
        definition=f"Of those who answered, the share with {USEFUL} or 5 of 5, by role.",
    ),
    Measure(
        slug="awareness.meetings", title="Meetings of the partners", why=WHY, unit="meetings", statistic="count", rows=meetings,
        axes=(Axis(column="kind", total="all"),), definition="Meetings of which it is kept who came, by kind.",
    ),
)  # fmt: skip
