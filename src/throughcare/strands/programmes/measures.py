"""What is counted of the programmes. Published: GtO interim evaluation, MOPAC 2017, section 3 and table 2.

A referral counts on the day of sending, acceptance or completion; a client is seen on the day of the first session
attended in the period. Who sees two providers counts for each.
"""

import polars as pl

from throughcare.casework.people.queries import with_breakdowns
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.measures import named, referral_rows, rows_of
from throughcare.casework.referrals.queries import referrals
from throughcare.core.contracts import Axis, Measure, Scope
from throughcare.strands.programmes import contact, queries

MENTORING = "mentoring"
A_PERSON_AND_PROVIDER = ["person", "provider"]
BY_PROVIDER = (
    Axis(column="provider", only=tuple(p.name for p in current_pilot().providers if MENTORING in p.services), total="total"),
)


def seen_rows(scope: Scope) -> pl.DataFrame:
    """A row a person and mentoring provider with a session attended in the period, on the day of the first."""
    made = referrals((MENTORING,)).filter(~pl.col("in_error")).select("referral", "person", "service", "provider")
    held = queries.sessions().filter(
        pl.col("attended"), pl.col("held_on").is_between(scope.period.start, scope.period.end, closed="left")
    )
    first = (
        held.join(made, on="referral").sort("held_on", "session").unique(A_PERSON_AND_PROVIDER, keep="first", maintain_order=True)
    )
    return with_breakdowns(named(first, scope).rename({"held_on": "on"}))


def completed_rows(scope: Scope) -> pl.DataFrame:
    """A row a person and mentoring provider with a referral ended as completed in the period, on the first such day."""
    rows = referral_rows("completed_on", scope, (MENTORING,))
    return rows.sort("on", "referral").unique(A_PERSON_AND_PROVIDER, keep="first", maintain_order=True)


def weekly_rows(scope: Scope) -> pl.DataFrame:
    """A row a person released in the period for whom contact is intended: the first release, observed to the period's end."""
    released = queries.released_for_contact(scope.period, pilot=scope.pilot)
    return with_breakdowns(contact.weekly(released, queries.attended_appointments(), end=scope.period.end))


def fortnightly_rows(scope: Scope) -> pl.DataFrame:
    """A row a person released in the window for whom contact is intended: the first release, observed up to `scope.as_at`."""
    released = queries.released_for_contact(scope.period, pilot=scope.pilot)
    end, longest = scope.as_at + contact.A_DAY, scope.pilot.targets.fortnightly_gap_days
    return with_breakdowns(contact.fortnightly(released, queries.attended_appointments(), end=end, longest=longest))


TABLE_2: tuple[Measure, ...] = (
    Measure(
        slug="mentoring.referred", title="Referrals made", unit="referrals", statistic="count",
        rows=rows_of("sent_on", MENTORING), axes=BY_PROVIDER, service=MENTORING, why="Shows which providers people are sent to",
        definition="Mentoring referrals by the day they were sent; those made in error are not counted",
    ),
    Measure(
        slug="mentoring.accepted", title="Referrals accepted", unit="referrals", statistic="count", axes=BY_PROVIDER,
        rows=rows_of("accepted_on", MENTORING), service=MENTORING, why="Shows whether providers can take who is sent",
        definition="Mentoring referrals by the day the provider accepted them",
    ),
    Measure(
        slug="mentoring.seen", title="Clients seen", unit="people", statistic="count", rows=seen_rows, axes=BY_PROVIDER,
        service=MENTORING, why="An accepted referral helps only once the two have met",
        definition="People who attended at least one mentoring session in the period, once for each provider",
    ),
    Measure(
        slug="mentoring.completed", title="Completed", unit="people", statistic="count", rows=completed_rows, axes=BY_PROVIDER,
        service=MENTORING, why="Shows who stays to the end",
        definition="People whose mentoring the provider ended as completed in the period, once for each provider",
    ),
)  # fmt: skip

CONTACT: tuple[Measure, ...] = (
    Measure(
        slug="contact.weekly_mean", unit="appointments", statistic="mean", rows=weekly_rows, value=pl.col("per_week"), digits=2,
        title="Mean appointments a week with the offender manager (released 1 October to 31 December 2016; target 1)",
        target=float(current_pilot().targets.weekly_contact_per_week), service=queries.CONTACT, window="weekly_contact",
        why="The first weeks after release are those in which most is lost",
        definition="Attended appointments divided by the weeks (at least one) from release to the window's end or return to "
        "custody, averaged over the people released in the window for whom intensified contact is intended",
    ),
    Measure(
        slug="contact.fortnightly_rate", unit="percent", statistic="share", rows=fortnightly_rows, hit=pl.col("kept"),
        title="Share released before 30 September 2016 seen fortnightly for the rest of supervision",
        service=queries.CONTACT, window="fortnightly_contact", why="Contact that lapses is noticed too late",
        definition="Of the people released in the window for whom intensified contact is intended, those with no gap over the "
        "limit of the pilot file between release, attended appointments and the end of supervision, liberty or the period",
    ),
)  # fmt: skip

MEASURES: tuple[Measure, ...] = (*TABLE_2, *CONTACT)
