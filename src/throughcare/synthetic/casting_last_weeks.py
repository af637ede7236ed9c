"""Casts January and February 2017: what has been done and what waits on the day on which the demonstration stands.

The lives go on to the end of February, and so do the services. The first casting is finished before and is not touched.
"""

from collections.abc import Mapping, Sequence

import polars as pl

from throughcare.synthetic.casting_last_weeks_contact import cast_contact
from throughcare.synthetic.casting_last_weeks_courts import cast_courts
from throughcare.synthetic.casting_last_weeks_custody import cast_custody, cast_policing
from throughcare.synthetic.casting_last_weeks_people import weeks
from throughcare.synthetic.casting_last_weeks_referrals import cast_referrals
from throughcare.synthetic.lives import Life


def cast_last_weeks(lives: Sequence[Life], *, seed: int, casting: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Frames as the first casting has them, with `courts_lists`, `out_today` and `<strand>_carried_on` besides.

    Needs a casting of every strand, and the caseloads: it is made for the pilot's world alone.
    """
    known = weeks(lives, seed=seed, casting=casting)
    return {
        **cast_courts(known),
        **cast_referrals(known),
        **cast_contact(known),
        **cast_custody(known),
        **cast_policing(known),
    }
