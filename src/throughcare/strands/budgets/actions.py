"""What people do with a budget. Each step is a fact with its day, and none takes the available money below zero.

The place's row is locked while its money is looked at, so that two approvals cannot both find the same money free.
"""

from collections.abc import Collection
from datetime import date

import polars as pl

from throughcare.casework.audit.actions import recording
from throughcare.casework.imports.actions import insert, linked, stores
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.models import Referral
from throughcare.casework.referrals.queries import referrals, state_of
from throughcare.core.errors import UserError
from throughcare.core.money import Money
from throughcare.strands.budgets.codes import OUTCOMES, TAKEN_BACK
from throughcare.strands.budgets.commitment import Commitment, shortfall
from throughcare.strands.budgets.models import Place, Purchase
from throughcare.strands.budgets.queries import SERVICE, commitment_of, full_on, step_of, taken

TAKING_PART = ("accepted", "started")
BEFORE = {"approved": "asked", "ordered": "approved", "delivered": "ordered", "invoiced": "delivered", "paid": "invoiced"}


class NotEnoughMoney(UserError):
    """An approval that would take the available money below zero; `short` is by how many pence."""

    def __init__(self, *, what: str, record: str, expected: str, mend: str, short: int) -> None:
        super().__init__(what=what, record=record, expected=expected, mend=mend)
        self.short = short


class NoPlace(UserError):
    """No place is free, or the referral cannot have one."""


class SamePerson(UserError):
    """A purchase over the small limit approved by who asked for it."""


class WrongStep(UserError):
    """A step of a purchase out of its order, or twice."""


class NotOnTheList(UserError):
    """A category or an outcome that is no code."""


class NotTakenBack(UserError):
    """A step that cannot be taken back: not the last one, not one of those, or the money is bound elsewhere since."""


class NotASupplier(UserError):
    """Somebody from whom the pilot does not buy."""


def pence_of(pounds: object) -> int:
    """Pounds of the pilot file in pence."""
    return Money.from_pounds(str(pounds)).pence


def open_place(*, by: str, referral: Referral, on: date) -> Place:
    """Gives an accepted referral one of the service's places, with the pilot's allocation.

    Refused where none is free on the day or on a later one: a place dated back is taken from then on.
    """
    pilot = current_pilot()
    places = pilot.service(SERVICE).places
    record = f"referral {referral.pk} to {referral.service}"
    if referral.service != SERVICE or state_of(referral.pk) not in TAKING_PART:
        raise NoPlace(
            what="The referral cannot have a place", record=record, expected=f"an accepted referral to {SERVICE}",
            mend="have it accepted first",
        )  # fmt: skip
    with recording(by=by, verb="budgets.open_place") as entry:
        # Locked first and looked at in a second query, which sees what another opened meanwhile.
        list(Place.objects.select_for_update().order_by("pk"))
        if Place.objects.filter(referral=referral).exists():
            raise NoPlace(what="The referral has a place", record=record, expected="no place yet", mend="use the one it has")
        if places is not None and (full := full_on(places, on)):
            raise NoPlace(
                what=f"All {places} places are taken on {full}", record=record, expected="a free place",
                mend="wait until a person has left and nothing of theirs is outstanding",
            )  # fmt: skip
        place = Place(referral=referral, allocation=pence_of(pilot.budgets.allocation), opened_on=on)
        place.save()
        entry.about(place, person_id=referral.person_id)
    return place


def ask(
    *, by: str, place: Place, description: str, provider: str, pence: int, on: date, category: str = ""
) -> Purchase:
    """Asks for a purchase; no money is bound yet. Refused for who has left, for no money, from no supplier of ours."""
    _coded(category, ("", *current_pilot().budgets.categories))
    suppliers = current_pilot().budgets.suppliers
    if suppliers and provider not in suppliers:
        raise NotASupplier(
            what=f"Nothing is bought from {provider or 'nobody'}", record=f"place {place.pk}",
            expected=f"one of {', '.join(suppliers)}", mend="choose one of these, or have it taken up in the pilot file",
        )  # fmt: skip
    if pence <= 0 or on < place.opened_on or state_of(place.referral_id) not in TAKING_PART:
        raise WrongStep(
            what="Nothing can be asked for", record=f"place {place.pk}", expected=f"an amount, on or after {place.opened_on}, "
            "while the person takes part", mend="correct the amount or the day",
        )  # fmt: skip
    with recording(by=by, verb="budgets.ask") as entry:
        purchase = Purchase(
            place=place, description=description, provider=provider, pence=pence, asked_on=on, asked_by=by, category=category
        )
        purchase.save()
        entry.about(purchase, person_id=place.referral.person_id)
    return purchase


