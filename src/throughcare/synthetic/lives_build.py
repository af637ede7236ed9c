"""Makes one synthetic life from its number. Any life can be made alone: it draws from random streams of its own.

The career (what OGRS reads) comes first and from its own stream, so that a change in how names or homes are drawn does
not change anybody's score.
"""

from dataclasses import dataclass, replace
from datetime import date
from random import Random

from throughcare.synthetic import lives_identifiers as identifiers
from throughcare.synthetic import names
from throughcare.synthetic.lives import ArrestEvent, Life, Offence, Sanction, SentenceGiven
from throughcare.synthetic.lives_career import Career, Outcome, Simulation
from throughcare.synthetic.lives_places import COURTS, CROWN_COURTS, side
from throughcare.synthetic.lives_sentencing import Term
from throughcare.synthetic.lives_spells import addresses, borough_on, custody, pick, supervision
from throughcare.synthetic.lives_traits import Traits, draw

NEEDS = {
    "accommodation": 0.45,
    "employment": 0.64,
    "finance": 0.48,
    "relationships": 0.38,
    "lifestyle": 0.66,
    "drugs": 0.58,
    "alcohol": 0.30,
    "wellbeing": 0.36,
    "thinking": 0.72,
    "attitudes": 0.56,
}
"""The pathways of need and how often each is found; invented but for employment, over 60% (interim evaluation)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Kin:
    """What a person of a family pair shares with the other: None where it is the person's own."""

    surname: str
    forenames: str | None
    sex: str | None
    born: date | None
    home: tuple[str, str]


def make_life(*, seed: int, number: int, until: date, kin: Kin | None = None) -> Life:
    """The whole life of a candidate number up to and on `until`."""
    traits = _shared(draw(Random(f"{seed}:{number}:traits"), number), kin)
    last = until.toordinal()
    career = Simulation(Random(f"{seed}:{number}:career"), traits, last).run()
    rng = Random(f"{seed}:{number}:places")
    homes = addresses(
        rng,
        born=traits.born,
        stays=career.stays,
        roaming=traits.roaming,
        until=last,
        home=kin.home if kin else None,
    )
    held = custody(rng, sex=traits.sex, born=traits.born, stays=career.stays, homes=homes, until=last)
    person = Random(f"{seed}:{number}:person")
    forenames, surname = names.forenames(person, traits.sex), names.surname(person)
    year = date.fromordinal(career.arrests[0][0]).year if career.arrests else until.year
    return Life(
        number=number,
        forenames=kin.forenames if kin and kin.forenames else forenames,
        surname=kin.surname if kin else surname,
        sex=traits.sex,
        date_of_birth=date.fromordinal(traits.born),
        ethnicity=traits.ethnicity,
        crn=identifiers.crn(seed, number),
        pnc=identifiers.pnc(seed, number, year),
        cro=identifiers.cro(seed, number, year),
        prison_number=identifiers.prison_number(seed, number) if held else None,
        addresses=homes,
        arrests=_arrests(number, career),
        sanctions=tuple(
            _sanction(rng, outcome, side(borough_on(homes, date.fromordinal(outcome.on))), last) for outcome in career.outcomes
        ),
        custody=held,
        supervision=supervision(obligations=career.obligations, homes=homes, adult_from=_eighteenth(traits.born), until=last),
        needs=tuple(need for need, share in NEEDS.items() if person.random() < share),
    )


def _shared(traits: Traits, kin: Kin | None) -> Traits:
    """The traits with what the family fixes; the onset keeps its age."""
    if kin is None:
        return traits
    born = kin.born.toordinal() if kin.born else traits.born
    sex = traits.sex if kin.sex is None else "F" if kin.sex == "F" else "M"
    return replace(traits, sex=sex, born=born, onset=born + traits.onset - traits.born)


def _eighteenth(born: int) -> int:
    day = date.fromordinal(born)
    leap = (day.month, day.day) == (2, 29)
    return date(day.year + 18, 3 if leap else day.month, 1 if leap else day.day).toordinal()


def _arrests(number: int, career: Career) -> tuple[ArrestEvent, ...]:
    events = []
    for order, (day, code) in enumerate(career.arrests):
        on = date.fromordinal(day)
        events.append(ArrestEvent(on=on, offence_code=code, asn=identifiers.asn(number, on.year, order)))
    return tuple(events)


def _sanction(rng: Random, outcome: Outcome, area: str, until: int) -> Sanction:
    """The sanction as a life keeps it; the first charge is the principal."""
    court = None
    if outcome.disposal == "conviction":
        grave = outcome.charges[0].kind.crown and outcome.term is not None and (outcome.term.months or 0) >= 6
        court = pick(rng, CROWN_COURTS[area] if grave else COURTS[area])
    return Sanction(
        on=date.fromordinal(outcome.on),
        disposal=outcome.disposal,
        court=court,
        offences=tuple(
            Offence(code=charge.code, committed_on=date.fromordinal(charge.committed), principal=order == 0)
            for order, charge in enumerate(outcome.charges)
        ),
        sentence=_given(outcome.term, until) if outcome.term else None,
    )


def _given(term: Term, until: int) -> SentenceGiven:
    planned = date.fromordinal(term.release) if term.release is not None else None
    released = planned if term.release is not None and term.release <= until else None
    return SentenceGiven(kind=term.kind, months=term.months, release_planned_on=planned, released_on=released)
