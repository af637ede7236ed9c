"""The court desk: who stands first, what is told of them, who has a case, that what is typed is kept once. 7 December 2016."""

import re
from datetime import UTC, datetime, time, timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tests.at_once import in_a_new_store
from tests.courtroom import COURT, hear, match, received, sits, strangers
from tests.web.access.world import BEFORE, DAY, World
from tests.web.test_queries_bounded import grow, signed_in
from throughcare.casework.access import actions as access
from throughcare.casework.access.kept import key_of, owner_of
from throughcare.casework.audit.queries import about_person
from throughcare.casework.notes.models import Note
from throughcare.core.clock import LONDON
from throughcare.core.errors import UserError
from throughcare.strands.courts import actions as courts
from throughcare.strands.courts.desk import actions
from throughcare.strands.courts.desk.lines import COHORT, desk_of
from throughcare.strands.courts.desk.offline import AT_LEAST, seconds_kept
from throughcare.strands.courts.models import CaseEvent, CaseTaken, HearingMatch, ListEntry, Plea, TypedAtDesk
from throughcare.strands.courts.record import held_about, timeline

pytestmark = pytest.mark.django_db
MOST = 90
"""Queries of a desk, whatever is on it: what is known of a person is of many parts."""


@pytest.fixture
def world(planted: World, db, settings) -> World:
    settings.DEMONSTRATION = DAY
    return planted


@pytest.fixture
def second(world: World) -> World:
    """A second court officer at Thames, as `second`."""
    post = access.make_post(by="test", slug="second", title="Second officer", role="court_officer", place=COURT)
    account = access.make_account(by="test", username="second")
    access.hold(by="test", post=post, account=account, start=BEFORE)
    world.accounts["second"], world.posts["second"] = account, post
    return world


def officer(world: World):
    return world.reader("court_officer")


def on_the_desk(world: World, **told):
    return {"person": world.people["in"], "court": COURT, "day": DAY, **told}


def test_those_of_the_cohort_stand_first_those_to_confirm_next_and_the_others_vanish(world):
    sits(world)
    found = desk_of(officer(world), COURT, DAY)
    assert [(line.entry.name, line.entry.restricted, line.why) for line in found.first] == [
        ("INSCOPE, Ansel", False, COHORT), ("Restricted", True, ""),
    ]  # fmt: skip
    assert [line.entry.name for line in found.to_confirm] == ["INSCOOP, Ansell"]
    assert len(found.others) == 37


def test_a_line_tells_what_the_policy_lets_a_court_officer_see(world):
    sits(world)
    page = signed_in(world, "court_officer").get("/court-desk/").content.decode()
    for told in ("Serving a sentence", "Pentonville", "MARKRISK", "Score 24", "14 November 2016, fast", "Officer Quillfeather"):
        assert told in page, told
    for hidden in ("MARKRAG", "Rated", "MARKNOTE", "Barredman", "BARREDMAN", "MARKAVOID"):
        assert hidden not in page, hidden
    assert re.search(r"Restricted: ring Post senior_officer 020 7946 0999", page)


LISTS = {
    # what came: what the desk says, and whether it may say that nobody of the cohort is there
    "nothing": (lambda: None, "not received", False),
    "a short list": (lambda: (strangers(0, 3), received(3, expected=41)), "where 41 are expected", False),
    "a whole list": (lambda: (strangers(0, 3), received(3)), "3 names", True),
    "one not looked through": (lambda: (hear("new", "Fresh", "Frances"), received(1)), "not looked through yet", False),
}


@pytest.mark.parametrize("came", LISTS)
def test_a_list_that_is_not_whole_is_never_a_calm_no_match(world, came):
    put, words, calm = LISTS[came]
    put()
    page = signed_in(world, "court_officer").get("/court-desk/").content.decode()
    assert words in page
    assert ("Nobody on this list is in the cohort" in page) == calm


