"""The figures of court lists, counted as every figure is: lists in time, names matched, prompts, and those that were false."""

from datetime import UTC, date, datetime

import pytest

from tests.strands.court_lists.test_actions import EXACT, POSSIBLE, STRANGER, a_list, match_of
from throughcare.casework.pilot import current_pilot
from throughcare.core.pilot import Period
from throughcare.measures.calculate import calculate
from throughcare.strands.courts.lists.actions import answer
from throughcare.strands.courts.lists.measures import MEASURES

THREE_DAYS = Period(start=date(2016, 6, 14), end=date(2016, 6, 17))


def figure(slug: str) -> float | None:
    (measure,) = [m for m in MEASURES if m.slug == slug]
    results = {r.group: r.value for r in calculate(measure, pilot=current_pilot(), period=THREE_DAYS)}
    return results["Thames"]


FIGURES = [
    # what is answered to the possible match; names matched, prompts, of these false, the share of those answered
    ("", 1, 1, 0, None), ("not_sure", 1, 1, 0, None), ("same", 2, 1, 0, 0), ("not", 1, 1, 1, 100),
]  # fmt: skip


@pytest.mark.parametrize(("said", "matched", "prompts", "false", "share"), FIGURES)
def test_prompts_and_those_that_were_false(known, listed, said, matched, prompts, false, share):
    listed(a_list(EXACT, POSSIBLE, STRANGER))
    if said:
        answer(by="officer", match=match_of("P").pk, answer=said)
    slugs = ("lists.matched", "lists.prompts", "lists.false_prompts", "lists.false_prompt_rate")
    assert [figure(slug) for slug in slugs] == [matched, prompts, false, share]


def test_a_list_that_never_came_did_not_come_in_time(load):
    load("court-hearings", a_list(STRANGER), at=datetime(2016, 6, 13, 17, tzinfo=UTC))  # for Tuesday, the evening before
    row = STRANGER.replace("2016-06-14", "2016-06-15").replace("S/1 | S", "W/1 | W")
    wednesday = a_list(row, at="2016-06-15T10:00:00+01:00")
    load("court-hearings", wednesday, at=datetime(2016, 6, 15, 9, 30, tzinfo=UTC))  # at 10:30
    assert figure("lists.in_time") == 50 and figure("lists.absent") == 0  # of Thursday nothing is known yet
    friday = STRANGER.replace("2016-06-14", "2016-06-17").replace("S/1 | S", "F/1 | F")
    later = a_list(friday, at="2016-06-16T17:00:00+01:00")
    load("court-hearings", later, at=datetime(2016, 6, 16, 17, tzinfo=UTC))  # for Thursday none came
    assert figure("lists.in_time") == pytest.approx(100 / 3) and figure("lists.absent") == 1
