"""Notices: each addressee is told once; what is about somebody is shown as the policy lets the reader know."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.web.access.world import World
from throughcare.casework.audit.models import WriteOutsideAction
from throughcare.casework.notes import actions as notes
from throughcare.casework.notes.models import Concern
from throughcare.casework.notices.actions import tell
from throughcare.casework.notices.models import Notice
from throughcare.casework.notices.queries import held_about, notices_of, unseen

AT = datetime(2016, 12, 7, 9, tzinfo=UTC)


def told(key: str, words: str = "It happened", at: datetime = AT, **whom: object) -> int:
    return tell(by="test", key=key, words=words, address="/", at=at, **whom)


PLANTED = ("MARKNOTICE", "There are new suggestions")
"""How notices begin that the world is planted with."""


def words_to(world: World, name: str) -> list[str]:
    return [notice.words for notice in notices_of(world.reader(name)) if not notice.words.startswith(PLANTED)]


def test_it_is_told_once_to_each_however_often_it_is_said(world):
    posts, account = [world.posts["court_officer"], world.posts["analyst"]], world.accounts["auditor"]
    assert told("a", posts=posts[:1]) == 1
    assert [told("a", posts=posts, account=account), told("a", posts=posts, account=account)] == [2, 0]
    assert told("b", posts=posts) == 2
    assert [len(words_to(world, n)) for n in ("court_officer", "analyst", "auditor", "offender_manager")] == [2, 2, 1, 0]


def test_nothing_is_told_outside_an_action(world):
    with pytest.raises(WriteOutsideAction):
        Notice(key="a", account=world.accounts["auditor"], words="x", at=AT).save()


# Each post is told of each person, in words that disclose a row that is "notes": who is shown which.
SHOWN = [
    ("offender_manager", {"in", "named"}),    # of the caseload; `bar` and `nobody` are kept from it
    ("senior_officer", {"in"}),
    ("court_officer", {"in"}),                # in court that day
    ("camden-manager", {"out"}),
    ("analyst", set()),                       # may not read notes
]  # fmt: skip


@pytest.mark.parametrize(("name", "whom"), SHOWN)
def test_a_notice_about_somebody_is_shown_and_counted_as_the_policy_says(world, as_, name, whom):
    found = [n.words for n in notices_of(world.reader(name)) if n.row == "notes"]
    assert sorted(found) == sorted(f"MARKNOTICE{who}" for who in whom)
    assert Notice.objects.filter(pk__in=unseen(world.reader(name)), row="notes").count() == len(whom)
    page = as_(name).get("/notices/").content.decode()
    assert all((f"MARKNOTICE{who}" in page) == (who in whom) for who in world.people)


def test_one_that_discloses_nothing_is_shown_of_whomever_but_of_somebody_kept_from_the_reader(world):
    for who, person in world.people.items():
        told(who, words=who, posts=[world.posts["court_officer"]], person=person)
    assert set(words_to(world, "court_officer")) == {"in", "out"}
    assert len(held_about(world.people["bar"])["notices"]) > 1


def test_the_header_counts_those_not_seen_and_each_account_sees_for_itself(world, as_):
    told("a", posts=[world.posts["auditor"]])
    told("b", account=world.accounts["auditor"])
    told("old", at=AT - timedelta(days=40), account=world.accounts["auditor"])
    browser = as_("auditor")
    assert "Notices (2<" in browser.get("/account/").content.decode()
    page = browser.get("/notices/").content.decode()
    assert page.count("It happened") == 3 and page.count(">New<") == 2
    assert browser.post("/notices/").status_code == 302
    page = browser.get("/notices/").content.decode()
    assert "Mark all as seen" not in page and ">New<" not in page and "Notices (" not in page and page.count("It happened") == 3


def test_whoever_has_none_is_told_what_comes_here(world, as_):
    assert "Nothing has been told to you yet" in as_("auditor").get("/notices/").content.decode()


def test_who_raised_a_worry_is_told_that_it_was_answered(world):
    concern = Concern.objects.get(pk=world.ids["concern:in"])
    notes.answer_concern(reader=world.reader("senior_officer"), concern=concern, answer="Rang her")
    assert words_to(world, "offender_manager") == ["A worry that you raised has been answered"]
    (notice,) = [n for n in notices_of(world.reader("offender_manager")) if n.account_id]
    assert notice.address == f"/worries/{concern.pk}/"
