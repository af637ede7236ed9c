"""The survey: what is loaded and what is refused. Its figures are tested in tests/measures/test_survey.py."""

from datetime import date

import polars as pl
import pytest

from throughcare.casework.imports.queries import waiting
from throughcare.casework.pilot import current_pilot
from throughcare.core.contracts import Scope
from throughcare.core.pilot import Period
from throughcare.strands.surveys import actions, extracts, queries
from throughcare.strands.surveys.actions import record_response
from throughcare.strands.surveys.errors import ResponseRefused
from throughcare.strands.surveys.models import Answer, Response
from throughcare.strands.surveys.queries import findings
from throughcare.strands.surveys.strand import held_about, timeline
from throughcare.strands.surveys.tests.wave import PRINTED, TABLE_4, load, responses, write
from throughcare.strands.surveys.waves import Wave, questions, wave, waves

PERIOD = Period(start=date(2016, 2, 6), end=date(2017, 1, 1))

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"group": "provider", "impact_now": "agree"}, "impact_now"),  # asked of practitioners only
        ({"impact_now": "useful"}, "impact_now"),  # another question's scale
        ({"answered_on": "2016-10-01"}, "answered_on"),  # the wave had closed the day before
        ({"wave": "2016-04"}, "wave"),
        ({"group": "volunteer"}, "group"),
    ],
)
def test_a_response_that_does_not_fit_its_wave_waits_in_quarantine(tmp_path, change, column):
    row = {"record_id": "S1", "wave": "2016-09", "answered_on": "2016-09-30", "group": "practitioner"}
    (outcome,) = load(write(tmp_path, [row | change]))
    assert (outcome.new, outcome.quarantined) == (0, 1)
    assert column in {fault.column for fault in waiting("survey-responses")}
    load(write(tmp_path, [row], "survey-responses-mended.csv"))
    assert (waiting("survey-responses"), Response.objects.count()) == ([], 1)


def test_a_group_not_asked_may_say_that_it_does_not_apply(tmp_path):
    row = {"record_id": "S1", "wave": "2016-09", "answered_on": "2016-09-01", "group": "provider", "impact_now": "not_applicable"}
    (outcome,) = load(write(tmp_path, [row]))
    assert (outcome.new, outcome.quarantined) == (1, 0)


ROUTED = wave("2016-09").question("impact_now").model_copy(update={"organisations": ("CRC", "NPS")})


@pytest.mark.parametrize(
    ("group", "organisation", "asked"),
    [
        ("practitioner", "CRC", True),
        ("practitioner", "police", False),
        ("practitioner", "", False),  # not on record: none of those named
        ("provider", "CRC", False),
    ],
)
def test_a_question_may_be_asked_of_some_organisations_of_a_group(monkeypatch, group, organisation, asked):
    assert ROUTED.asks(group, organisation) is asked
    routed = wave("2016-09").model_copy(update={"questions": (ROUTED,)})
    monkeypatch.setattr(extracts, "waves", lambda: (routed,))
    wrong, column, _, _ = extracts._not_asked(ROUTED)
    row = {"wave": "2016-09", "group": group, "organisation": organisation or None, "impact_now": "agree"}
    assert (pl.DataFrame([row]).select(wrong).item(), column) == (not asked, "impact_now")
    monkeypatch.setattr(actions, "waves", lambda: (routed,))
    typed = {"wave": "2016-09", "group": group, "organisation": organisation, "answered_on": date(2016, 9, 5)}
    if asked:
        assert actions.record_response(by="evaluator", answers={"impact_now": "agree"}, **typed).pk
    else:
        with pytest.raises(ResponseRefused, match="a question asked of"):
            actions.record_response(by="evaluator", answers={"impact_now": "agree"}, **typed)


def test_a_question_without_organisations_is_asked_of_any():
    assert all(wave("2016-09").question("impact_now").asks("practitioner", o) for o in ("CRC", "police", ""))


