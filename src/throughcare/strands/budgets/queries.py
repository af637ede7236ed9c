"""Reading budgets: a place's account, what is outstanding, which places are taken, and what is held on a person."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
from django.db.models import QuerySet

from throughcare.casework.findings import finding_of
from throughcare.casework.frames import about, read
from throughcare.casework.referrals.findings import not_intended, of_providers
from throughcare.casework.referrals.models import Referral
from throughcare.casework.referrals.queries import referrals
from throughcare.casework.referrals.transitions import CLOSED
from throughcare.core.contracts import Finding, Scope, TimelineEntry
from throughcare.core.money import Money
from throughcare.strands.budgets.commitment import Commitment, committed
from throughcare.strands.budgets.models import Place, Purchase

SERVICE = "personalised_budget"
STEPS = ("asked", "approved", "ordered", "delivered", "invoiced", "paid", "cancelled")


@dataclass(frozen=True, kw_only=True)
class Account:
    """How a place stands at the end of a day, in pence."""

    allocation: int
    committed: int

    @property
    def available(self) -> int:
        return self.allocation - self.committed


def commitment_of(purchase: Purchase) -> Commitment:
    return Commitment(
        pence=purchase.pence, approved_on=purchase.approved_on, cancelled_on=purchase.cancelled_on,
        delivered_on=purchase.delivered_on, delivered_pence=purchase.delivered_pence,
    )  # fmt: skip


def commitments(place: Place) -> list[Commitment]:
    """What the purchases of a place commit, in the order in which they were entered."""
    return [commitment_of(purchase) for purchase in place.purchases.order_by("pk")]


def account(place: Place, on: date) -> Account:
    """The account of a place at the end of the day."""
    return Account(allocation=place.allocation, committed=committed(commitments(place), on))


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a place's statement: what bound money or freed it (below zero), and what was available after it, in pence."""

    on: date
    words: str
    pence: int
    available: int


def statement(place: Place, purchases: Sequence[Purchase]) -> list[Line]:
    """The running balance, by day; of one day what was approved comes after what was freed, as the rule has it."""
    told = [
        (on, pence > 0, purchase.pk, pence, f"{purchase.description}: {step}")
        for purchase in purchases
        for on, pence, step in commitment_of(purchase).changes()
    ]
    lines, left = [], place.allocation
    for on, _, _, pence, words in sorted(told):
        left -= pence
        lines.append(Line(on=on, words=words, pence=pence, available=left))
    return lines


def step_of(purchase: Purchase) -> str:
    """The last step that it has taken."""
    if purchase.cancelled_on:
        return "cancelled"
    return next(step for step in reversed(STEPS[:-1]) if getattr(purchase, f"{step}_on"))


def without_a_place() -> list[Referral]:
    """Referrals of women taken on to whom nobody has given a place yet, the longest waiting first."""
    running = referrals((SERVICE,)).filter(pl.col("state").is_in(["accepted", "started"])).sort("accepted_on", "referral")
    waiting = Referral.objects.filter(pk__in=running["referral"].to_list()).exclude(pk__in=Place.objects.values("referral"))
    found = {referral.pk: referral for referral in waiting}
    return [found[pk] for pk in running["referral"] if pk in found]