def test_an_answer_moves_the_entry_and_can_be_taken_back(world):
    sits(world)
    browser, question = signed_in(world, "court_officer"), HearingMatch.objects.get(kind="possible")
    moves = {"same": "first", "not": "others", "not_sure": "to_confirm"}
    for said, group in [step for move in moves.items() for step in (move, ("undo", "to_confirm"))]:
        answered = browser.post(f"/court-desk/matches/{question.pk}/", {"text": said})
        assert answered.status_code == 302
        names = [line.entry.name for line in getattr(desk_of(officer(world), COURT, DAY), group)]
        assert "INSCOOP, Ansell" in names, said
    script = {"headers": {"accept": "application/json"}}
    assert browser.post(f"/court-desk/matches/{question.pk}/", {"text": "perhaps"}, **script).status_code == 409


def test_a_court_or_day_that_is_not_the_officers_is_not_there(world):
    browser = signed_in(world, "court_officer")
    for address, status in (
        ("?court=Thames", 200), ("?court=Highbury+Corner", 404), ("?on=2016-12-14", 200), ("?on=2016-12-15", 404),
        ("?on=2016-11-06", 200), ("?on=2016-11-05", 404), ("?on=nonsense", 200),
    ):  # fmt: skip
        assert browser.get(f"/court-desk/{address}").status_code == status, address


def test_a_post_without_a_court_is_told_why_it_has_no_desk(world):
    assert "Your post has no court" in signed_in(world, "senior_officer").get("/court-desk/").content.decode()


def test_the_senior_has_the_desks_of_the_office(world):
    told = {"title": "Office", "role": "court_officer", "place": "Highbury Corner", "office": "NPS Hackney"}
    access.make_post(by="test", slug="office", **told)
    assert "Highbury Corner, Wednesday" in signed_in(world, "senior_officer").get("/court-desk/").content.decode()


def test_what_is_seen_on_the_desk_is_audited_of_each(world):
    sits(world)
    signed_in(world, "court_officer").get("/court-desk/")
    assert [e.subject_id for e in about_person(world.people["in"]) if e.verb == "view"][-1:] == ["court-desk"]


def test_the_desk_asks_no_more_the_longer_the_list_and_the_more_of_it_are_known(world, tmp_path):
    received(60)
    browser, asked = signed_in(world, "court_officer"), []
    for first, last in ((0, 3), (3, 12)):
        strangers(3 * first, 3 * last)
        grow(world, tmp_path / f"{last}", first, last)
        for entry in ListEntry.objects.filter(court=COURT, hearing_on=DAY, person__surname="Grown").order_by("pk"):
            if not HearingMatch.objects.filter(person=entry.person_id).exists():
                match(hear(f"grown-{entry.person_id}", "Grown", "Grover"), entry.person_id, "exact")
                actions.take(reader=officer(world), person=entry.person_id, court=COURT, day=DAY)
        browser.get("/court-desk/")
        with CaptureQueriesContext(connection) as seen:
            page = browser.get("/court-desk/").content.decode()
        assert page.count("GROWN, Grover</a>") == last
        asked.append(len(seen))
    assert asked[1] <= asked[0] <= MOST


# Who has a case.


def test_a_case_is_taken_handed_back_and_taken_over(second):
    mine, theirs = officer(second), second.reader("second")
    taken = actions.take(reader=mine, **on_the_desk(second))
    assert actions.take(reader=mine, **on_the_desk(second)) == taken
    with pytest.raises(actions.CaseIsTaken, match="Post court_officer has this case now"):
        actions.take(reader=theirs, **on_the_desk(second))
    over = actions.take_over(reader=theirs, taken=taken)
    with pytest.raises(actions.CaseIsTaken, match="Second officer has this case now"):
        actions.hand_back(reader=mine, taken=taken)
    with pytest.raises(actions.CaseIsTaken, match="Second officer has this case now"):
        actions.take_over(reader=mine, taken=taken)
    actions.hand_back(reader=theirs, taken=over)
    assert CaseTaken.objects.filter(ended_at=None).count() == 0
    assert len(held_about(second.people["in"])["Who had the case in court"]) == 2
    assert [e.words for e in timeline(second.people["in"]) if "Taken" in e.words] == [
        "Taken at Thames by Post court_officer", "Taken at Thames by Second officer",
    ]  # fmt: skip


