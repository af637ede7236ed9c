"""What does not fit together in referrals that came by file; what is entered here is refused instead."""

from collections.abc import Sequence

import polars as pl

from throughcare.casework.frames import read
from throughcare.casework.people.queries import supervision
from throughcare.casework.referrals.models import Referral
from throughcare.casework.referrals.queries import referrals
from throughcare.casework.referrals.standing import KEY, intended_for
from throughcare.casework.referrals.transitions import CLOSED
from throughcare.core.contracts import Finding, Scope


def not_intended(scope: Scope, *, services: tuple[str, ...], slug: str) -> list[Finding]:
    """By service, the referrals sent in the period to people for whom it was not on that day (or that did not run then).

    Those that are open or were accepted: a provider who declined one, or a sender who took it back before, has mended it.
    """
    offered = [service for service in scope.pilot.services if service.slug in services]
    period = scope.period
    sent = referrals(tuple(service.slug for service in offered)) if offered else referrals().clear()
    sent = sent.filter(pl.col("sent_on").is_between(period.start, period.end, closed="left"), ~pl.col("in_error"))
    sent = sent.filter(pl.col("accepted_on").is_not_null() | ~pl.col("state").is_in(CLOSED)).with_columns(on="sent_on")
    intended = intended_for(offered, sent.select(KEY).unique(maintain_order=True), pilot=scope.pilot)
    wrong = _recorded(sent.join(intended, on=[*KEY, "service"], how="anti", maintain_order="left"))
    return [
        Finding(
            slug=slug, title="Referrals of people for whom the service was not on the day they were sent", group=service.name,
            records=records, mend="correct the person, the service or the day, or record what makes it theirs",
        )
        for service in offered
        if (records := tuple(wrong.filter(pl.col("service") == service.slug)["record"]))
    ]  # fmt: skip


def findings(scope: Scope) -> Sequence[Finding]:
    """Open referrals of every service, sent by the end of the period, of people whose supervision has all ended by its last day.

    One completed before it was started is none of them: the import keeps such a row for correction.
    """
    told = referrals().filter(pl.col("sent_on") < scope.period.end, ~pl.col("in_error"))
    spells = supervision().filter(pl.col("start") <= scope.as_at)
    over = (pl.col("end") <= scope.as_at).fill_null(value=False)
    ended = spells.group_by("person").agg(over=over.all()).filter("over")
    active = told.filter(pl.col("state").is_in(("accepted", "started"))).join(ended, on="person", how="semi")
    if active.is_empty():
        return []
    return [Finding(
        slug="referrals.ended_yet_active", title="Referrals that go on although the person's supervision has ended", group="all",
        records=_names(active), mend="end the referral with its reason, or record the supervision that goes on",
    )]  # fmt: skip


def _names(rows: pl.DataFrame) -> tuple[str, ...]:
    """The provider's record_id, or the number of a referral that was entered here."""
    named = read(Referral.objects.all(), referral="pk", record="source__record_id")
    told = rows.join(named, on="referral", how="left", maintain_order="left")
    return tuple(told.select(pl.coalesce("record", pl.format("referral {}", "referral")))["record"].sort())


def _recorded(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds record: the provider's record_id. Referrals entered here are left out: what was overridden has its reason."""
    imported = Referral.objects.exclude(source=None)
    return rows.join(read(imported, referral="pk", record="source__record_id"), on="referral", maintain_order="left")


def beyond_places(spans: pl.DataFrame, *, places: int | None, scope: Scope) -> Sequence[str]:
    """The records whose beginning in the period found every place taken, by their first day.

    `spans`: record, person, start, end (null: goes on), a row a place taken [start, end). A person takes one place.
    """
    if places is None:
        return ()
    told = spans.sort("start", maintain_order=True).with_row_index("place")
    others = told.select("person", "start", "end", "place")
    held = told.join(others, how="cross", suffix="_other").filter(
        pl.col("place_other") < pl.col("place"),
        pl.col("person_other") != pl.col("person"),
        (pl.col("start_other") <= pl.col("start")) & (pl.col("end_other").is_null() | (pl.col("end_other") > pl.col("start"))),
    )
    full = held.group_by("place").agg(taken=pl.col("person_other").n_unique()).filter(pl.col("taken") >= places)
    begun = pl.col("start").is_between(scope.period.start, scope.period.end, closed="left")
    return tuple(told.join(full, on="place", how="semi").filter(begun)["record"])
