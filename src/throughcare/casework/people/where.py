"""Where one person is on a day: in which prison, under what supervision, in which borough."""

from dataclasses import dataclass
from datetime import date

from throughcare.casework.people.models import Address, CustodySpell, Sentence, Supervision
from throughcare.casework.people.queries import on_the_day
from throughcare.rules.eligibility.facts import RESTRICTION

WORDS = {
    "custody": "Serving a sentence", "licence": "On licence", "pss": "On post-sentence supervision",
    "suspended": "On a suspended sentence order", "community": "On a community order",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Whereabouts:
    """Empty text and None: not known, or not so. `until`: of the supervision; None where it goes on."""

    prison: str
    prison_since: date | None
    on_remand: bool
    release_planned_on: date | None
    status: str
    agency: str
    until: date | None
    office: str
    borough: str
    postcode: str


def where(person: int, day: date) -> Whereabouts:
    """As the agencies told it, on the day. Of several supervisions the most restrictive; of two prisons the latest."""
    inside = CustodySpell.objects.filter(on_the_day(day), person=person).order_by("-start", "-pk").first()
    running = Supervision.objects.filter(on_the_day(day), person=person)
    managed = sorted(running, key=lambda s: RESTRICTION.get(s.kind, len(RESTRICTION)))
    home = Address.objects.filter(on_the_day(day), person=person).order_by("-start", "-pk").first()
    release = None
    if inside and inside.kind == "sentenced":
        imposed = (
            Sentence.objects.filter(person=person, kind="custody", imposed_on__lte=day).order_by("-imposed_on", "-pk").first()
        )
        release = imposed.release_planned_on if imposed else None
    first = managed[0] if managed else None
    return Whereabouts(
        prison=inside.prison if inside else "", prison_since=inside.start if inside else None,
        on_remand=bool(inside and inside.kind == "remand"), release_planned_on=release,
        status=WORDS.get(first.kind, first.kind) if first else "", agency=first.agency if first else "",
        until=first.end if first else None, office=first.office_borough if first else "",
        borough=home.borough if home else "", postcode=home.postcode if home else "",
    )  # fmt: skip
