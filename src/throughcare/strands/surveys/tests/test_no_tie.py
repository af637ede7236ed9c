"""No answer can be tied to a link: what the store holds is the same whoever of those alike gave which answers, in any order."""

import json
from itertools import pairwise

import pytest
from django.apps import apps
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from throughcare.casework.audit.models import Entry
from throughcare.strands.surveys import asking_models as m
from throughcare.strands.surveys import drawn
from throughcare.strands.surveys.answering import actions
from throughcare.strands.surveys.answering.actions import answer, close_due
from throughcare.strands.surveys.models import Answer, Response
from throughcare.strands.surveys.tests.asked import CLOSES, OPENS, people, tokens, wave

pytestmark = pytest.mark.django_db
SAID = [
    ({"partners_new": "agree"}, "More panels."), ({"partners_new": "disagree"}, ""), ({}, "Less paper."),
    ({"partners_new": "agree", "s{}.q2.1": "yes", "s{}.q2.2": "no", "s{}.q2.3": "no"}, ""), ({"s{}.q1": "Longer"}, "Nothing."),
]  # fmt: skip


class Undone(Exception):
    """The store is put back as it was."""


def dump() -> str:
    """All that the store holds of surveys and of who did what, but the instants of the audit and its chain."""
    tables = {
        model._meta.label: sorted(json.dumps(row, default=str, sort_keys=True) for row in model.objects.values())
        for model in apps.get_app_config("surveys").get_models()
    }
    log = list(Entry.objects.order_by("pk").values_list("actor", "verb", "subject_type", "subject_id", "person_id", "details"))
    return json.dumps([tables, log], default=str)


def order_of_rows() -> list[list[str]]:
    """The answers in the order in which the store gives them unasked, and by number."""
    return [[f"{a.response_id} {a.question} {a.answer}" for a in Answer.objects.order_by(*by)] for by in ((), ("pk",))]


def after(monkeypatch, who: list[int], when: list[int], *, closed: bool) -> tuple[str, list[list[str]]]:
    """The store after five of nine alike answered: `who` gave which answers, `when` in which order they came in.

    The drawing is replaced by an order of the content alone: whatever else would differ, differs because of who and when.
    """
    monkeypatch.setattr(actions, "numbers", lambda many: list(range(drawn.LEAST, drawn.LEAST + many)))
    monkeypatch.setattr(actions, "shaken", lambda papers: sorted(papers, key=repr))
    asked = m.SurveyWave.objects.get()
    number, links = asked.version.survey_id, tokens(asked)
    for place in when:
        answers, text = SAID[place]
        told = {question.format(number): given for question, given in answers.items()}
        answer(token=links[f"practitioner{who[place]}@crc.example"], answers=told, comments={f"s{number}.q3": text}, day=OPENS)
    if closed:
        close_due(by="worker", day=CLOSES)
    return dump(), order_of_rows()


@pytest.mark.parametrize("closed", [False, True])
@given(who=st.permutations(range(5)), when=st.permutations(range(5)))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_store_is_the_same_whoever_said_what_and_in_whatever_order(monkeypatch, closed, who, when):
    if not m.SurveyWave.objects.exists():
        wave(people(9))
    found = []
    for each_who, each_when in ((range(5), range(5)), (who, when)):
        try:
            with transaction.atomic():
                found.append(after(monkeypatch, list(each_who), list(each_when), closed=closed))
                raise Undone
        except Undone:
            pass
    assert found[0] == found[1]


def test_a_store_that_kept_an_order_is_found(monkeypatch):
    """The test above can fail: a box that is not shaken tells who came first."""
    wave(people(9))
    found = []
    for when in ([0, 1, 3], [3, 1, 0]):
        try:
            with transaction.atomic():
                monkeypatch.setattr(actions, "numbers", lambda many: list(range(drawn.LEAST, drawn.LEAST + many)))
                monkeypatch.setattr(actions, "shaken", list)
                asked = m.SurveyWave.objects.get()
                links = tokens(asked)
                for place in when:
                    told = {q.format(asked.version.survey_id): given for q, given in SAID[place][0].items()}
                    answer(token=links[f"practitioner{place}@crc.example"], answers=told, comments={}, day=OPENS)
                found.append(order_of_rows())
                raise Undone
        except Undone:
            pass
    assert found[0] != found[1]


def test_the_numbers_and_the_order_are_drawn_anew_with_every_answer():
    asked = wave(people(9))
    seen = []
    for place, link in enumerate(tokens(asked).values()):
        answer(token=link, answers={"partners_new": "agree" if place % 2 else "neutral"}, comments={}, day=OPENS)
        seen.append(set(Response.objects.values_list("pk", flat=True)))
    assert all(not before & now for before, now in pairwise(seen))
    assert len({frozenset(each) for each in seen}) == 9
    assert set(Response.objects.values_list("answered_on", flat=True)) == {OPENS}


def test_no_field_of_an_answer_points_to_a_link_and_no_field_keeps_an_instant():
    ours = [*apps.get_app_config("surveys").get_models()]
    relations = [f for model in ours for f in model._meta.concrete_fields if f.is_relation]
    points = {(f.model.__name__, f.related_model.__name__) for f in relations}
    assert {pair for pair in points if "Invitation" in pair} == {("Invitation", "SurveyWave"), ("Invitation", "Account")}
    kinds = {f.get_internal_type() for model in ours for f in model._meta.concrete_fields}
    assert "DateTimeField" not in kinds and "TimeField" not in kinds
    assert not [f.name for f in m.Invitation._meta.concrete_fields if f.get_internal_type() == "DateField"]


def test_when_the_wave_closes_the_links_are_forgotten():
    asked = wave(people(9))
    before = set(asked.invitations.values_list("pk", flat=True))
    answer(token=next(iter(tokens(asked).values())), answers={}, comments={}, day=OPENS)
    close_due(by="worker", day=CLOSES)
    rows = list(asked.invitations.values_list("account", "address", "nonce", "used"))
    assert sorted(rows, key=repr) == [(None, "", "", False)] * 8 + [(None, "", "", True)]
    assert not before & set(asked.invitations.values_list("pk", flat=True))
