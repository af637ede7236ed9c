"""Same person? Who is asked what, what stands side by side, what each answer does; a join undone leaves all as it was."""

import json
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.web.access.asking import Answer, ask
from tests.web.access.crawl import trace
from tests.web.access.world import DAY, RING, World
from tests.web.access.world_pairs import ask_whether
from throughcare.casework.audit.actions import recording
from throughcare.casework.audit.models import Entry
from throughcare.casework.linking.models import Comparison, Verdict
from throughcare.casework.people.models import AgencyRecord, Person, SearchKey
from throughcare.web.today import waiting_for

LINKERS = ("iom_coordinator", "court_officer", "prison_coordinator")
ASKED = "/same-person/"


@pytest.fixture
def asked(world: World) -> Comparison:
    """A question about somebody in everybody's work and somebody in nobody's."""
    return ask_whether(world.ids["record:in"], world.ids["record:out"])


def to(world: World, one: str = "in", other: str = "out") -> str:
    return f"/same-person/{world.ids[f'record:{one}']}/{world.ids[f'record:{other}']}/"


def send(world: World, role: str, **told: str) -> Answer:
    return ask(world.reader(role), to(world), "post", {"reason": "the photograph", **told})


SIDES = """
in  out     iom_coordinator          shown
in  out     court_officer            shown
in  out     prison_coordinator       shown
in  out     offender_manager         not there
in  out     senior_officer           not there
in  out     data_protection_officer  not there
in  out     provider_worker          not there
in  out     auditor                  not there
in  out     camden-iom               restricted
in  bar     iom_coordinator          restricted
in  bar     court_officer            restricted
out nobody  iom_coordinator          not there
out nobody  camden-iom               restricted
bar nobody  iom_coordinator          not there
"""
"""Whose records, who asks, what there is: one side in the reader's work is enough; one that is kept from it is whom to ring."""


@pytest.mark.parametrize("line", SIDES.strip().splitlines(), ids=lambda line: " ".join(line.split()))
def test_a_question_is_for_those_of_whose_people_a_side_is(world, asked, line):
    one, other, role, wanted = line.split(maxsplit=3)
    answer = ask(world.reader(role), to(world, one, other))
    restricted = f"Restricted person: ring Post senior_officer {RING}" in answer.text
    assert ("restricted" if restricted else answer.outcome) == wanted.strip()
    listed = ask(world.reader(role), ASKED).text
    assert (to(world, one, other) in listed or to(world, other, one) in listed) == (wanted.strip() != "not there")


def test_who_is_barred_sees_no_trace_of_the_other_and_cannot_decide(world, asked):
    reader = world.reader("iom_coordinator")
    for page in (to(world, "in", "bar"), ASKED):
        text = ask(reader, page).text
        assert trace(text, "bar", world.people["bar"]) == []
        assert "ring Post senior_officer" in text
    answer = ask(reader, to(world, "in", "bar"), "post", {"answer": "apart", "reason": "x"})
    assert answer.outcome == "not there"


def test_the_two_stand_side_by_side_with_a_word_for_how_they_compare(world, asked):
    text = re.sub(r"<[^>]+>|\s+", " ", ask(world.reader("iom_coordinator"), to(world)).text)
    text = re.sub(r"\s+", " ", text)
    for said in (
        "Name Differs Outsider, Edwin (CRC) Inscope, Ansel (NPS)",
        "Date of birth Differs 9 March 1995 (CRC) 9 March 1991 (NPS)",
        "Sex Same Man (CRC) Man (NPS)",
        "CRN Differs X770005 (CRC) X770001 (NPS)",
        "Addresses Differs NW1 8QP, Camden (from 1 January 2010) E8 4QN, Hackney (from 1 January 2010)",
        "Forename and surname are nearly the same, as by a slip of the pen Strongly for one person",
        "The date of birth is the same Strongly for one person",
        "The odds are about",
    ):
        assert said in text, said


def test_both_are_told_in_the_log_as_viewed_once(world, asked):
    before = Entry.objects.order_by("-pk").first().pk
    ask(world.reader("court_officer"), to(world))
    seen = Entry.objects.filter(pk__gt=before, verb="view").order_by("person_id")
    told = {entry.person_id: json.loads(entry.details)["why"] for entry in seen}
    assert (len(seen), told) == (2, {world.people["in"]: "court", world.people["out"]: "same person"})


def questions(world: World, role: str, show: str = "waiting") -> int:
    return int(re.search(r"(\d+) questions? about your people", ask(world.reader(role), f"{ASKED}?show={show}").text).group(1))


def told_today(world: World, role: str) -> list[str]:
    return [task.words for task in waiting_for(world.reader(role)) if task.kind == "Same person?"]


@pytest.mark.parametrize("role", LINKERS)
def test_today_tells_how_many_wait(world, asked, role):
    assert told_today(world, role) == ["2 questions wait: may two records be one person?"]


@pytest.mark.parametrize("role", ["offender_manager", "data_protection_officer", "system_admin", "volunteer"])
def test_nobody_else_is_told(world, asked, role):
    assert told_today(world, role) == []


def test_not_sure_rests_for_a_fortnight_and_is_kept_with_its_reason(world, asked, settings):
    assert send(world, "iom_coordinator", answer="not_sure").to == ASKED
    assert (questions(world, "iom_coordinator"), questions(world, "iom_coordinator", "resting")) == (1, 1)
    assert told_today(world, "iom_coordinator") == ["1 question waits: may two records be one person?"]
    assert "21 December 2016" in ask(world.reader("iom_coordinator"), f"{ASKED}?show=resting").text
    assert "was not sure: the photograph" in ask(world.reader("court_officer"), to(world)).text
    settings.DEMONSTRATION = DAY + timedelta(days=14)
    assert questions(world, "iom_coordinator") == 2


