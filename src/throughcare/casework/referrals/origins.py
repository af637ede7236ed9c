"""Where referrals come from: by the role and team that sent them, for the providers who see too few of them.

Who sent a referral is known of those sent here. One that only the provider's return tells has no sender: it is then said
which agency supervised the person on the day. A sender is told as a role and a team, never by name.
"""

import polars as pl

from throughcare.casework.access.models import Post
from throughcare.casework.access.policy import ROLES
from throughcare.casework.frames import read
from throughcare.casework.referrals.measures import referral_rows
from throughcare.casework.referrals.models import Referral
from throughcare.core.contracts import Axis, Measure, Scope

AS = " as "
"""Between the account and the post in who acted (`Reader.by`)."""


def by_sender_rows(scope: Scope) -> pl.DataFrame:
    """A row a referral by the day it was sent, with its `sender` in words."""
    sent = read(Referral.objects.exclude(sent_by=""), referral="pk", by="sent_by")
    posts = {slug: f"{ROLES[role]}, {team}" if team else ROLES[role]
             for slug, role, team in Post.objects.values_list("slug", "role", "office")}  # fmt: skip
    post = pl.col("by").str.split(AS).list.last()
    senders = sent.select("referral", sender=post.replace_strict(posts, default=None, return_dtype=pl.String))
    rows = referral_rows("sent_on", scope).join(senders, on="referral", how="left", maintain_order="left")
    return rows.with_columns(pl.col("sender").fill_null(pl.lit("Sender not told; supervised by ") + pl.col("agency")))


MEASURES: tuple[Measure, ...] = (
    Measure(
        slug="referrals.by_sender", title="Referrals made, by who sent them", unit="referrals", statistic="count",
        rows=by_sender_rows, axes=(Axis(column="sender", total="total"),),
        why="Tells a provider which teams know of the service and which do not",
        definition="Referrals by the day they were sent and by the role and team of who sent them here; of those that only a "
        "provider's return tells, by the agency that supervised the person on the day. Those made in error do not count",
    ),
)  # fmt: skip