def approve(*, by: str, purchase: Purchase, on: date) -> Purchase:
    """Binds the money. By another person than who asked, unless within the small limit; never below zero on any day."""
    with recording(by=by, verb="budgets.approve") as entry:
        place = Place.objects.select_for_update().get(pk=purchase.place_id)
        now = _next(purchase, "approved", on)
        limit = pence_of(current_pilot().budgets.small_limit)
        if account_of(by) == account_of(now.asked_by) and now.pence > limit:
            raise SamePerson(
                what=f"{account_of(by)} asked for it and cannot approve {Money(pence=now.pence)}", record=f"purchase {now.pk}",
                expected=f"another person, above {Money(pence=limit)}", mend="ask somebody else to approve it",
            )  # fmt: skip
        _affordable(place, now, on)
        now.approved_on, now.approved_by = on, by
        now.save()
        entry.about(now, person_id=place.referral.person_id)
    return now


def account_of(by: str) -> str:
    """The account of who acts: the same person in another post is the same person."""
    return by.partition(" as ")[0]


def buy_today(
    *, by: str, place: Place, description: str, provider: str, pence: int, on: date, category: str = ""
) -> Purchase:
    """A small purchase by one person: asked for, approved and ordered at once, or not at all. Refused above the small limit."""
    with recording(by=by, verb="budgets.buy_today"):
        made = ask(by=by, place=place, description=description, provider=provider, pence=pence, on=on, category=category)
        return order(by=by, purchase=approve(by=by, purchase=made, on=on), on=on)


def tell_result(*, by: str, purchase: Purchase, outcome: str, words: str, on: date, category: str = "") -> Purchase:
    """What it did for the person; what was told before is replaced, and stays in the audit's day. Refused before delivery.

    `outcome` is a code of `codes`. A category given here replaces the purchase's own.
    """
    _coded(outcome, OUTCOMES)
    _coded(category, ("", *current_pilot().budgets.categories))
    with recording(by=by, verb="budgets.tell_result") as entry:
        now = Purchase.objects.select_for_update().select_related("place__referral").get(pk=purchase.pk)
        if now.delivered_on is None or on < now.delivered_on or not words.strip():
            raise WrongStep(
                what="What it did cannot be told yet" if words.strip() else "Nothing is told", record=f"purchase {now.pk}",
                expected="words, on the day of delivery or later", mend="note the delivery first, and say what it did",
            )  # fmt: skip
        now.result, now.result_on, now.outcome, now.category = words.strip(), on, outcome, category or now.category
        now.save()
        entry.about(now, person_id=now.place.referral.person_id)
    return now


def _coded(code: str, known: Collection[str]) -> None:
    if code not in known:
        raise NotOnTheList(
            what=f"{code!r} is not on the list" if code else "Nothing is chosen", record="", mend="choose one",
            expected=f"one of {', '.join(filter(None, known))}",
        )  # fmt: skip


def _affordable(place: Place, purchase: Purchase, on: date) -> None:
    """Refuses an approval with which the place would be short on any day, naming by how much."""
    others = [commitment_of(each) for each in place.purchases.exclude(pk=purchase.pk).order_by("pk")]
    short = shortfall(place.allocation, [*others, Commitment(pence=purchase.pence, approved_on=on)])
    if short:
        raise NotEnoughMoney(
            what=f"{Money(pence=purchase.pence)} is {Money(pence=short)} more than is available",
            record=f"purchase {purchase.pk} of place {place.pk}", expected=f"at most {Money(pence=purchase.pence - short)}",
            mend="ask for less, or cancel another purchase first", short=short,
        )  # fmt: skip


def order(*, by: str, purchase: Purchase, on: date) -> Purchase:
    """Orders what was approved."""
    return _step(by, purchase, "ordered", on)


def deliver(*, by: str, purchase: Purchase, on: date, pence: int) -> Purchase:
    """Notes what was delivered, by its worth; what was not is available again. Refused: more than was approved."""
    if not 0 <= pence <= purchase.pence:
        raise WrongStep(
            what=f"{Money(pence=pence)} cannot be delivered", record=f"purchase {purchase.pk}",
            expected=f"from nothing to {Money(pence=purchase.pence)}", mend="ask for what is beyond it as another purchase",
        )  # fmt: skip
    return _step(by, purchase, "delivered", on, delivered_pence=pence)


def invoice(*, by: str, purchase: Purchase, on: date) -> Purchase:
    """Notes the invoice for what was delivered."""
    return _step(by, purchase, "invoiced", on)


def pay(*, by: str, purchase: Purchase, on: date) -> Purchase:
    """Notes the payment."""
    return _step(by, purchase, "paid", on)


