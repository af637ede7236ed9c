"""What a synthetic life is: the whole truth about one invented person, from birth to the world's last known day.

Agency extracts are written from lives, so a life holds facts, never opinions: no score, no membership, no eligibility.
Spans are [start, end); `end` is None when the spell was still going on at the world's `until` date. Nothing dated
after `until` is in a life except a planned release date, which was known before it.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

UNTIL = date(2017, 2, 28)
"""The last day known in every world: the day before tagging began."""

DEMONSTRATION_DAY = UNTIL + timedelta(days=1)
"""Wednesday 1 March 2017: the day on which the demonstration stands still. What is dated later is planned, not told."""

Sex = Literal["M", "F"]
Disposal = Literal["conviction", "caution"]
SentenceKind = Literal["custody", "suspended", "community", "fine", "other"]
CustodyKind = Literal["remand", "sentenced"]
Agency = Literal["NPS", "CRC"]
SupervisionKind = Literal["custody", "licence", "pss", "community", "suspended"]


@dataclass(frozen=True, kw_only=True, slots=True)
class AddressSpell:
    """One main address. Spells follow each other without a gap; one goes on through custody (the home left behind)."""

    postcode: str
    borough: str
    start: date
    end: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ArrestEvent:
    """One arrest, whatever came of it; `offence_code` is the Home Office code it was made for."""

    on: date
    offence_code: str
    asn: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Offence:
    """One offence convicted of or cautioned for; exactly one of a sanction is the principal."""

    code: str
    committed_on: date
    principal: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class SentenceGiven:
    """The sentence for the whole appearance. Months is None where the sentence has no length (fine, other).

    The two release dates are None unless the sentence is custody; `released_on` is None too while not yet released.
    """

    kind: SentenceKind
    months: int | None
    release_planned_on: date | None
    released_on: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Sanction:
    """One day on which a caution was given or a court convicted. A caution has no court and no sentence."""

    on: date
    disposal: Disposal
    court: str | None
    offences: tuple[Offence, ...]
    sentence: SentenceGiven | None


@dataclass(frozen=True, kw_only=True, slots=True)
class CustodySpell:
    """A stay in one prison. A transfer ends one spell and starts the next on the same day; a recall is `sentenced`."""

    prison: str
    kind: CustodyKind
    start: date
    end: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class SupervisionSpell:
    """Management by NPS or CRC. At most one at a time: custody before licence before post-sentence supervision
    before a suspended sentence order before a community order. `office_borough` is where the supervising office is.
    """

    agency: Agency
    kind: SupervisionKind
    start: date
    end: date | None
    office_borough: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Life:
    """One invented person. Every tuple is in date order. `prison_number` is None for who was never in prison."""

    number: int
    forenames: str
    surname: str
    sex: Sex
    date_of_birth: date
    ethnicity: str
    crn: str
    pnc: str
    cro: str
    prison_number: str | None
    addresses: tuple[AddressSpell, ...]
    arrests: tuple[ArrestEvent, ...]
    sanctions: tuple[Sanction, ...]
    custody: tuple[CustodySpell, ...]
    supervision: tuple[SupervisionSpell, ...]
    needs: tuple[str, ...]
