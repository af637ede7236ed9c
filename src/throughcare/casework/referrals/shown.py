"""What every page of a referral begins with: the referral, its person, and the row that it discloses."""

from typing import Any

from django.http import HttpRequest

from throughcare.casework.people.names import named
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.models import Referral
from throughcare.casework.referrals.reasons import words_of
from throughcare.casework.referrals.transitions import TABLE


def person_of(referral: int) -> int:
    """The person referred. KeyError where there is no such referral."""
    return find(referral).person_id


def row_of(referral: int) -> str:
    """The row that telling of this referral discloses: that of its service."""
    return f"service:{find(referral).service}"


def find(number: int) -> Referral:
    found = Referral.objects.filter(pk=number).first()
    if found is None:
        raise KeyError(number)
    return found


def base(request: HttpRequest, found: Referral, events: list[Any]) -> dict[str, Any]:
    pilot = current_pilot()
    whole = "identity" in request.rows
    state = TABLE[events[-1].state if events else "sent"]
    return {
        "referral": found, "state": state, "service": pilot.service(found.service).name,
        "provider": next((p.name for p in pilot.providers if p.slug == found.provider), ""),
        "events": [(event, TABLE[event.state].shown, words_of(event.reason) if event.reason else "") for event in events],
        "person": named([request.person], known=[request.person] if whole else [])[request.person],
    }  # fmt: skip
