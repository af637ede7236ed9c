"""What is counted of the programmes. Published: GtO interim evaluation, MOPAC 2017, section 3 and table 2.

A referral counts on the day of sending, acceptance or completion; a client is seen on the day of the first session
attended in the period. Who sees two providers counts for each.
"""

import polars as pl

from throughcare.casework.people.queries import with_breakdowns
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.days import during
from throughcare.casework.referrals.measures import named, referral_rows, rows_of
from throughcare.casework.referrals.queries import referrals
from throughcare.core.contracts import Axis, Measure, Scope
from throughcare.core.pilot import Pilot
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
    return with_breakdowns(contact.weekly(released, queries.attended_appointments(released), end=scope.period.end))


def fortnightly_rows(scope: Scope) -> pl.DataFrame:
    """A row a person released in the window for whom contact is intended: the first release, observed up to `scope.as_at`."""
    released = queries.released_for_contact(scope.period, pilot=scope.pilot)
    end, longest = scope.as_at + contact.A_DAY, scope.pilot.targets.fortnightly_gap_days
    return with_breakdowns(contact.fortnightly(released, queries.attended_appointments(released), end=end, longest=longest))


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

WEEKLY, FORTNIGHTLY = "weekly_contact", "fortnightly_contact"


def expected_rows(scope: Scope) -> pl.DataFrame:
    """A row a contact expected, on its last day, of every release for whom contact is intended since the service began."""
    released, end = queries.watched_releases(scope), scope.as_at + contact.A_DAY
    found = contact.expected(released, queries.attended_appointments(released), end=end, targets=scope.pilot.targets)
    return with_breakdowns(found)


def contact_measures(pilot: Pilot) -> tuple[Measure, ...]:
    """Contact after release. What is of a window that the pilot file does not name is left out."""
    windows, targets = pilot.windows, pilot.targets
    found = [_expected_kept()]
    if WEEKLY in windows:
        found.append(Measure(
            slug="contact.weekly_mean", unit="appointments", statistic="mean", digits=2, rows=weekly_rows,
            value=pl.col("per_week"),
            title=f"Mean appointments a week with the offender manager, of people released {during(windows[WEEKLY])}",
            target=float(targets.weekly_contact_per_week), service=queries.CONTACT, window=WEEKLY,
            why="The first weeks after release are those in which most is lost",
            definition="Attended appointments divided by the weeks (at least one) from release to the window's end or return to "
            "custody, averaged over the people released in the window for whom intensified contact is intended",
        ))  # fmt: skip
    if FORTNIGHTLY in windows:
        found.append(Measure(
            slug="contact.fortnightly_rate", unit="percent", statistic="share", rows=fortnightly_rows, hit=pl.col("kept"),
            title=f"Share of people released {during(windows[FORTNIGHTLY])} seen fortnightly for the rest of supervision",
            service=queries.CONTACT, window=FORTNIGHTLY, why="Contact that lapses is noticed too late",
            definition="Of the people released in the window for whom intensified contact is intended, those with no gap over "
            "the limit of the pilot file between release, attended appointments and the end of supervision, liberty or the "
            "period",
        ))  # fmt: skip
    return tuple(found)


def _expected_kept() -> Measure:
    return Measure(
        slug="contact.expected_kept", title="Share of expected contacts kept", unit="percent", statistic="share",
        rows=expected_rows, hit=pl.col("kept"), service=queries.CONTACT,
        why="Shows in which months contact lapses, while it can be taken up again",
        definition="One contact is expected in each week of the first weeks after release, then in each fortnight, as long as "
        "the pilot file says; it counts by its last day, and is kept where an appointment was attended in those days. Of "
        "releases on which intensified contact is intended, to return to custody or the end of supervision",
    )  # fmt: skip


MEASURES: tuple[Measure, ...] = (*TABLE_2, *contact_measures(current_pilot()))
