"""The directory: what the pilot file says of each service in words, the places taken, and how it has changed."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from throughcare.casework.referrals.models import ServiceVersion
from throughcare.casework.referrals.reach import not_long_over, with_state
from throughcare.core.dates import day_in_words
from throughcare.core.pilot import Pilot, Service
from throughcare.core.pilot_work import LocalService
from throughcare.rules.eligibility.services import for_whom, runs

TAKES_A_PLACE = ("accepted", "started", "on_hold")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One service as the directory tells it. `taken`: None where it has no limit of places, or nobody comes by referral."""

    service: Service
    by: tuple[str, ...]
    for_whom: tuple[str, ...]
    boroughs: tuple[str, ...]
    runs: bool
    taken: int | None
    next_start: date | None
    like: tuple[LocalService, ...]

    @property
    def left(self) -> int | None:
        """Places left; None where there is no limit, or it is not known who takes one."""
        known = self.service.places is not None and self.taken is not None
        return max(0, (self.service.places or 0) - (self.taken or 0)) if known else None


def directory(pilot: Pilot, day: date) -> list[Entry]:
    """Every service of the pilot, in the order of its file."""
    taken = _taken([service.slug for service in pilot.services if service.places is not None], day)
    return [
        Entry(
            service=service, by=providers(pilot, service), for_whom=for_whom(service, pilot=pilot),
            boroughs=service.boroughs or pilot.boroughs, runs=runs(service, day, pilot=pilot),
            taken=taken[service.slug] if service.by_referral and service.places is not None else None,
            next_start=min((start for start in service.next_starts if start >= day), default=None),
            like=tuple(local for local in pilot.local_services if local.like == service.slug),
        )
        for service in pilot.services
    ]  # fmt: skip


def providers(pilot: Pilot, service: Service) -> tuple[str, ...]:
    return tuple(provider.name for provider in pilot.providers if service.slug in provider.services)


def _taken(services: Sequence[str], day: date) -> Counter[str]:
    """By service of these, how many people have a referral that is accepted, started or on hold on the day."""
    there = with_state(day).filter(not_long_over(day), service__in=services)
    held = there.filter(state__in=TAKES_A_PLACE).values_list("service", "person").distinct()
    return Counter(service for service, _ in held)


def told_of(service: Service, pilot: Pilot) -> dict[str, str]:
    """What is published of the service, in words by heading: what a version of it is."""
    ends = service.end or pilot.life.end
    return {
        "Name": service.name,
        "By whom": ", ".join(providers(pilot, service)),
        "For whom": "; ".join(for_whom(service, pilot=pilot)),
        "What it involves": service.involves,
        "Where": service.where,
        "Boroughs": ", ".join(service.boroughs or pilot.boroughs),
        "Runs": f"from {day_in_words(service.start)} to before {day_in_words(ends)}",
        "Places": "no limit" if service.places is None else str(service.places),
        "Next groups": ", ".join(map(day_in_words, service.next_starts)),
        "In one borough": "; ".join(f"{borough}: {words}" for borough, words in service.variations.items()),
    }


@dataclass(frozen=True, kw_only=True)
class Change:
    """One version: from when, and by heading what was said before and since. Of the first, nothing was before."""

    on: date
    changed: tuple[tuple[str, str, str], ...]
    first: bool


def versions(service: str) -> list[Change]:
    """The versions of a service, the latest first."""
    kept = [(each.on, json.loads(each.told)) for each in ServiceVersion.objects.filter(service=service).order_by("on", "pk")]
    befores: Sequence[Mapping[str, str] | None] = [None, *(told for _, told in kept)]
    return [
        Change(on=on, changed=between(before or {}, told) if before is not None else (), first=before is None)
        for before, (on, told) in zip(befores, kept, strict=False)
    ][::-1]


def between(before: Mapping[str, str], now: Mapping[str, str]) -> tuple[tuple[str, str, str], ...]:
    headings = dict.fromkeys((*before, *now))
    return tuple((h, before.get(h, ""), now.get(h, "")) for h in headings if before.get(h, "") != now.get(h, ""))
