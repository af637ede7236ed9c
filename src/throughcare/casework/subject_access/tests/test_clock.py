"""By which day a request is answered: a table of days, as the Information Commissioner counts them."""

from datetime import date

import pytest

from throughcare.casework.subject_access.clock import due_on, starts_on

TABLE = """
received    proof asked  proof came   longer  due         because
2017-03-01  -            -            no      2017-04-03  the 1st of April is a Saturday
2016-01-29  -            -            no      2016-02-29  the same day of a leap year's February
2017-01-29  -            -            no      2017-02-28  February has no 29th: its last day
2017-01-31  -            -            no      2017-02-28  nor a 31st
2016-08-31  -            -            no      2016-09-30  September has no 31st
2016-11-25  -            -            no      2016-12-28  the 25th is Christmas on a Sunday, the 26th and 27th are holidays
2017-03-14  -            -            no      2017-04-18  the 14th is Good Friday, the 17th Easter Monday
2017-03-06  -            -            no      2017-04-06  a Thursday
2017-03-06  -            -            yes     2017-06-06  three months in all
2016-11-30  -            -            yes     2017-02-28  three months after the 30th of November
2017-03-06  2017-03-08   2017-03-20   no      2017-04-20  from the day of the proof
2017-03-06  2017-03-08   2017-03-20   yes     2017-06-20  and three months from it
2017-03-06  2017-03-08   -            no      -           it does not run while proof is awaited
"""
ROWS = [line.split(None, 5) for line in TABLE.strip().splitlines()[1:]]


def day(text: str) -> date | None:
    return None if text == "-" else date.fromisoformat(text)


@pytest.mark.parametrize("received, asked, proof, longer, due, because", ROWS, ids=[row[5] for row in ROWS])
def test_the_last_day(received, asked, proof, longer, due, because):
    start = starts_on(received=date.fromisoformat(received), proof_asked=day(asked), proof=day(proof))
    assert (due_on(start, longer=longer == "yes") if start else None) == day(due)
