"""How one score is made: what each input adds to it, beside a person of reference, on the logit scale and in points.

The logit of the score is the reference's logit plus the contributions, exactly. A contribution in points of a hundred is its
share of the way from the reference's rate to the person's: the integral of the curve along the straight line between the two
(Aumann and Shapley), so points have the sign of what they stand for, add up, and do not hang on an order of the inputs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import exp, log
from typing import Any

from throughcare.rules.ogrs3.parameters import Parameters
from throughcare.rules.ogrs3.terms import CAREER_OFFSET

REFERENCE = "a man of 25 to 29, found guilty of violence, whose fifth sanction it is in ten years"
REFERENCE_SANCTIONS, REFERENCE_YEARS, REFERENCE_AGE = 5, 10, 25
INPUTS = ("copas", "age_sex", "offence", "history")
NEGLIGIBLE = 1e-9
OFFENCES: Mapping[str, str] = {
    "violence": "violence", "robbery": "robbery", "public_order": "public order",
    "sexual_not_child": "a sexual offence, not against a child", "sexual_child": "a sexual offence against a child",
    "soliciting_prostitution": "soliciting or prostitution", "burglary_domestic": "burglary of a home",
    "burglary_other": "burglary, not of a home", "theft_non_motor": "theft, not of or from a vehicle",
    "handling_stolen_goods": "handling stolen goods", "fraud_forgery": "fraud or forgery",
    "absconding_bail": "absconding or a bail offence", "taking_driving_away": "taking and driving away",
    "theft_from_vehicle": "theft from a vehicle", "other_motoring": "another motoring offence",
    "drink_driving": "drink driving", "criminal_damage": "criminal damage",
    "drug_import_export_production": "import, export or production of drugs",
    "drug_possession_supply": "possession or supply of drugs", "other": "another offence",
}  # fmt: skip
"""The twenty groups, as a sentence has them."""


@dataclass(frozen=True, kw_only=True)
class Contribution:
    """One input: `words` as this person has it, `logit` beside the reference's, `points` of a hundred."""

    name: str
    words: str
    logit: float
    points: float


@dataclass(frozen=True, kw_only=True)
class Explained:
    """One year's score: `logit` is `reference_logit` and the contributions'; `rate` and `reference_rate` are of a hundred."""

    years: int
    logit: float
    rate: float
    reference_logit: float
    reference_rate: float
    contributions: tuple[Contribution, ...]

    @property
    def raises(self) -> tuple[Contribution, ...]:
        """What makes it higher than the reference's, the most first."""
        return tuple(sorted((c for c in self.contributions if c.logit > NEGLIGIBLE), key=lambda c: -c.logit))

    @property
    def lowers(self) -> tuple[Contribution, ...]:
        """What makes it lower, the most first."""
        return tuple(sorted((c for c in self.contributions if c.logit < -NEGLIGIBLE), key=lambda c: c.logit))


def explain(working: Mapping[str, Any], *, parameters: Parameters, years: int) -> Explained:
    """How the score of a row of `workings` is made, of one year or of two. Of a row that was refused nothing can be told."""
    constant = parameters.constant_1y if years == 1 else parameters.constant_2y
    usual = _reference(parameters)
    beside = {name: working[name] - usual[name] for name in INPUTS}
    reference_logit = constant + sum(usual.values())
    logit = reference_logit + sum(beside.values())
    each = _points_a_logit(reference_logit, logit)
    words = _words(working)
    told = (Contribution(name=n, words=words[n], logit=beside[n], points=beside[n] * each) for n in INPUTS)
    return Explained(
        years=years, logit=logit, rate=100 * _rate(logit), reference_logit=reference_logit,
        reference_rate=100 * _rate(reference_logit), contributions=tuple(told),
    )  # fmt: skip


def band_birthdays(born: date, *, after: date, parameters: Parameters) -> tuple[date, ...]:
    """The later days on which the person comes into another band of age: of 29 February 1 March in common years."""
    days = (_birthday(born, age) for age in parameters.age_sex["M"])
    return tuple(day for day in days if day > after)


def _birthday(born: date, age: int) -> date:
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


def _reference(parameters: Parameters) -> dict[str, float]:
    rate = REFERENCE_SANCTIONS / (CAREER_OFFSET + REFERENCE_YEARS)
    return {
        "copas": parameters.copas * log(rate), "age_sex": parameters.age_sex["M"][REFERENCE_AGE],
        "offence": parameters.offence["violence"], "history": parameters.repeat_sanction,
    }  # fmt: skip


def _points_a_logit(start: float, end: float) -> float:
    """Points of a hundred for one unit of the logit, on the way between the two; where they are one, the curve's slope there."""
    if abs(end - start) > NEGLIGIBLE:
        return 100 * (_rate(end) - _rate(start)) / (end - start)
    return 100 * _rate(start) * (1 - _rate(start))


def _rate(logit: float) -> float:
    return 1 / (1 + exp(-logit))


def _words(working: Mapping[str, Any]) -> dict[str, str]:
    """Each input in the field's words, as this person has it."""
    sanctions, years = working["sanctions"], working["age_at_conviction"] - working["age_at_first"]
    over = f"in {years} year{'' if years == 1 else 's'}" if years else "within a year"
    times = f"{sanctions} court appearances and cautions" if sanctions > 1 else "one court appearance"
    who = "man" if working["sex"] == "M" else "woman"
    return {
        "copas": f"{times} {over}",
        "age_sex": f"a {who} aged {working['age_at_followup']}",
        "offence": f"the latest offence is {OFFENCES[working['offence_group']]}",
        "history": "sanctioned before" if sanctions > 1 else "never sanctioned before",
    }
