"""What does not fit together in referrals that came by file; what is entered here is refused instead."""

from collections.abc import Collection, Sequence

import polars as pl

from throughcare.casework.findings import finding_of
from throughcare.casework.frames import read
from throughcare.casework.people.queries import supervision
from throughcare.casework.referrals.models import Referral
from throughcare.casework.referrals.queries import referrals
from throughcare.casework.referrals.standing import KEY, intended_for
from throughcare.casework.referrals.transitions import CLOSED
from throughcare.core.contracts import Finding, Owner, Scope
from throughcare.core.pilot import Pilot

NO_PROVIDER = "no provider named"
TITLE = "Referrals of people for whom the service was not on the day they were sent"


def of_providers(pilot: Pilot, services: Collection[str]) -> Owner:
    """The administrators of the providers that run any of these services."""
    run = tuple(provider.slug for provider in pilot.providers if set(provider.services) & set(services))
    return Owner(role="provider_admin", places=run)


def not_intended(scope: Scope, *, services: tuple[str, ...], slug: str, role: str = "") -> list[Finding]:
    """By service, the referrals sent in the period to people for whom it was not on that day (or that did not run then).

    `role`: whose posts mend them; else the administrators of the providers that run the service.

    Those that are open or were accepted: a provider who declined one, or a sender who took it back before, has mended it.
    """
    offered = [service for service in scope.pilot.services if service.slug in services]
    period = scope.period
    sent = referrals(tuple(service.slug for service in offered)) if offered else referrals().clear()
    sent = sent.filter(pl.col("sent_on").is_between(period.start, period.end, closed="left"), ~pl.col("in_error"))
    sent = sent.filter(pl.col("accepted_on").is_not_null() | ~pl.col("state").is_in(CLOSED)).with_columns(on="sent_on")
    intended = intended_for(offered, sent.select(KEY).unique(maintain_order=True), pilot=scope.pilot)
    wrong = _recorded(sent.join(intended, on=[*KEY, "service"], how="anti", maintain_order="left"))
    wrong = wrong.rename({"record": "name"})
    return [finding for service in offered for finding in finding_of(
        wrong.filter(pl.col("service") == service.slug), slug=slug, title=TITLE, group=service.name,
        mend="correct the person, the service or the day, or record what makes it theirs",
        owner=Owner(role=role) if role else of_providers(scope.pilot, (service.slug,)),
    )]  # fmt: skip


def findings(scope: Scope) -> Sequence[Finding]:
    """By provider, the referrals of every service that were open at the end of the period's last day, of people whose
    supervision had all ended by then. The day is that on which the last of it ended, or of the referral, if later.

    One completed before it was started is none of them: the import keeps such a row for correction.
    """
    in_error = referrals().filter("in_error")
    told = referrals(until=scope.as_at).join(in_error, on="referral", how="anti", maintain_order="left")
    spells = supervision().filter(pl.col("start") <= scope.as_at)
    over = (pl.col("end") <= scope.as_at).fill_null(value=False)
    ended = spells.group_by("person").agg(pl.col("end").max(), over=over.all()).filter("over")
    active = _named(told.filter(pl.col("state").is_in(("accepted", "started"))).join(ended, on="person"))
    active = active.with_columns(on=pl.max_horizontal("end", "accepted_on", "sent_on"))
    names = {provider.slug: provider.name for provider in scope.pilot.providers}
    found = []
    for (provider,), theirs in sorted(active.partition_by("provider", as_dict=True).items()):
        run = of_providers(scope.pilot, theirs["service"].unique().to_list())
        found += finding_of(
            theirs.sort("name"), slug="referrals.ended_yet_active", group=names.get(provider, NO_PROVIDER),
            title="Referrals that go on although the person's supervision has ended",
            owner=Owner(role="provider_admin", places=(provider,)) if provider in names else run,
            mend="end the referral with its reason, or record the supervision that goes on",
        )  # fmt: skip
    return found


def _named(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds name: the provider's record_id, or the number of a referral that was entered here."""
    named = read(Referral.objects.all(), referral="pk", record="source__record_id")
    told = rows.join(named, on="referral", how="left", maintain_order="left")
    return told.with_columns(name=pl.coalesce("record", pl.format("referral {}", "referral")))


def _recorded(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds record: the provider's record_id. Referrals entered here are left out: what was overridden has its reason."""
    imported = Referral.objects.exclude(source=None)
    return rows.join(read(imported, referral="pk", record="source__record_id"), on="referral", maintain_order="left")


def beyond_places(spans: pl.DataFrame, *, places: int | None, scope: Scope) -> pl.DataFrame:
    """name, on: the records whose beginning in the period found every place taken, by their first day.

    `spans`: name, person, start, end (null: goes on), a row a place taken [start, end). A person takes one place.
    """
    if places is None:
        return spans.clear().select("name", on="start")
    told = spans.sort("start", maintain_order=True).with_row_index("place")
    others = told.select("person", "start", "end", "place")
    held = told.join(others, how="cross", suffix="_other").filter(
        pl.col("place_other") < pl.col("place"),
        pl.col("person_other") != pl.col("person"),
        (pl.col("start_other") <= pl.col("start")) & (pl.col("end_other").is_null() | (pl.col("end_other") > pl.col("start"))),
    )
    full = held.group_by("place").agg(taken=pl.col("person_other").n_unique()).filter(pl.col("taken") >= places)
    begun = pl.col("start").is_between(scope.period.start, scope.period.end, closed="left")
    return told.join(full, on="place", how="semi").filter(begun).select("name", on="start")
