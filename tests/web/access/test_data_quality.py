"""Data quality by role: whose extracts each sees, and who is told which records contradict themselves."""

from datetime import date

import pytest
from django.template.loader import render_to_string

from tests.web.access.asking import ask
from throughcare.core.contracts import Finding, Owner
from throughcare.web.data_quality import Contradiction, by_month, names_records
from throughcare.web.menders import Mender, Menders, in_words

# role, an extract that it sees, one that it does not ("" where it sees all)
WHOSE = [
    ("pilot_manager", "nps-people", ""), ("analyst", "police-arrests", ""), ("iom_coordinator", "prison-spells", ""),
    ("police_researcher", "police-arrests", "nps-people"), ("provider_admin", "provider-referrals", "police-arrests"),
]  # fmt: skip


@pytest.mark.parametrize(("role", "seen", "unseen"), WHOSE)
def test_each_sees_the_extracts_of_its_own(world, role, seen, unseen):
    page = ask(world.reader(role), "/data-quality/").text
    assert seen in page
    assert not unseen or unseen not in page
    if unseen:
        assert ask(world.reader(role), f"/data-quality/{unseen}/").status == 404
    assert ask(world.reader(role), "/data-quality/no-such-feed/").status == 404


def test_a_court_officer_has_no_such_page(world):
    assert ask(world.reader("court_officer"), "/data-quality/").status in (403, 404)


NAMED = [("analyst", True), ("pilot_manager", False), ("iom_coordinator", False), ("evaluator", False), ("provider_admin", False)]


@pytest.mark.parametrize(("role", "named"), NAMED)
def test_which_records_is_told_to_who_may_open_every_agencys_rows_alone(world, role, named):
    told = Contradiction(
        finding=Finding(slug="a.b", title="Two at once", group="all", records=("REC-77",), mend="choose"), part="People",
        agencies=frozenset(("NPS",)), owners=(Mender(title="Analyst", role="analyst", vacant=True),),
    )  # fmt: skip
    reader = world.reader(role)
    assert names_records(reader) is named
    shown = {"contradictions": [told], "agencies": {}, "names": names_records(reader), "governance": True, "imports": False,
             "in_words": in_words, "months": ()}  # fmt: skip
    page = render_to_string("web/data_quality.html", shown)
    assert "Two at once" in page and ("REC-77" in page) is named
    assert "Analyst (vacant)" in page


FILES = [
    # file, then by role what the answer is: 200, or not there
    ("contradictions.csv", {"analyst": 200, "pilot_manager": 200, "iom_coordinator": 200, "volunteer": 404}),
    ("fields.csv", {"analyst": 200, "evaluator": 200, "police_researcher": 200, "court_officer": 404}),
    ("records.csv", {"analyst": 200, "pilot_manager": 404, "evaluator": 404, "iom_coordinator": 404, "provider_admin": 404}),
]


@pytest.mark.parametrize(("name", "answers"), FILES)
def test_each_takes_away_what_it_sees(world, name, answers):
    for role, expected in answers.items():
        status = ask(world.reader(role), f"/data-quality/{name}").status
        assert (status == 200) is (expected == 200) and (status in (200, 403, 404)), role


def test_the_file_of_fields_has_those_extracts_alone_that_its_page_has(world):
    lines = ask(world.reader("police_researcher"), "/data-quality/fields.csv").text.splitlines()[1:]
    assert {line.split(",")[0] for line in lines if line.strip()} == {"police"}


def test_the_owner_is_the_post_of_the_place_and_of_a_role_with_many_how_many(world):
    day = world.reader("analyst").day
    court = world.reader("court_officer").post
    posts = Menders(day)
    (told,) = posts.of(Owner(role="court_officer", places=(court.place,)))
    assert (told.title, told.vacant) == (court.title, False)
    assert [each.role for each in posts.of(Owner(feeds=("police-arrests",)))] == ["police_researcher"]
    assert [each.role for each in posts.of(Owner(role="court_officer", places=("Elsewhere",)))] == ["analyst"]
    many = [Mender(title=f"Post {n}", role="iom_coordinator", vacant=n == 1) for n in range(4)]
    assert in_words(many, vacant=True) == "IOM co-ordinator (4 posts, 1 vacant)"
    assert in_words(many[:2], vacant=False) == "Post 0; Post 1"
    assert "no such post" in in_words((), vacant=True)


def test_records_are_counted_in_the_month_of_their_day():
    months = (date(2016, 5, 1), date(2016, 6, 1))
    days = (date(2016, 5, 31), date(2016, 6, 1), date(2016, 6, 30), date(2016, 1, 2))
    found = Finding(slug="a", title="A", group="all", records=("1", "2", "3", "4"), days=days, mend="mend")
    told = Contradiction(finding=found, part="P", agencies=frozenset(), owners=(), months=by_month(found, months))
    assert [number for _, number in told.months] == [1, 2]
    assert (told.change, told.others, told.dated) == (1, 1, True)


def test_a_finding_with_other_days_than_records_is_a_fault():
    with pytest.raises(ValueError, match="1 days of 2 records"):
        Finding(slug="a", title="A", group="all", records=("1", "2"), days=(date(2016, 5, 1),), mend="mend")