def cancel(*, by: str, purchase: Purchase, on: date) -> Purchase:
    """Gives the purchase up before anything is delivered; the money is available again."""
    return _step(by, purchase, "cancelled", on)


def take_back(*, by: str, purchase: Purchase, step: str, on: date) -> Purchase:
    """The last step was kept by mistake: it has not happened, and can be kept anew. In the audit it stays.

    Refused: a step that is not the last one or is none of `codes.TAKEN_BACK`, a delivery of which it is told what it did, or
    whose freed money is bound since; and where the place, free again since, was given to another.
    """
    with recording(by=by, verb="budgets.take_back") as entry:
        list(Place.objects.select_for_update().order_by("pk"))
        now = Purchase.objects.select_related("place__referral").get(pk=purchase.pk)
        why = _not_taken_back(now, step, on)
        if why:
            raise NotTakenBack(
                what=why, record=f"purchase {now.pk}, {step}", expected="the last step, of a purchase whose money is still free",
                mend="look at the purchase again; an approval is cancelled, what was cancelled is asked for anew",
            )  # fmt: skip
        was = getattr(now, f"{step}_on")
        setattr(now, f"{step}_on", None)
        if step == "delivered":
            now.delivered_pence = None
        now.save()
        entry.about(now, person_id=now.place.referral.person_id)
        entry.details = {"step": step, "was": f"{was}"}
    return now


def _not_taken_back(now: Purchase, step: str, on: date) -> str:
    """Why the step cannot be taken back; "" where it can."""
    if step not in TAKEN_BACK or step_of(now) != step:
        return f"The purchase is {step_of(now)}, and {step or 'nothing'} cannot be taken back"
    if step == "delivered":
        others = [commitment_of(each) for each in now.place.purchases.exclude(pk=now.pk).order_by("pk")]
        if now.result:
            return "It is told what it did, so it was delivered"
        if shortfall(now.place.allocation, [*others, Commitment(pence=now.pence, approved_on=now.approved_on)]):
            return "The money that was freed is bound by another purchase since"
    places = current_pilot().service(SERVICE).places
    if places is not None and now.place_id not in {place.pk for place in taken(on)} and full_on(places, on):
        return "Her place was free again since, and is given to another"
    return ""


def _step(by: str, purchase: Purchase, step: str, on: date, delivered_pence: int | None = None) -> Purchase:
    with recording(by=by, verb=f"budgets.{step}") as entry:
        Place.objects.select_for_update().get(pk=purchase.place_id)
        now = _next(purchase, step, on)
        setattr(now, f"{step}_on", on)
        if delivered_pence is not None:
            now.delivered_pence = delivered_pence
        now.save()
        entry.about(now, person_id=now.place.referral.person_id)
    return now


def _next(purchase: Purchase, step: str, on: date) -> Purchase:
    """The purchase as it stands, if the step is its next one on that day; else refuses."""
    now = Purchase.objects.select_related("place__referral").get(pk=purchase.pk)
    done = [each for each in ("asked", *BEFORE) if getattr(now, f"{each}_on") is not None]
    last = "cancelled" if now.cancelled_on else done[-1]
    fits = last in ("asked", "approved", "ordered") if step == "cancelled" else BEFORE[step] == last
    since: date = getattr(now, f"{last}_on")
    if not fits or on < since:
        raise WrongStep(
            what=f"The purchase is {last} since {since} and cannot be {step} on {on}", record=f"purchase {now.pk}",
            expected=f"one that is {BEFORE.get(step, 'not delivered yet')}, and a day from then",
            mend="take the steps in their order",
        )  # fmt: skip
    return now


def record_purchases(frame: pl.DataFrame) -> None:
    """The loader of purchases bought elsewhere: a referral without a place gets one, from its acceptance."""
    rows = linked(Referral, frame, by="referral_source", to="referral")
    first = rows.group_by("referral").agg(asked_on=pl.col("asked_on").min())
    known = set(Place.objects.filter(referral__in=first["referral"].to_list()).values_list("referral_id", flat=True))
    accepted = referrals((SERVICE,)).select("referral", "accepted_on")
    new = first.filter(~pl.col("referral").is_in(list(known))).join(accepted, on="referral", how="left")
    allocation = pence_of(current_pilot().budgets.allocation)
    insert(Place, new.select("referral", allocation=pl.lit(allocation), opened_on=pl.coalesce("accepted_on", "asked_on")))
    places = dict(Place.objects.filter(referral__in=first["referral"].to_list()).values_list("referral_id", "pk"))
    placed = rows.with_columns(place=pl.col("referral").replace_strict(places, return_dtype=pl.Int64))
    stores(Purchase, fields={"pence": "amount", "delivered_pence": "delivered"})(placed)
