"""The state of a case's report, from its facts. 6 June 2016 is a Monday."""

from datetime import date

import pytest

from throughcare.rules.report_state import STATES, Asked, state

# reports (requested[-begun][-delivered] by the day of June) | clock | not needed | sentenced | as at | state
TABLE = """
            | none | no  | none | 10 | no_clock
            | 6    | no  | none | 10 | needed
            | 6    | yes | none | 10 | not_needed
            | 6    | no  | 9    | 10 | not_needed
            | 6    | no  | 11   | 10 | needed
6 _ _       | 6    | no  | none | 10 | requested
6 _ _       | 6    | no  | none | 5  | needed
6 7 _       | 6    | no  | none | 10 | in_progress
6 7 _       | 6    | no  | none | 6  | requested
6 7 9       | 6    | no  | none | 10 | delivered
6 7 9       | 6    | no  | none | 8  | in_progress
6 _ 9       | 6    | yes | none | 10 | delivered
6 _ _       | none | no  | none | 10 | requested
6 _ _       | 6    | yes | none | 10 | not_needed
6 _ 7,8 _ _ | 6    | no  | none | 10 | delivered
"""


def day(told: str) -> date | None:
    return None if told in ("none", "_") else date(2016, 6, int(told))


@pytest.mark.parametrize("line", TABLE.strip("\n").splitlines())
def test_the_state_follows_from_the_facts(line):
    reports, clock, not_needed, sentenced, as_at, expected = (cell.strip() for cell in line.split("|"))
    asked = []
    for told in filter(None, reports.split(",")):
        requested, started, delivered = map(day, told.split())
        asked.append(Asked(requested_on=requested, started_on=started, delivered_on=delivered))
    found = state(asked, clock_on=day(clock), not_needed=not_needed == "yes", sentenced_on=day(sentenced), as_at=day(as_at))
    assert found == expected and found in STATES