def test_taking_over_is_asked_once_more_and_is_of_what_was_seen(second):
    taken = actions.take(reader=officer(second), **on_the_desk(second))
    browser, to = signed_in(second, "second"), f"/court-desk/{second.people['in']}/take/?court={COURT}&on={DAY}"
    assert "Post court_officer has it since" in browser.get(to).content.decode()
    sent = {"court": COURT, "on": f"{DAY}", "do": "over"}
    browser.post(to, {**sent, "taken": "0"})
    assert CaseTaken.objects.get(ended_at=None) == taken
    browser.post(to, {**sent, "taken": taken.pk})
    assert CaseTaken.objects.get(ended_at=None).post == second.posts["second"]
    assert "has taken over a case that you had" in signed_in(second, "court_officer").get("/notices/").content.decode()


def test_of_two_who_take_a_case_at_the_same_moment_one_has_it_and_the_other_is_told(tmp_path):
    """On both databases."""
    assert in_a_new_store("tests.take_a_case", folder=tmp_path) == [["CaseIsTaken", "done", "1"]]


# What is typed is kept once.

TYPED = {
    # what is typed at 10:40: what it makes, and where it stands
    "note": ({"text": "His sister is in court"}, lambda: Note.objects.filter(text="His sister is in court").count()),
    "plea": ({"text": "not_guilty"}, lambda: Plea.objects.filter(plea="not_guilty", entered_on=DAY).count()),
    "adjourned": ({"until": DAY + timedelta(days=14)}, lambda: CaseEvent.objects.filter(kind="adjourned").count()),
}


@pytest.mark.parametrize("kind", TYPED)
def test_sent_again_it_is_kept_once(world, kind):
    told, made = TYPED[kind]
    key = uuid4()
    first = actions.keep(reader=officer(world), key=key, kind=kind, at=time(10, 40), **told, **on_the_desk(world))
    again = actions.keep(reader=officer(world), key=key, kind=kind, at=time(10, 40), **told, **on_the_desk(world))
    assert first.pk == again.pk and made() == 1 and TypedAtDesk.objects.count() == 1


@pytest.mark.parametrize("kind", TYPED)
def test_it_stands_on_the_desk_of_everybody_there(second, kind):
    sits(second)
    actions.keep(reader=officer(second), key=uuid4(), kind=kind, at=time(10, 40), **TYPED[kind][0], **on_the_desk(second))
    (line, _) = desk_of(second.reader("second"), COURT, DAY).first
    assert line.typed == ({"note": "Note 10:40", "plea": "Not guilty 10:40", "adjourned": "Adjourned 10:40"}[kind],)


def test_what_the_rule_refuses_leaves_no_trace_and_its_key_can_be_sent_again(world):
    """A guilty plea stands on the case already."""
    key, told = uuid4(), on_the_desk(world, kind="plea", text="guilty")
    for _ in range(2):
        with pytest.raises(UserError, match="stands already"):
            actions.keep(reader=officer(world), key=key, **told)
    assert TypedAtDesk.objects.count() == 0
    actions.keep(reader=officer(world), key=key, **(told | {"text": "not_guilty"}))
    assert TypedAtDesk.objects.get().key == key


def test_a_key_of_somebody_elses_typing_is_refused(second):
    key, told = uuid4(), on_the_desk(second, kind="note", text="Mine")
    actions.keep(reader=officer(second), key=key, **told)
    with pytest.raises(actions.NotAtThisDesk, match="sent before as something else"):
        actions.keep(reader=second.reader("second"), key=key, **told)


# The offence on the list; which of two open cases gets the plea: a burglary, or a robbery in which guilt is settled.
WHICH = [("02800", "burglary"), ("03400", "robbery"), ("", "burglary")]


