"""Sending a person to several services at once: all of them or none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from throughcare.casework.audit.actions import recording
from throughcare.casework.people.models import Person
from throughcare.casework.referrals.actions import refer
from throughcare.casework.referrals.models import Referral


@dataclass(frozen=True, kw_only=True)
class Sending:
    """What goes to one service: to which provider of it, by which route, with what note, without which rows of the policy."""

    service: str
    provider: str
    route: str
    for_provider: str = ""
    withheld: Mapping[str, str] = field(default_factory=dict)


def send(
    *, by: str, person_id: int, sendings: Sequence[Sending], agreement: str, on: date, override: str = ""
) -> list[Referral]:
    """Refers the person to each of these services, in their order. One that is refused leaves none sent."""
    with recording(by=by, verb="referrals.send") as entry:
        sent = [
            refer(
                by=by, person_id=person_id, service=each.service, provider=each.provider, route=each.route, on=on,
                override=override, agreement=agreement, for_provider=each.for_provider, withheld=each.withheld,
            )
            for each in sendings
        ]  # fmt: skip
        entry.about(Person.objects.get(pk=person_id), person_id=person_id)
        entry.details = {"referrals": [referral.pk for referral in sent]}
    return sent


def check(*, person_id: int, sendings: Sequence[Sending], agreement: str, on: date, override: str = "") -> None:
    """Refuses what `send` would refuse, and leaves nothing: so that a mistake is told before the answers are checked."""
    with transaction.atomic():
        send(by="check", person_id=person_id, sendings=sendings, agreement=agreement, on=on, override=override)
        transaction.set_rollback(True)