def accounts(places: Sequence[Place], on: date) -> dict[int, tuple[Account, int]]:
    """By place its account at the end of the day and how many of its purchases are outstanding: all asked for at once."""
    bought: dict[int, list[Purchase]] = {place.pk: [] for place in places}
    for purchase in Purchase.objects.filter(place__in=list(bought)).order_by("pk"):
        bought[purchase.place_id].append(purchase)
    return {
        place.pk: (
            Account(allocation=place.allocation, committed=committed((commitment_of(p) for p in bought[place.pk]), on)),
            len([p for p in bought[place.pk] if p.asked_on <= on and not _settled(p, on)]),
        )
        for place in places
    }


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What was delivered of a category: of how many purchases, for how many pence, and by outcome how many; "" not told yet."""

    category: str
    number: int
    pence: int
    outcomes: Mapping[str, int]


def by_category(places: Sequence[Place], on: date) -> list[Kind]:
    """What was delivered with these places by the day, by category, the dearest first."""
    bought = Purchase.objects.filter(place__in=list(places), delivered_on__lte=on, delivered_pence__gt=0).order_by("pk")
    rows = read(bought, category="category", pence="delivered_pence", outcome="outcome")
    found = rows.group_by("category").agg(pl.len().alias("number"), pl.col("pence").sum(), pl.col("outcome"))
    return [
        Kind(category=row["category"], number=row["number"], pence=row["pence"], outcomes=Counter(row["outcome"]))
        for row in found.sort("pence", "category", descending=[True, False]).iter_rows(named=True)
    ]


def untold(on: date) -> QuerySet[Purchase]:
    """What was delivered by the day and of which nobody has told what it did, the longest waiting first; not where it came to
    nothing.
    """
    found = Purchase.objects.filter(delivered_on__lte=on, delivered_pence__gt=0, outcome="")
    return found.select_related("place__referral").order_by("delivered_on", "pk")


def outstanding(place: Place, as_at: date) -> list[Purchase]:
    """Purchases asked for by the day and not settled: neither paid nor cancelled, nor delivered with nothing in it."""
    return [each for each in place.purchases.filter(asked_on__lte=as_at).order_by("pk") if not _settled(each, as_at)]


def _settled(purchase: Purchase, as_at: date) -> bool:
    nothing_came = purchase.delivered_on if purchase.delivered_pence == 0 else None
    return any(day is not None and day <= as_at for day in (purchase.paid_on, purchase.cancelled_on, nothing_came))


def taken(as_at: date) -> list[Place]:
    """The places taken on the day: opened, and the person has not left with nothing outstanding."""
    left = referrals((SERVICE,)).filter(pl.col("state").is_in(CLOSED) & (pl.col("state_on") <= as_at))["referral"]
    gone = set(left.to_list())
    opened = Place.objects.filter(opened_on__lte=as_at).order_by("pk")
    return [place for place in opened if place.referral_id not in gone or outstanding(place, as_at)]


def full_on(places: int, since: date) -> date | None:
    """The first day from `since` on which all places are taken; None where one is free on all of them.

    They fill when a place is opened, or when something is asked for on one that was free again.
    """
    later = Place.objects.filter(opened_on__gt=since).values_list("opened_on", flat=True)
    asked = Purchase.objects.filter(asked_on__gt=since, place__in=_left()).values_list("asked_on", flat=True)
    return next((day for day in sorted({since, *later, *asked}) if len(taken(day)) >= places), None)


def _left() -> list[int]:
    """The places whose referral has closed."""
    closed = referrals((SERVICE,)).filter(pl.col("state").is_in(CLOSED))["referral"].to_list()
    return list(Place.objects.filter(referral__in=closed).values_list("pk", flat=True))


def purchases() -> pl.DataFrame:
    """purchase, person, referral, description, pence, asked_on, approved_on, cancelled_on, delivered_on, delivered_pence,
    paid_on, outcome.
    """
    return read(
        Purchase.objects.order_by("pk"), purchase="pk", person="place__referral__person", referral="place__referral",
        description="description", pence="pence", asked_on="asked_on", approved_on="approved_on", cancelled_on="cancelled_on",
        delivered_on="delivered_on", delivered_pence="delivered_pence", paid_on="paid_on", outcome="outcome",
    )  # fmt: skip


def findings(scope: Scope) -> Sequence[Finding]:
    """Places whose referral is not accepted, so that money is bound for somebody whom nobody took on; places beyond those
    that the service has; referrals of people for whom the service was not.
    """
    made = referrals((SERVICE,)).filter(pl.col("accepted_on").is_null() & (pl.col("sent_on") < scope.period.end))
    places = Place.objects.filter(referral__in=made["referral"].to_list()).order_by("pk")
    bound = read(places, name="referral", on="opened_on").with_columns(name=pl.format("referral {}", "name"))
    theirs = of_providers(scope.pilot, (SERVICE,))
    return [
        *finding_of(bound, slug="budgets.place_not_accepted", title="Places of referrals that were not accepted", group="total",
                    mend="record the acceptance, or cancel the purchases", owner=theirs),
        *finding_of(_beyond(scope), slug="budgets.beyond_places", title="Places opened when all were taken", group="total",
                    mend="correct the days, or record who has left", owner=theirs),
        *not_intended(scope, services=(SERVICE,), slug="budgets.not_intended"),
    ]  # fmt: skip


def _beyond(scope: Scope) -> pl.DataFrame:
    """name, on: the places opened in the period on a day on which, with them, more were taken than the service has."""
    limit = next((service.places for service in scope.pilot.services if service.slug == SERVICE), None)
    opened = Place.objects.filter(opened_on__gte=scope.period.start, opened_on__lt=scope.period.end).order_by("opened_on", "pk")
    found: list[tuple[str, date]] = []
    if limit is None or len(Place.objects.order_by("pk")[: limit + 1]) <= limit:
        opened = opened.none()
    for place in opened:
        others = [each for each in taken(place.opened_on) if (each.opened_on, each.pk) < (place.opened_on, place.pk)]
        if len(others) >= limit:
            found.append((f"place {place.pk}, referral {place.referral_id}", place.opened_on))
    return pl.DataFrame(found, schema={"name": pl.String, "on": pl.Date}, orient="row")


def timeline(person_id: int) -> Sequence[TimelineEntry]:
    """The place of a person and the steps of their purchases, by day: of the referral to the budget, so for its provider."""
    places = about(Place, person_id, by="referral__person")
    told = [
        TimelineEntry(on=place.opened_on, kind="budget", row="budget", referral=place.referral_id,
                      words=f"Place opened with {Money(pence=place.allocation)}")
        for place in places
    ]  # fmt: skip
    of = {place.pk: place.referral_id for place in places}
    for purchase in about(Purchase, person_id, by="place__referral__person"):
        for step in STEPS:
            if day := getattr(purchase, f"{step}_on"):
                words = f"{purchase.description} ({Money(pence=purchase.pence)}): {'asked for' if step == 'asked' else step}"
                told.append(TimelineEntry(on=day, kind="budget", row="budget", referral=of[purchase.place_id], words=words))
    return sorted(told, key=lambda entry: entry.on)


def held_about(person_id: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Every place and purchase of a person."""
    return {
        "Budget places": list(Place.objects.filter(referral__person=person_id).order_by("pk").values()),
        "Budget purchases": list(Purchase.objects.filter(place__referral__person=person_id).order_by("pk").values()),
    }
