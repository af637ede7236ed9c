"""The clock of a court report, by the worked examples of the pilot's definitions. 6 June 2016 is a Monday."""

from datetime import date

import pytest

from throughcare.core.errors import DateError
from throughcare.rules.report_clock import Plea, clock_day, delivery, running

LIMIT = 5


def pleas_of(told: str) -> list[Plea]:
    """From words such as "not_guilty 2016-06-01; guilty 2016-06-20 vacated 2016-06-22"."""
    made = []
    for each in filter(None, told.split("; ")):
        plea, entered, *vacated = each.replace(" vacated", "").split()
        made.append(
            Plea(
                plea=plea,
                entered_on=date.fromisoformat(entered),
                vacated_on=date.fromisoformat(vacated[0]) if vacated else None,
            )
        )
    return made


# pleas | delivered | days | working days | on the day | within five
DELIVERED = """
guilty 2016-06-06                                                  | 2016-06-06 | 0 | 0 | yes | yes
guilty 2016-06-06                                                  | 2016-06-11 | 5 | 4 | no  | yes
guilty 2016-06-06                                                  | 2016-06-12 | 6 | 4 | no  | no
guilty 2016-12-22                                                  | 2016-12-28 | 6 | 2 | no  | no
not_guilty 2016-06-01; guilty 2016-06-20                           | 2016-06-24 | 4 | 4 | no  | yes
not_guilty 2016-06-01; found_guilty 2016-06-20                     | 2016-06-24 | 4 | 4 | no  | yes
guilty 2016-06-01; guilty 2016-06-20                               | 2016-06-24 | 23 | 17 | no | no
guilty 2016-06-01 vacated 2016-06-10; guilty 2016-06-20            | 2016-06-24 | 4 | 4 | no  | yes
guilty 2016-06-01 vacated 2016-06-10; guilty 2016-06-20            | 2016-06-03 | 2 | 2 | no  | yes
guilty 2016-06-01 vacated 2016-06-10; found_guilty 2016-06-24      | 2016-06-24 | 0 | 0 | yes | yes
"""


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


@pytest.mark.parametrize(("pleas", "delivered", "days", "working", "on_the_day", "within"), rows(DELIVERED))
def test_a_delivered_report(pleas, delivered, days, working, on_the_day, within):
    found = delivery(pleas_of(pleas), delivered_on=date.fromisoformat(delivered), limit=LIMIT)
    assert found is not None
    assert (found.days, found.working_days) == (int(days), int(working))
    assert (found.on_the_day, found.within_limit) == (on_the_day == "yes", within == "yes")


NO_CLOCK = """
                                                        | 2016-06-06 | no plea at all
not_guilty 2016-06-01                                   | 2016-06-06 | not guilty starts nothing
guilty 2016-06-07                                       | 2016-06-06 | delivered before the plea
guilty 2016-06-01 vacated 2016-06-10                    | 2016-06-12 | the vacated plea stopped it
guilty 2016-06-01 vacated 2016-06-10                    | 2016-06-10 | stopped from the day of the vacation on
guilty 2016-06-01 vacated 2016-06-10; guilty 2016-06-20 | 2016-06-15 | between the two
"""


@pytest.mark.parametrize(("pleas", "delivered", "because"), rows(NO_CLOCK))
def test_no_clock_ran_on_the_day_of_delivery(pleas, delivered, because):
    assert delivery(pleas_of(pleas), delivered_on=date.fromisoformat(delivered), limit=LIMIT) is None, because


# pleas | as at | clock day ("" for none)
CLOCK = """
guilty 2016-06-01 vacated 2016-06-10; guilty 2016-06-20 | 2016-06-09 | 2016-06-01
guilty 2016-06-01 vacated 2016-06-10; guilty 2016-06-20 | 2016-06-10 |
guilty 2016-06-01 vacated 2016-06-10; guilty 2016-06-20 | 2016-06-20 | 2016-06-20
guilty 2016-06-01 vacated 2016-06-10; guilty 2016-06-20 |            | 2016-06-20
guilty 2016-06-01 vacated 2016-06-10                    |            |
guilty 2016-06-01; found_guilty 2016-06-20              |            | 2016-06-01
guilty 2016-06-01 vacated 2016-06-01                    | 2016-06-01 |
"""


@pytest.mark.parametrize(("pleas", "as_at", "day"), rows(CLOCK))
def test_the_clock_day(pleas, as_at, day):
    as_at = date.fromisoformat(as_at) if as_at else None
    assert str(clock_day(pleas_of(pleas), as_at=as_at) or "") == day


def test_a_corrected_plea_date_moves_the_clock():
    before = delivery(pleas_of("guilty 2016-06-01"), delivered_on=date(2016, 6, 10), limit=LIMIT)
    after = delivery(pleas_of("guilty 2016-06-08"), delivered_on=date(2016, 6, 10), limit=LIMIT)
    assert before and after
    assert [before.days, after.days] == [9, 2]


# plea | as at | day of the clock | due | last working day | overdue
RUNNING = """
guilty 2016-06-06 | 2016-06-06 | 0 | 2016-06-11 | 2016-06-10 | no
guilty 2016-06-06 | 2016-06-11 | 5 | 2016-06-11 | 2016-06-10 | no
guilty 2016-06-06 | 2016-06-12 | 6 | 2016-06-11 | 2016-06-10 | yes
guilty 2016-12-22 | 2016-12-23 | 1 | 2016-12-27 | 2016-12-23 | no
"""


@pytest.mark.parametrize(("pleas", "as_at", "days", "due", "last", "overdue"), rows(RUNNING))
def test_a_running_clock(pleas, as_at, days, due, last, overdue):
    found = running(pleas_of(pleas), as_at=date.fromisoformat(as_at), limit=LIMIT)
    assert found is not None
    assert (found.days, str(found.due_on), str(found.last_working_day)) == (int(days), due, last)
    assert found.overdue == (overdue == "yes")


def test_a_saturday_court_with_no_limit_to_spare_is_due_on_the_day_itself():
    found = running(pleas_of("guilty 2016-06-11"), as_at=date(2016, 6, 11), limit=1)
    assert found is not None
    assert (found.due_on, found.last_working_day) == (date(2016, 6, 12), date(2016, 6, 11))


def test_no_clock_runs_without_a_standing_plea_of_guilt():
    assert running(pleas_of("not_guilty 2016-06-01"), as_at=date(2016, 6, 2), limit=LIMIT) is None


def test_a_plea_vacated_before_it_was_entered_is_refused():
    with pytest.raises(DateError, match="vacated before it is entered"):
        pleas_of("guilty 2016-06-10 vacated 2016-06-09")
