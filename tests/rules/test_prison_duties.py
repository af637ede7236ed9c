"""What is owed to somebody in prison, by when, and what closes it: a table."""

from datetime import date

import pytest

from throughcare.core.pilot_work import PrisonDuty
from throughcare.rules.prison_duties import Facts, duties

DUTIES = {
    "notify": PrisonDuty(task="notify_manager", working_days=2), "refer": PrisonDuty(task="refer", working_days=15),
    "discuss": PrisonDuty(task="case_discussion", before="release", weeks=8),
    "panel": PrisonDuty(task="feed_back_to_panel", before="panel"),
}  # fmt: skip
IN = date(2017, 2, 3)  # a Friday


def d(month: int, day: int) -> date:
    return date(2017, month, day)


CASES = [
    # duty | facts besides the reception on 3 February | today | due on, done on (None: nothing is owed)
    ("notify", {}, d(2, 3), (d(2, 7), None)),
    ("notify", {"done": {"notify_manager": [d(2, 6)]}}, d(3, 1), (d(2, 7), d(2, 6))),
    ("notify", {"done": {"notify_manager": [d(2, 2)]}}, d(3, 1), (d(2, 7), None)),  # of an earlier stay
    ("notify", {"done": {"notify_manager": [d(2, 20), d(2, 8)]}}, d(3, 1), (d(2, 7), d(2, 8))),  # late, and done
    ("notify", {"referred": [d(2, 6)]}, d(3, 1), (d(2, 7), None)),
    ("refer", {"referred": [d(2, 10)]}, d(3, 1), (d(2, 24), d(2, 10))),  # closed by the referral itself
    ("refer", {"referred": [d(1, 10)]}, d(3, 1), (d(2, 24), None)),
    ("discuss", {}, d(3, 1), None),  # no release is planned
    ("discuss", {"release_on": d(9, 1)}, d(3, 1), None),  # due on 7 July, and not yet begun
    ("discuss", {"release_on": d(5, 24)}, d(3, 1), (d(3, 29), None)),
    ("discuss", {"release_on": d(5, 24), "done": {"case_discussion": [d(2, 28)]}}, d(3, 1), (d(3, 29), None)),  # too early
    ("discuss", {"release_on": d(5, 24), "done": {"case_discussion": [d(3, 1)]}}, d(3, 1), (d(3, 29), d(3, 1))),
    ("discuss", {"release_on": d(3, 10)}, d(3, 1), (d(2, 7), None)),  # less than eight weeks: two working days after reception
    ("discuss", {"release_on": d(2, 6)}, d(2, 3), None),  # out before it could be due
    ("panel", {}, d(3, 1), None),
    ("panel", {"panel_on": d(3, 6)}, d(3, 1), (d(3, 3), None)),
    ("panel", {"panel_on": d(3, 6), "done": {"feed_back_to_panel": [d(2, 20)]}}, d(3, 1), (d(3, 3), d(2, 20))),
    ("panel", {"panel_on": d(3, 6), "done": {"feed_back_to_panel": [d(1, 20)]}}, d(3, 1), (d(3, 3), None)),  # for another panel
]  # fmt: skip


@pytest.mark.parametrize(("duty", "facts", "day", "expected"), CASES)
def test_what_is_owed(duty, facts, day, expected):
    found = duties([DUTIES[duty]], Facts(received_on=IN, **{"done": {}, **facts}), day=day)
    assert [(each.due_on, each.done_on) for each in found] == ([expected] if expected else [])
