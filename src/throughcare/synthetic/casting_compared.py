"""What court reports are compared with: cases of the pilot's courts in the year before the service, and of other courts since.

They come from convictions that the lives hold anyhow, drawn from a stream of their own, so that nothing else moves. How long
such a case waited is invented, and the same everywhere: what the study finds in the demonstration is of the demonstration.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from random import Random

import polars as pl

from throughcare.core.dates import completed_years
from throughcare.core.pilot import Pilot
from throughcare.core.working_days import is_working_day
from throughcare.synthetic.casting_court_days import Days
from throughcare.synthetic.casting_hearings import qualifying
from throughcare.synthetic.casting_people import LAST, before
from throughcare.synthetic.lives import Life, Sanction

A_YEAR = timedelta(days=365)
ADULT = 18
ON_THE_DAY, LONGEST = 0.4, 45
"""How many are sentenced on the day of the plea, and after how many days the last of the others."""
FOUND_GUILTY = 0.1


def cast_compared(
    lives: Sequence[Life], *, seed: int, pilot: Pilot, casting: Mapping[str, pl.DataFrame]
) -> dict[str, pl.DataFrame]:
    """`courts` and `courts_assessments` as the first casting has them, the latter empty; nothing where no case is found."""
    service = pilot.service("court_reports")
    rng = Random(f"{seed}:casting:compared")
    places = dict.fromkeys(service.courts, (service.start - A_YEAR, service.start))
    places |= dict.fromkeys(pilot.comparison_courts, (service.start, LAST + timedelta(days=1)))
    found = [days for life in lives for days in _of_life(life, places, rng)]
    found.sort(key=lambda days: (days.attention_on, days.life))
    if not found:
        return {}
    courts = pl.DataFrame([asdict(each) for each in found], schema=casting["courts"].schema)
    return {"courts": courts, "courts_assessments": casting["courts_assessments"].clear()}


def _of_life(life: Life, places: dict[str, tuple[date, date]], rng: Random) -> Iterator[Days]:
    """A case for each conviction with its sentence at one of the courts, heard whole within the court's days."""
    for sanction in life.sanctions:
        start, end = places.get(sanction.court or "", (date.max, date.max))
        if sanction.sentence is None or not start <= sanction.on < end or not is_working_day(sanction.on):
            continue
        days = _days(life, sanction, rng)
        if days.attention_on >= start and completed_years(life.date_of_birth, days.attention_on) >= ADULT:
            yield days


def _days(life: Life, sanction: Sanction, rng: Random) -> Days:
    waited = 0 if rng.random() < ON_THE_DAY else 1 + int((LONGEST - 1) * rng.betavariate(1.2, 1.8))
    plea_on = before(sanction.on, waited)
    tried = before(plea_on, rng.randint(20, 35)) if rng.random() < FOUND_GUILTY else None
    given = sanction.sentence
    assert given is not None, "asked before"
    return Days(
        life=life.number, court=sanction.court or "", offence_code=qualifying(sanction), told_on=tried or plea_on, listed_on=None,
        no_report_reason="", plea="found_guilty" if tried else "guilty", plea_on=plea_on, not_guilty_on=tried, vacated_from=None,
        requested_on=None, delivered_on=None, late_reason="", sentenced_on=sanction.on, sentence=given.kind, months=given.months,
        enhanced=False,
    )  # fmt: skip
