"""The provider's desk: in which section each referral stands, what it says, what comes first, and who is not on it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.test import RequestFactory

from throughcare.casework.access import actions as access
from throughcare.casework.referrals import actions as referrals
from throughcare.casework.referrals.hands.actions import give
from throughcare.casework.referrals.models import Referral
from throughcare.casework.referrals.talk.actions import stop
from throughcare.strands.programmes.actions import record_session
from throughcare.strands.programmes.desk import pages
from throughcare.strands.programmes.desk.queries import sections
from throughcare.strands.programmes.work import actions as work

DAY = date(2016, 10, 14)  # a Friday
NOW = datetime(2016, 10, 14, 9, tzinfo=UTC)
SENT = "record_id crn service provider sent_on acknowledged_on accepted_on started_on\n"

# What the provider's return tells (service, sent, acknowledged, accepted, started); its section and the words of its row.
PLACED = [
    ("mentoring 2016-10-13 - - -", "new", "working day 1 of 2 to acknowledge"),
    ("mentoring 2016-10-12 - - -", "new", "working day 2 of 2 to acknowledge"),
    ("mentoring 2016-10-11 - - -", "overdue", "working day 3 of 2 to acknowledge"),
    ("mentoring 2016-10-07 2016-10-10 - -", "decide", "working day 5 of 5 to decide"),
    ("mentoring 2016-10-06 2016-10-10 - -", "overdue", "working day 6 of 5 to decide"),
    ("mentoring 2016-09-01 2016-09-02 2016-09-05 -", "waiting", "accepted on 5 September 2016, not started"),
    ("mentoring 2016-09-01 2016-09-02 2016-09-05 2016-10-01", "active", "no session on record"),
    ("mentoring 2016-09-01 2016-09-02 2016-09-05 2016-09-30", "overdue", "no session on record"),
]  # fmt: skip


@pytest.fixture
def worker(desk, reader_of):
    return reader_of("provider_worker", DAY, "osmani")


@pytest.mark.parametrize(("told", "section", "words"), PLACED)
def test_where_a_referral_stands(store, worker, told, section, words):
    service, rest = told.split(" ", 1)
    store.load("provider-referrals", f"{SENT}R1 X000001 {service} osmani_trust {rest}")
    found = sections(worker, now=NOW)
    assert {name for name, rows in found.items() if rows} == {section}
    assert words in found[section][0].words


# How it ended, on which day, whether its report was sent; in which section it is, and what its row says.
OPEN_UNTIL = "your access ends after Friday 14 October 2016"
ENDS = [
    ("completed", date(2016, 10, 1), False, "overdue", "report was to be sent by Saturday 8 October 2016; " + OPEN_UNTIL),
    ("completed", date(2016, 10, 1), True, "ended", "report sent, " + OPEN_UNTIL),
    ("completed", date(2016, 10, 7), False, "ended", "report to be sent by Friday 14 October 2016"),
    ("completed", date(2016, 9, 30), False, "", ""),
    ("declined", date(2016, 10, 13), False, "", ""),
]


@pytest.mark.parametrize(("how", "on", "reported", "section", "words"), ENDS)
def test_after_the_end_there_are_fourteen_days_to_finish_writing(store, worker, how, on, reported, section, words):
    accepted = "2016-09-05 2016-09-06" if how == "completed" else "- -"
    store.load("provider-referrals", f"{SENT}R1 X000001 mentoring osmani_trust 2016-09-01 2016-09-02 {accepted}")
    referral = Referral.objects.get()
    if how == "completed":
        referrals.complete(by="t", referral=referral, on=on)
    else:
        referrals.decline(by="t", referral=referral, on=on, reason="no_capacity")
    if reported:
        work.keep_draft(by="t", referral=referral, done="x", needed="", following="y", today=on)
        work.send_report(by="t", referral=referral, today=on)
    found = {name: rows for name, rows in sections(worker, now=NOW).items() if rows}
    assert list(found) == ([section] if section else [])
    assert all(words in rows[0].words for rows in found.values())


def test_a_clock_that_stands_still_is_not_overdue_and_the_row_says_why(store, worker):
    store.load("provider-referrals", f"{SENT}R1 X000001 mentoring osmani_trust 2016-10-06 2016-10-10 - -")
    stop(by="t", referral=Referral.objects.get(), reason="not_reached", on=date(2016, 10, 11), today=date(2016, 10, 11))
    found = sections(worker, now=NOW)
    assert found["overdue"] == []
    assert "working day 2 of 5 to decide, stopped since Tuesday 11 October 2016: the person" in found["decide"][0].words


def test_whose_a_referral_is(store, worker):
    rows = "".join(f"R{n} X00000{n} mentoring osmani_trust 2016-10-01 2016-10-02 2016-10-03 2016-10-04\n" for n in (1, 2))
    store.load("provider-referrals", SENT + rows + "R3 X000003 mentoring osmani_trust 2016-10-13 - - -")
    give(by="t", referral=Referral.objects.get(source__record_id="R1"), post=worker.post, on=DAY)
    found = {whose: [row.person for rows in sections(worker, now=NOW, whose=whose).values() for row in rows]
             for whose in ("mine", "nobody")}  # fmt: skip
    assert found == {"mine": [store.person("X000001")], "nobody": [store.person("X000002")]}
    assert sections(worker, now=NOW, whose="mine")["active"][0].worker == worker.post


def test_a_session_makes_it_active_again_and_what_is_worst_comes_first(store, worker):
    store.load("provider-referrals", f"{SENT}R1 X000001 mentoring osmani_trust 2016-08-01 2016-08-02 2016-08-05 2016-08-06\n"
               "R2 X000002 mentoring osmani_trust 2016-10-03 - - -\n"
               "R3 X000003 mentoring osmani_trust 2016-10-04 - - -")  # fmt: skip
    first = Referral.objects.get(source__record_id="R1")
    assert [row.person for row in sections(worker, now=NOW)["overdue"]] == [store.person(f"X00000{n}") for n in (2, 3, 1)]
    record_session(by="t", referral=first, held_on=date(2016, 10, 7), outcome="ATTC")
    assert [row.words for row in sections(worker, now=NOW)["active"]] == ["last session on 7 October 2016"]


def test_of_a_long_section_the_first_are_shown_and_the_rest_where_it_is_asked_for(store, worker, monkeypatch):
    rows = "".join(f"R{n} X00000{n} mentoring osmani_trust 2016-10-13 - - -\n" for n in (1, 2, 3))
    store.load("provider-referrals", SENT + rows)
    monkeypatch.setattr(pages, "MOST", 2)

    def shown(query: str) -> tuple[int, bool]:
        request = RequestFactory().get(f"/provider/{query}")
        request.reader, request.user = worker, worker.account
        text = pages.provider_desk(request).content.decode()
        return text.count("Say it has arrived"), "show=new#new" in text

    assert [shown(query) for query in ("", "?show=active", "?show=new")] == [(2, True), (2, True), (3, False)]


def test_who_is_not_on_it(store, worker, reader_of):
    store.load("provider-referrals", f"{SENT}R1 X000001 mentoring osmani_trust 2016-10-13 - - -\n"
               "R2 X000002 building_bridges pact 2016-10-13 - - -")  # fmt: skip
    other = reader_of("provider_worker", DAY, "rise", place="rise_mutual")
    assert [len(sections(reader, now=NOW)["new"]) for reader in (worker, other)] == [1, 0]
    access.limit(by="t", person=store.person("X000001"), kind="excluded", accounts=[worker.account], start=DAY,
                 ring=worker.post, reason="x")  # fmt: skip
    assert sections(replace(worker, _asked={}), now=NOW)["new"] == []
