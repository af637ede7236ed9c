"""Run by itself on a home: every measure's figures beside the lists behind them, of the whole pilot and of one role's part.

Prints JSON: where a list and its figure differ, how many figures were asked for, and how many people the role was given.
"""

import json
from datetime import date

import django

PERIOD_OF_THE_REPORT = (date(2016, 2, 6), date(2017, 1, 1))


def main(role: str) -> dict[str, object]:
    """Django first: what is asked for needs it to be ready."""
    from tests.listing import difference, listed_by
    from throughcare.casework.frames import reading_once
    from throughcare.casework.pilot import current_pilot
    from throughcare.core.pilot import Period
    from throughcare.measures.all_measures import all_measures
    from throughcare.measures.calculate import Run, calculate

    start, end = PERIOD_OF_THE_REPORT
    period, run = Period(start=start, end=end), Run()
    with reading_once():
        every = [(m, r) for m in all_measures() for r in calculate(m, pilot=current_pilot(), period=period, run=run)]
        unlike = [told for m, r in every if (told := difference(m, r, period, run))]
        theirs, given = listed_by(role, period)
    return {"unlike": [*unlike, *theirs], "figures": len(every), "given": given}


if __name__ == "__main__":
    django.setup()
    print(json.dumps(main("iom-coordinator")))
