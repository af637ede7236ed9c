"""Where one person is on a day: in which prison, under what supervision, in which borough."""

from dataclasses import dataclass
from datetime import date

from throughcare.casework.frames import about
from throughcare.casework.people.models import Address, CustodySpell, Sentence, Supervision
from throughcare.casework.people.queries import latest, running
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
    inside = next(reversed(running(about(CustodySpell, person), day)), None)
    home = next(reversed(running(about(Address, person), day)), None)
    managed = running(about(Supervision, person), day)
    first = min(managed, key=lambda s: (RESTRICTION.get(s.kind, len(RESTRICTION)), s.pk), default=None)
    release = None
    if inside and inside.kind == "sentenced":
        imposed = [sentence for sentence in about(Sentence, person) if sentence.kind == "custody"]
        last = latest(imposed, day, dated="imposed_on")
        release = last.release_planned_on if last else None
    return Whereabouts(
        prison=inside.prison if inside else "", prison_since=inside.start if inside else None,
        on_remand=bool(inside and inside.kind == "remand"), release_planned_on=release,
        status=WORDS.get(first.kind, first.kind) if first else "", agency=first.agency if first else "",
        until=first.end if first else None, office=first.office_borough if first else "",
        borough=home.borough if home else "", postcode=home.postcode if home else "",
    )  # fmt: skip
