"""The pages of cases as a court officer works them: the clock, the check before its end, what is taken back, the file."""

from datetime import date, timedelta

import pytest

from tests.web.access.asking import tried
from tests.web.access.world import DAY, PEOPLE, World, numbers_of
from throughcare.strands.courts import actions as courts
from throughcare.strands.courts.models import CaseEvent, Plea, Report
from throughcare.web.today import waiting_for

KEPT_FROM = [who for who in PEOPLE if who != "in"]


def page(world: World, address: str, data: dict | None = None):
    return tried(world.reader("court_officer"), address, "post" if data is not None else "get", data)


def test_the_case_says_which_day_it_is_and_the_last_working_day(world):
    """Pleaded on Monday 5 December 2016: day 5 is a Saturday."""
    told = page(world, f"/cases/{world.ids['case:in']}/").text
    assert f"Day {(DAY - DAY.replace(day=5)).days} of 5, counted from Monday 5 December 2016" in told
    assert "The last working day to deliver is Friday 9 December 2016" in told


def test_a_delivery_is_looked_at_once_more_before_the_clock_ends(world):
    case, report = world.ids["case:in"], world.ids["missed:in"]
    address, typed = f"/cases/{case}/deliver/?of={report}", {"on": f"{DAY:%d/%m/%Y}"}
    assert "The clock ends" in page(world, address, typed).text
    assert Report.objects.get(pk=report).delivered_on is None
    done = page(world, address, {**typed, "send": "yes"})
    assert done.to == f"/cases/{case}/" and "take the delivery back" in done.text


@pytest.mark.parametrize(
    ("do", "typed", "says"),
    [
        ("plea", {"plea": "not_guilty", "on": f"{DAY + timedelta(days=1):%d/%m/%Y}"}, "That day is still to come"),
        ("plea", {"plea": "guilty", "on": f"{DAY:%d/%m/%Y}"}, "vacate the earlier one first"),
        ("event", {"kind": "adjourned", "on": f"{DAY:%d/%m/%Y}"}, "give the day of the next hearing"),
        ("sentence", {"kind": "fine", "on": f"{DAY:%d/%m/%Y}", "requirements": "curfew", "send": "yes"}, "has no requirements"),
        ("not-needed", {}, "Choose: why is no report needed?"),
    ],
)
def test_what_cannot_be_is_said_at_the_form_and_what_was_typed_is_kept(world, do, typed, says):
    told = page(world, f"/cases/{world.ids['case:in']}/{do}/", typed)
    assert told.status == 200 and says in told.text and "There is a problem" in told.text
    assert all(value in told.text for name, value in typed.items() if name != "send")


def test_a_thing_of_another_case_is_not_there(world):
    """The plea's number is real, and its case another person's."""
    other = Plea.objects.exclude(case=world.ids["case:in"]).first()
    for do, number in (("vacate", other.pk), ("vacate", 0), ("deliver", 10**30), ("nonsense", 1)):
        assert page(world, f"/cases/{world.ids['case:in']}/{do}/?of={number}").outcome == "not there"
    assert page(world, f"/cases/{world.ids['case:in']}/", {"do": "take-back", "of": "999"}).outcome == "not there"
    assert not CaseEvent.objects.exists()


def test_a_report_in_time_asks_no_reason(world):
    told = page(world, f"/cases/reports/{world.ids['missed:in']}/miss/")
    assert told.to == f"/cases/{world.ids['case:in']}/" and "not late" in told.text


@pytest.mark.parametrize("address", ["/cases/", "/cases/?waits=Clock+runs", "/cases/?state=Asked+for", "/cases/cases.csv"])
def test_the_list_and_its_file_have_the_case_and_nobody_kept_from_the_officer(world, address):
    told = page(world, address).text
    assert PEOPLE["in"][1] in told
    for who in KEPT_FROM:
        assert PEOPLE[who][1] not in told and not any(number in told for number in numbers_of(who).values())


def test_the_list_filtered_by_what_does_not_wait_says_how_to_clear_it(world):
    told = page(world, "/cases/?waits=Outcome+to+confirm").text
    assert PEOPLE["in"][1] not in told and "No case fits these filters" in told


# On Wednesday 7 December 2016: the day of the plea; what the officer's Today says of a case in which nobody asked for a report.
NOT_ASKED_FOR = [
    (date(2016, 12, 7), "day 0, last working day Monday 12 December 2016", 3),
    (date(2016, 12, 3), "day 4, the last working day is the next one", 3),
    (date(2016, 12, 2), "day 5, today is the last working day", 2),
    (date(2016, 12, 1), "day 6, it could have been in time until Tuesday 6 December 2016", 2),
    (date(2016, 11, 26), "", 0),  # as long again after the miss it is told; then it is on the list of cases alone
]


@pytest.mark.parametrize(("pleaded", "words", "harm"), NOT_ASKED_FOR)
def test_a_clock_with_nobody_writing_is_told_as_its_alerts_fall(world, pleaded, words, harm):
    made = courts.open_case(by="test", person_id=world.people["in"], court="Thames", offence_code="02800", told_on=pleaded)
    courts.enter_plea(by="test", case_id=made.pk, plea="guilty", entered_on=pleaded)
    told = [task for task in waiting_for(world.reader("court_officer")) if task.kind == "No report asked for"]
    assert [(words in task.words, task.harm) for task in told] == ([(True, harm)] if words else [])
    courts.record_no_report(by="test", case_id=made.pk, reason="adjourned")
    assert not [task for task in waiting_for(world.reader("court_officer")) if task.kind == "No report asked for"]
