"""Which services are for a person today, which nearly, which not, and to which they are referred already."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from throughcare.casework.access.policy import PROVIDER_ROLES, policy
from throughcare.casework.access.reader import Reader
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.checks import clashes_of
from throughcare.casework.referrals.models import AGREEMENTS, ROUTES, Referral
from throughcare.casework.referrals.queries import open_of
from throughcare.casework.referrals.reach import PATHWAYS
from throughcare.casework.referrals.standing import REQUIREMENT, standing_of
from throughcare.core.contracts import Decision
from throughcare.core.pilot import Pilot, Service
from throughcare.rules.eligibility.services import Standing, almost, fits


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A service and the person: why it is for them, or not; `route` by which they would come; `clashes` in names.

    `nearly`: it begins later, or one thing that may change stands against it. `ordered`: it is for them only where the order has
    an activity requirement. `since`: of an open referral, when it was sent.
    """

    service: Service
    providers: tuple[str, ...]
    reasons: tuple[str, ...]
    route: str = ""
    ordered: bool = False
    nearly: bool = False
    changes_on: date | None = None
    clashes: tuple[str, ...] = ()
    since: date | None = None
    referral: int | None = None
    almost: str = ""


@dataclass(frozen=True, kw_only=True)
class Offers:
    """In the order in which they are best begun: what starts in custody first, since it goes on through the gate."""

    fit: tuple[Offer, ...]
    nearly: tuple[Offer, ...]
    not_fit: tuple[Offer, ...]
    referred: tuple[Offer, ...]


def offers(reader: Reader, person: int, rows: Collection[str]) -> Offers:
    """Every service by referral whose row is among these, as those that the reader may edit of the person."""
    pilot = current_pilot()
    known = [s for s in pilot.services if s.by_referral and reader.row_of(f"service:{s.slug}") in rows]
    standing = standing_of(person, reader.day, pilot=pilot, beyond=any(not service.members for service in known))
    in_hand = open_of(person)
    seen = {service.slug for service in known}
    told: dict[str, list[Offer]] = {"fit": [], "nearly": [], "not_fit": [], "referred": []}
    for service in sorted(known, key=lambda service: "custody" not in service.statuses):
        offer = _offer(service, pilot, standing, reader.day)
        clashes = clashes_of(service.slug, [slug for slug in in_hand if slug in seen])
        if already := in_hand.get(service.slug):
            told["referred"].append(replace(offer, since=already.sent_on, referral=already.pk))
        elif offer.route:
            told["fit"].append(replace(offer, clashes=clashes))
        else:
            told["nearly" if offer.nearly else "not_fit"].append(offer)
    return Offers(**{name: tuple(found) for name, found in told.items()})


def _offer(service: Service, pilot: Pilot, standing: Standing, day: date) -> Offer:
    decision, ordered = fits(service, standing, as_at=day, pilot=pilot), False
    if not decision.met:
        required = fits(service, replace(standing, requirement=True), as_at=day, pilot=pilot)
        decision, ordered = (required, True) if required.met else (decision, False)
    anybody = service.model_copy(update={"sex": None, "ages": None})
    may_change = len(decision.reasons) == 1 and not fits(anybody, standing, as_at=day, pilot=pilot).met
    providers = tuple(provider.slug for provider in pilot.providers if service.slug in provider.services)
    return Offer(
        service=service, providers=providers, reasons=decision.reasons, ordered=ordered,
        route=_route(service, standing, ordered=ordered) if decision.met else "", changes_on=_changes(decision),
        almost="" if decision.met else almost(service, standing, as_at=day, pilot=pilot),
        nearly=not decision.met and (decision.next_change_on is not None or may_change),
    )  # fmt: skip


def _changes(decision: Decision) -> date | None:
    return None if decision.met else decision.next_change_on


def _route(service: Service, standing: Standing, *, ordered: bool) -> str:
    """How the person comes to it, as far as it is known: from prison, by the order's requirement, on licence."""
    if ordered or (standing.requirement and set(service.under_requirement) & set(standing.statuses)):
        return REQUIREMENT
    held = {"custody": "through_the_gate", "licence": "licence"}
    return next((held[status] for status in standing.statuses if status in held), ROUTES[-1])


def clashes_among(chosen: Collection[Offer]) -> list[str]:
    """In words, each clash of the chosen services with one another and with those to which the person is referred."""
    found = []
    slugs = [offer.service.slug for offer in chosen]
    for place, offer in enumerate(chosen):
        others = (*offer.clashes, *clashes_of(offer.service.slug, slugs[place + 1 :]))
        found += [f"{offer.service.name} does not go together with {name}" for name in others]
    return found


def told_with(referral: Referral, reader: Reader) -> dict[str, Any]:
    """What the sender said with a referral. What was struck out is told to nobody who delivers services: it is not there."""
    delivers = bool(reader.roles & (PROVIDER_ROLES | PATHWAYS.keys()))
    struck = [] if delivers else [policy().rows[each.row] for each in referral.withheld.order_by("pk")]
    return {"agreement": AGREEMENTS.get(referral.agreement, ""), "note": referral.for_provider, "struck": struck}
