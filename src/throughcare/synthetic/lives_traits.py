"""What a synthetic person is like before anything happens: sex, birth, onset, pace and pattern of offending.

The mixture of ages is that of a prolific caseload (more than a third under 26); the pace is a gamma over people. Both
are starting points for the fit, which chooses among lives; no figure is copied from them.
"""

from dataclasses import dataclass
from datetime import date
from random import Random

from throughcare.synthetic.lives import Sex
from throughcare.synthetic.lives_offences import PROFILE_SHARES

AGE_REFERENCE = date(2015, 12, 31)
AGE_BANDS = {(17, 18): 4, (18, 26): 27, (26, 35): 26, (35, 50): 34, (50, 67): 9}
ETHNICITIES = {"White": 44, "Black": 31, "Mixed": 10, "Asian": 12, "Other": 3}

FIRST_NUMBER = 1_001
"""Candidates from here on are drawn from the mixture; below are the two purposely extreme kinds."""

YOUNG_PERSISTENT = range(1, 101)
"""Young men convicted again and again to short terms: a score of 98 hardly arises by chance."""

OLDEST = range(101, 141)
"""People of 69 who have never stopped: the oldest of the cohort."""


NEVER = date(2100, 1, 1).toordinal()


@dataclass(frozen=True, kw_only=True, slots=True)
class Traits:
    """`onset` is the day from which the person may be arrested; `pace` arrests a year at the peak while free;
    `charged` the chance that an arrest is charged; `quiet` the chance to stop for a while at each turning point;
    `settled` and `resumes` the days between which arrests are rare; `severity` raises or lowers the chance and length of
    prison; `roaming` address moves a year.
    """

    sex: Sex
    born: int
    onset: int
    pace: float
    charged: float
    quiet: float
    settled: int
    resumes: int
    severity: float
    profile: str
    roaming: float
    high_risk: bool
    ethnicity: str


def draw(rng: Random, number: int) -> Traits:
    """The traits of a candidate number: extreme kinds for the low numbers, the mixture for the rest."""
    if number in YOUNG_PERSISTENT:
        return _extreme(rng, age=19, onset=(10.1, 11.5), pace=(9.0, 12.0), charged=0.88, severity=0.45)
    if number in OLDEST:
        return _extreme(rng, age=69, onset=(11.0, 14.0), pace=(7.0, 10.0), charged=0.62, severity=0.8)
    return _ordinary(rng)


def _ordinary(rng: Random) -> Traits:
    sex: Sex = "F" if rng.random() < 0.12 else "M"
    low, high = rng.choices(list(AGE_BANDS), weights=list(AGE_BANDS.values()))[0]
    born = _born(rng, low, high)
    profile = _one(rng, PROFILE_SHARES[sex])
    onset_age = 10 + rng.gammavariate(2.3, 2.4) + (1.2 if sex == "F" else 0.0)
    young = high <= 26
    settled = _settled(rng)
    return Traits(
        sex=sex,
        born=born,
        onset=born + int(onset_age * 365.25),
        pace=rng.gammavariate(4.0, 1.5) * (1.7 if young else 1.3 if high <= 35 else 0.8),
        charged=min(0.85, max(0.25, rng.gauss(0.54, 0.10))),
        quiet=rng.choice((0.02, 0.05, 0.10, 0.20)),
        settled=settled,
        resumes=settled + rng.randint(400, 1400) if rng.random() < 0.6 else NEVER,
        severity=rng.choice((0.8, 1.1, 1.4, 1.7)),
        profile=profile,
        roaming=rng.choice((0.08, 0.15, 0.3)),
        high_risk=rng.random() < 0.22,
        ethnicity=_one(rng, ETHNICITIES),
    )


def _extreme(
    rng: Random, *, age: int, onset: tuple[float, float], pace: tuple[float, float], charged: float, severity: float
) -> Traits:
    """A man of one age on the reference day who thieves without a pause: often convicted, to short terms."""
    born = _born(rng, age, age + 1)
    return Traits(
        sex="M",
        born=born,
        onset=born + int(rng.uniform(*onset) * 365.25),
        pace=rng.uniform(*pace),
        charged=charged,
        quiet=0.0,
        settled=NEVER,
        resumes=NEVER,
        severity=severity,
        profile="thief",
        roaming=0.08,
        high_risk=False,
        ethnicity=_one(rng, ETHNICITIES),
    )


def _settled(rng: Random) -> int:
    """Seven in ten settle for some years, at some time from four years before the reference day to a year after it.

    Without it six in seven of the supervised would have been convicted within a year, against almost 60% of the cohort.
    """
    if rng.random() < 0.3:
        return NEVER
    return AGE_REFERENCE.toordinal() + rng.randint(-4 * 365, 300)


def _born(rng: Random, low: int, high: int) -> int:
    """A birth day giving an age of low up to (not including) high on the reference day."""
    newest = date(AGE_REFERENCE.year - low, 12, 31).toordinal()
    oldest = date(AGE_REFERENCE.year - high, 12, 31).toordinal() + 1
    return rng.randint(oldest, newest)


def _one(rng: Random, weights: dict[str, float] | dict[str, int]) -> str:
    return rng.choices(list(weights), weights=list(weights.values()))[0]
