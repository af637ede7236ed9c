"""Figures of misses decided and of prison access: what is counted, on which day, and of whom a member in custody is reached."""

from datetime import date, time

import pytest

from tests.strands.conftest import figures_of
from throughcare.casework.access.models import Post
from throughcare.casework.referrals.models import Referral
from throughcare.core.pilot import Period
from throughcare.core.times import instant
from throughcare.strands.programmes.access import MEASURES
from throughcare.strands.programmes.clearances import actions as clearances
from throughcare.strands.programmes.decisions.actions import decide
from throughcare.strands.programmes.decisions.queries import misses
from throughcare.strands.programmes.meetings import actions as meetings

OCTOBER = Period(start=date(2016, 10, 1), end=date(2016, 11, 1))


def told(slug: str, *groups: str, period: Period = OCTOBER) -> dict[str, float | None]:
    """What is shown of the groups; without any named, of those that are not nothing."""
    found = figures_of(MEASURES, slug, period)
    return {group: found[group] for group in groups} if groups else {group: value for group, value in found.items() if value}


def test_clearances_by_prison_and_the_working_days_they_waited(desk: Post):
    for prison, asked, answered, granted in (
        ("Isis", 3, 10, True),           # Monday to Monday: five working days
        ("Isis", 11, 12, False),
        ("Brixton", 3, 21, True),        # fourteen
        ("Feltham", 20, None, True),     # waits
    ):
        clearance = clearances.ask(by="t", post=desk, prison=prison, on=date(2016, 10, asked))
        if answered and granted:
            clearances.grant(by="t", clearance=clearance, on=date(2016, 10, answered))
        elif answered:
            clearances.refuse(by="t", clearance=clearance, on=date(2016, 10, answered), reason="papers")
    assert told("access.clearances_asked") == {"Isis": 2, "Brixton": 1, "Feltham": 1, "total": 4}
    assert told("access.clearances_granted") == {"Isis": 1, "Brixton": 1, "total": 2}
    assert told("access.clearances_refused") == {"Isis": 1, "total": 1}
    assert told("access.clearance_wait", "Isis", "Brixton", "Feltham", "total") == {
        "Isis": 3, "Brixton": 14, "Feltham": None, "total": 5,
    }  # fmt: skip


SPELLS = """
record_id prison_number prison     kind      start      end
C1        A0001AA       Pentonville sentenced 2016-06-01 2016-10-10
C2        A0001AA       Isis        sentenced 2016-10-10 -
C3        A0002AA       Isis        sentenced 2016-03-01 2016-05-01
C4        A0002AA       Isis        sentenced 2016-09-01 -
C5        A0003AA       Isis        remand    2016-10-20 2016-10-31
C6        A0004AA       Brixton     sentenced 2016-06-01 -
"""
SESSIONS = """
record_id referral held_on    attended
S1        R1       2016-09-01 yes
S2        R2       2016-04-01 yes
S3        R2       2016-10-05 no
S4        R4       2016-10-31 yes
"""


def test_a_member_in_custody_is_reached_by_a_session_since_coming_in(store):
    """A1 was, in the prison before; A2 in an earlier stay alone; A3 is out by the month's last day; A4 on that day."""
    rows = [f"R{n} X00000{n} mentoring osmani_trust 2016-03-01 2016-03-02" for n in (1, 2, 3, 4)]
    store.load("provider-referrals", "\n".join(["record_id crn service provider sent_on accepted_on", *rows]))
    store.load("prison-spells", SPELLS)
    store.load("provider-sessions", SESSIONS)
    assert told("access.reached", "Isis", "Brixton", "Pentonville", "total") == {
        "Isis": 50, "Brixton": 100, "Pentonville": None, "total": 67,
    }  # fmt: skip
    august = Period(start=date(2016, 8, 1), end=date(2016, 9, 1))
    assert told("access.reached", "Pentonville", "Isis", "total", period=august) == {"Pentonville": 0, "Isis": None, "total": 0}


def test_visits_asked_for_refused_and_held(store, desk: Post):
    store.load("provider-referrals", "record_id crn service provider sent_on accepted_on\n"
               "R1 X000001 mentoring osmani_trust 2016-09-20 2016-09-22")  # fmt: skip
    store.load("prison-spells", "record_id prison_number prison kind start\nC1 A0001AA Isis sentenced 2016-06-01")
    cleared = clearances.ask(by="t", post=desk, prison="Isis", on=date(2016, 9, 1))
    clearances.grant(by="t", clearance=cleared, on=date(2016, 9, 8))
    referral = Referral.objects.get()
    visits = [
        meetings.plan(by="t", referral=referral, kind="visit", starts_at=instant(on, time(23, 30)), post=desk, prison="Isis",
                      on=date(2016, 10, 1))
        for on in (date(2016, 10, 12), date(2016, 10, 13), date(2016, 10, 31))
    ]  # fmt: skip
    meetings.answer_visit(by="t", meeting=visits[0], confirmed=False, on=date(2016, 10, 5), reason="no_room")
    meetings.went(by="t", meeting=visits[1], how="missed", on=date(2016, 10, 13))
    meetings.went(by="t", meeting=visits[2], how="held", on=date(2016, 11, 1))
    found = [told(f"access.visits_{what}", "Isis", "total") for what in ("booked", "refused", "held")]
    assert found == [{"Isis": 3, "total": 3}, {"Isis": 1, "total": 1}, {"Isis": 1, "total": 1}], "the 31st, in London"


@pytest.mark.parametrize(("decided_on", "share"), [(date(2016, 10, 10), 50), (date(2016, 10, 11), 0), (None, 0)])
def test_misses_decided_in_three_working_days(store, reader_of, decided_on, share):
    """Of the 5th and of the 12th; the 31st's time is not over at the end of October."""
    days = (5, 12, 31)
    rows = [f"A{day} X000001 2016-10-{day:02} no UAAB" for day in days]
    store.load("crc-appointments", "\n".join(["record_id crn due_on attended outcome", *rows]))
    if decided_on:
        first = misses([store.person("X000001")], since=OCTOBER.start, day=OCTOBER.end)[0]
        decide(reader=reader_of("offender_manager", decided_on), miss=first, decision="warning")
    assert told("contact.decided_in_time") == ({"all": share} if share else {})