def test_rows_of_responses_and_answers_tell_group_and_organisation(tmp_path):
    row = {"record_id": "S1", "wave": "2016-09", "answered_on": "2016-09-02", "group": "practitioner", "organisation": "CRC"}
    load(write(tmp_path, [row | {"impact_now": "agree"}]))
    scope = Scope(pilot=current_pilot(), period=PERIOD, as_at=date(2016, 12, 31))
    for frame in (queries.responses(scope), queries.answers(scope)):
        assert frame.select("group", "organisation").rows() == [("practitioner", "CRC")]


def test_a_corrected_response_replaces_its_answers(tmp_path):
    row = {"record_id": "S1", "wave": "2016-09", "answered_on": "2016-09-02", "group": "practitioner"}
    load(write(tmp_path, [row | {"impact_now": "agree", "workload": "neutral"}]))
    load(write(tmp_path, [row | {"impact_now": "disagree"}], "survey-responses-2.csv"))
    kept = Answer.objects.values_list("response__group", "question", "answer")
    assert list(kept) == [("practitioner", "impact_now", "disagree")]


def test_the_same_file_twice_changes_nothing(tmp_path):
    path = write(tmp_path, responses())
    load(path)
    before = (Response.objects.count(), Answer.objects.count())
    (outcome,) = load(path)
    assert (outcome.new, outcome.changed, outcome.same) == (0, 0, 44)
    assert (Response.objects.count(), Answer.objects.count()) == before


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"wave": "2015-01"}, "expected one of 2016-09"),
        ({"group": "volunteer"}, "expected one of practitioner, provider, strategic"),
        ({"answered_on": date(2016, 8, 31)}, "a day from 2016-09-01 and before 2016-10-01"),
        ({"answers": {"impact_now": "agree"}}, "a question asked of providers"),
        ({"answers": {"can_sequence": "useful"}}, "strongly_disagree, disagree, neutral"),
    ],
)
def test_a_response_that_does_not_fit_is_refused_with_what_was_expected(change, says):
    response = {"wave": "2016-09", "group": "provider", "organisation": "Pact", "answered_on": date(2016, 9, 5), "answers": {}}
    with pytest.raises(ResponseRefused, match=says):
        record_response(by="evaluator", **(response | change))
    assert Response.objects.count() == 0


def test_a_response_without_any_answer_is_a_finding(tmp_path):
    row = {"record_id": "S9", "wave": "2016-09", "answered_on": "2016-09-02", "group": "practitioner"}
    load(write(tmp_path, [row, row | {"record_id": "S10", "impact_now": "agree"}]))
    (found,) = findings(Scope(pilot=current_pilot(), period=PERIOD, as_at=date(2016, 12, 31)))
    assert (found.slug, found.records) == ("survey.no_answers", ("S9",))


def test_nothing_is_held_about_the_people_whom_the_pilot_serves():
    assert (list(timeline(1)), held_about(1)) == ([], {})
    names = {f.name for model in (Response, Answer) for f in model._meta.get_fields()}
    assert not names & {"person", "name", "account", "email"}


def test_a_wave_says_of_each_question_whom_it_was_asked_of_and_how():
    assert {q.slug for q in questions()} == {*PRINTED, *TABLE_4}
    for each in waves():
        for question in each.questions:
            assert each.positive_codes(question) == each.codes(question)[-len(each.positive_codes(question)) :]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"closed_on": date(2016, 9, 1)}, "closes before it opens"),
        ({"questions": wave("2016-09").questions[:1] * 2}, "same slug"),
        ({"scales": {}, "positive": {}}, "scales without answers"),
        ({"places": 3}, "places"),
    ],
)
def test_a_wave_that_contradicts_itself_is_refused(change, says):
    with pytest.raises(ValueError, match=says):
        Wave.model_validate(wave("2016-09").model_dump() | change)