def test_not_sure_is_asked_again_at_once_when_the_records_say_something_else(world, asked):
    send(world, "iom_coordinator", answer="not_sure")
    with recording(by="test", verb="linking.test"):
        asked.levels = json.dumps({"name": ["same", 7.0], "date_of_birth": ["same", 6.0]})
        asked.save()
    assert (questions(world, "iom_coordinator"), questions(world, "iom_coordinator", "resting")) == (2, 0)


def test_another_weight_of_the_same_evidence_asks_nobody_again(world, asked):
    send(world, "iom_coordinator", answer="not_sure")
    with recording(by="test", verb="linking.test"):
        asked.weight, asked.levels = 9.5, asked.levels.replace("6.0", "6.5")
        asked.save()
    assert questions(world, "iom_coordinator", "resting") == 1


@pytest.mark.parametrize("told", [{"answer": "", "reason": "x"}, {"answer": "same", "reason": " "}], ids=str)
def test_an_answer_needs_both_parts_and_keeps_what_was_typed(world, asked, told):
    answer = send(world, "iom_coordinator", **told)
    assert answer.status == 200
    assert "There is a problem" in answer.text
    assert Verdict.objects.exclude(answer="not_sure").count() == 0


def everything() -> dict[str, list[Any]]:
    """Of every table that names a person: which row is whose; and the people themselves."""
    found: dict[str, list[Any]] = {"people": list(Person.objects.order_by("pk").values_list("pk", "surname", "merged_into"))}
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if field.related_model is Person and model not in (Person, SearchKey):
                rows = model._default_manager.order_by("pk").values_list("pk", field.attname)
                found[f"{model._meta.label}.{field.name}"] = list(rows)
    found["search keys"] = sorted(SearchKey.objects.values_list("person", "key", "kind"))
    return found


def test_a_join_is_checked_first_then_done_and_undone_leaves_everything_as_it_was(world, asked):
    before = everything()
    check = send(world, "iom_coordinator", answer="same")
    for words in (
        "Check before you join them", "Member since 1 November 2016, Hackney", "Mentoring (started)", "NPS nps-people-in-0",
        "CRC crc-people-out-0", "Your post may not see what else is held",
    ):  # fmt: skip
        assert words in check.text, words
    assert everything() == before, "nothing is done before it is checked"
    changed = send(world, "iom_coordinator", answer="same", change="yes")
    assert "the photograph</textarea>" in changed.text
    done = send(world, "iom_coordinator", answer="same", send="yes")
    both = AgencyRecord.objects.filter(pk__in=(world.ids["record:in"], world.ids["record:out"]))
    assert len(set(both.values_list("person_id", flat=True))) == 1
    page = ask(world.reader("iom_coordinator"), done.to).text
    assert "One person: joined" in page
    assert ask(world.reader("iom_coordinator"), to(world)).to == done.to, "the question leads to its decision"
    refused = ask(world.reader("iom_coordinator"), done.to, "post", {"reason": ""})
    assert "Write why it is taken back" in refused.text
    assert ask(world.reader("iom_coordinator"), done.to, "post", {"reason": "his brother"}).to == done.to
    assert "Taken back" in ask(world.reader("iom_coordinator"), done.to).text
    assert everything() == before
    assert ask(world.reader("iom_coordinator"), done.to, "post", {"reason": "again"}).outcome == "not there", "once is enough"


def test_kept_apart_is_asked_no_more_until_it_is_taken_back(world, asked):
    done = send(world, "prison_coordinator", answer="apart")
    assert questions(world, "prison_coordinator") == 1
    assert ask(world.reader("prison_coordinator"), to(world)).to == done.to
    assert f'href="{done.to}"' in ask(world.reader("court_officer"), f"{ASKED}?show=decided").text
    assert "somebody outside your work" in ask(world.reader("court_officer"), done.to).text
    verdict = Verdict.objects.get(answer="apart")
    assert (verdict.reason, verdict.by) == ("the photograph", "prison_coordinator as prison-coordinator")


def test_those_held_back_come_first_then_the_likeliest_and_an_agency_can_be_chosen(world, asked):
    with recording(by="test", verb="linking.test"):
        Comparison.objects.filter(pk=asked.pk).update(weight=3.0, held=True)
    text = ask(world.reader("iom_coordinator"), ASKED).text
    assert text.index("Edwin") < text.index("Restricted person")
    assert "1 of them are held back" in told_today(world, "iom_coordinator")[0]
    crc = ask(world.reader("iom_coordinator"), f"{ASKED}?agency=CRC").text
    assert "1 question about your people" in crc
    assert "Restricted person" not in crc


def test_the_list_asks_the_store_no_more_the_more_questions_there_are(world, asked):
    reader, counted = world.reader("iom_coordinator"), []
    for extra in (0, 6):
        for _ in range(extra):
            made = _somebody()
            ask_whether(world.ids["record:in"], made)
        reader = world.reader("iom_coordinator")
        with CaptureQueriesContext(connection) as seen:
            assert ask(reader, ASKED).status == 200
        counted.append(len(seen))
    assert counted[1] <= counted[0]


def _somebody() -> int:
    """A record of somebody new."""
    with recording(by="test", verb="people.test"):
        person = Person(surname="Newcomer", forenames="Nils", date_of_birth=date(1990, 1, 1))
        person.save()
        record = AgencyRecord(person=person, agency="police", surname="Newcomer", forenames="Nils")
        record.save()
    return record.pk