@pytest.mark.parametrize(("listed", "goes_to"), WHICH)
def test_of_several_cases_a_plea_goes_to_that_of_the_offence_else_to_one_not_settled(world, listed, goes_to):
    open_case = partial(courts.open_case, by="test", person_id=world.people["in"], court=COURT, told_on=BEFORE)
    cases = {"burglary": open_case(offence_code="02800"), "robbery": open_case(offence_code="03400")}
    courts.enter_plea(by="test", case_id=cases["robbery"].pk, plea="guilty", entered_on=BEFORE)
    match(hear("in", "Inscope", "Ansel", offence_code=listed), world.people["in"], "exact")
    actions.keep(reader=officer(world), key=uuid4(), kind="plea", text="not_guilty", **on_the_desk(world))
    assert Plea.objects.get(entered_on=DAY).case == cases[goes_to]


def test_a_plea_opens_the_case_from_the_list_where_there_is_none(world, tmp_path):
    """On a day to come nothing is entered; somebody who is not on the list has no desk."""
    told = {"key": uuid4(), "kind": "plea", "text": "not_guilty"}
    with pytest.raises(actions.NotAtThisDesk, match="has not sat yet"):
        actions.keep(reader=officer(world), **told, **on_the_desk(world, day=DAY + timedelta(days=1)))
    out = on_the_desk(world, person=world.people["out"])
    with pytest.raises(actions.NotAtThisDesk, match="not on this list"):
        actions.keep(reader=officer(world), **told, **out)


def test_the_tablets_queue_is_answered_in_words(second):
    browser, to = signed_in(second, "court_officer"), f"/court-desk/{second.people['in']}/plea/"
    sent = {"court": COURT, "on": f"{DAY}", "key": str(uuid4()), "text": "guilty", "at": "10:40"}
    script = {"headers": {"accept": "application/json"}}
    refused = browser.post(to, sent, **script)
    assert (refused.status_code, refused.json()["state"]) == (409, "refused")
    assert "To mend it, vacate the earlier one first" in refused.json()["words"]
    other = browser.post(to, sent | {"owner": owner_of(second.accounts["second"])}, **script)
    assert (other.status_code, other.json()) == (403, {"state": "other"})
    kept = browser.post(to, sent | {"text": "not_guilty", "owner": owner_of(second.accounts["court_officer"])}, **script)
    assert (kept.status_code, kept.json()["state"]) == (200, "kept")
    by_hand = browser.post(to, sent | {"key": str(uuid4())}).content.decode()
    assert "stands already" in by_hand and 'value="10:40"' in by_hand


# What the browser is given.


def test_a_key_is_an_accounts_own_and_of_one_day(second, monkeypatch):
    mine, theirs = second.accounts["court_officer"], second.accounts["second"]
    told = {word(account) for word in (key_of, owner_of) for account in (mine, theirs)}
    assert len(told) == 4 and key_of(mine) == key_of(mine)
    before = key_of(mine)
    later = datetime.now(UTC) + timedelta(days=1)
    monkeypatch.setattr("throughcare.casework.access.kept.datetime", type("Later", (), {"now": staticmethod(lambda zone: later)}))
    assert key_of(mine) != before


@given(st.datetimes(datetime(2016, 1, 1), datetime(2017, 12, 31)))
def test_a_desk_is_kept_to_the_end_of_the_court_day_and_an_hour_at_least(at):
    london = at.replace(tzinfo=LONDON)
    until = at + timedelta(seconds=seconds_kept(london))
    assert until <= max(at.replace(hour=19, minute=0, second=0, microsecond=0), at + AT_LEAST)
    assert until > at + AT_LEAST - timedelta(seconds=1)


def test_signing_out_empties_the_browser_unless_something_of_somebody_else_waits_there(world):
    for sent, told in (({}, '"storage"'), ({"keep": "1"}, None)):
        assert signed_in(world, "court_officer").post("/sign-in/out/", sent).headers.get("Clear-Site-Data") == told


def test_the_frame_and_the_worker_have_nobody_in_them(world):
    sits(world)
    browser = signed_in(world, "court_officer")
    for address in ("/court-desk/frame/", "/court-desk/worker.js"):
        text = browser.get(address).content.decode()
        assert "Inscope" not in text and "court_officer" not in text and "data-vault" not in text
    assert Client().get("/court-desk/ready/").status_code == 302
