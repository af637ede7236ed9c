"""Each role's main journey from sign-in to done, in a real browser: what it came to do is done, and the pages say so."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from tests.demonstration.browser import Visitor, visiting
from throughcare.casework.access.policy import ROLES

pytestmark = pytest.mark.xdist_group("pilot")


def first_person(visitor: Visitor) -> str:
    """The address of the first person on the page."""
    return urlsplit(str(visitor.page.locator("main a[href^='/people/']").first.get_attribute("href"))).path


@pytest.mark.parametrize("role", ROLES)
def test_every_role_finds_its_day(service: str, browser: Browser, role: str):
    with visiting(browser, service) as visitor:
        visitor.sign_in(role)
        assert visitor.page.inner_text("h1").startswith("Today, Wednesday 1 March 2017")
        assert visitor.faults() == []


def test_a_manager_opens_a_person_writes_a_note_and_records_an_appointment(service: str, browser: Browser):
    with visiting(browser, service) as visitor:
        visitor.sign_in("offender_manager")
        person = first_person(visitor)
        visitor.go(person).press("Write a note")
        visitor.page.fill("[name=text]", "Will bring the letter on Friday")
        visitor.press("Keep the note")
        assert "Will bring the letter on Friday" in visitor.text
        visitor.go(f"{person}appointments/new/")
        visitor.page.fill("[name=due_on]", "28/2/2017")
        visitor.page.fill("[name=held_on]", "28 February 2017")
        visitor.page.select_option("[name=outcome]", "ATTC")
        visitor.press("Keep the appointment")
        if "no second" in visitor.text or "There is an appointment" in visitor.text:
            pytest.fail("the person of the journey has an appointment on that day: choose another day")
        assert "to be entered in Delius" in visitor.told
        visitor.go("/to-be-entered/")
        visitor.page.locator("tr:has-text('28 February 2017') input[type=checkbox]").last.check()
        visitor.press("Mark as entered")
        assert "1 marked as entered" in visitor.told


def test_what_is_put_off_comes_back_and_can_be_taken_back(service: str, browser: Browser):
    with visiting(browser, service) as visitor:
        visitor.sign_in("offender_manager")
        first = visitor.page.locator(".tc-task").first
        words = first.locator(".tc-task__words").inner_text()
        first.locator("summary").click()
        first.locator("button:has-text('tomorrow')").click()
        assert "You are asked again on 2 March 2017" in visitor.told
        assert words not in visitor.page.locator(".tc-tasks").first.inner_text()
        visitor.page.locator("button:has-text('Take back')").first.click()
        assert words in visitor.text


def test_a_coordinator_decides_a_proposal_with_a_reason(service: str, browser: Browser):
    with visiting(browser, service) as visitor:
        visitor.sign_in("iom_coordinator")
        visitor.press("Decide").press("Go on")
        assert "There is a problem" in visitor.text
        visitor.page.check("[name=answer][value=yes]")
        visitor.page.fill("[name=reason]", "The facts bear it out")
        visitor.press("Go on").press("Keep the decision")
        assert "Decided" in visitor.told
        visitor.press("It was a mistake")
        visitor.page.fill("[name=reason]", "It was somebody else")
        visitor.press("Take it back").press("Take it back")
        assert "waits again" in visitor.told


def test_a_coordinator_decides_of_several_leavers_together(service: str, browser: Browser):
    with visiting(browser, service) as visitor:
        visitor.sign_in("iom_coordinator").go("/cohort/proposals/")
        visitor.press("Decide of those ticked")
        assert "Tick who it is about" in visitor.text
        for box in visitor.page.locator("[name=proposal]").all()[:2]:
            box.check()
        visitor.page.check("[name=answer][value=keep]")
        visitor.page.fill("[name=reason]", "The orders were renewed")
        visitor.page.get_by_role("button", name="Decide of those ticked").click()
        visitor.press("Keep the decision")
        assert "2 people: they stay in the cohort" in visitor.text


def test_a_provider_answers_a_new_referral(service: str, browser: Browser):
    with visiting(browser, service) as visitor:
        visitor.sign_in("provider_worker")
        visitor.press("Answer").press("Accept").press("Accept").press("Accept")
        assert "is accepted" in visitor.told


def test_a_volunteer_is_worried_and_the_manager_answers(service: str, browser: Browser):
    with visiting(browser, service) as visitor:
        visitor.sign_in("volunteer")
        visitor.page.click("text=Worried about someone?")
        visitor.page.check("[name=kind][value=health]")
        visitor.page.fill("[name=who]", "The person I met at the library")
        visitor.page.fill("[name=text]", "Had not eaten since Sunday")
        senior = visitor.page.locator("[name=to] option:has-text('Senior')").first.inner_text()
        visitor.page.select_option("[name=to]", label=senior)
        visitor.press("Check and send")
        assert "Had not eaten since Sunday" in visitor.text
        visitor.press("Send")
        assert "It is with" in visitor.text
        visitor.page.click("text=See what is done about it")
        assert "Nobody has answered yet" in visitor.text


def test_a_senior_hands_people_over_and_nothing_moves_until_it_is_accepted(service: str, browser: Browser):
    with visiting(browser, service) as visitor:
        visitor.sign_in("senior_officer")
        visitor.press("Reassign")
        visitor.page.locator("[name=person]").first.check()
        visitor.page.locator("[name=to]").select_option(index=1)
        visitor.page.fill("[name=reason]", "The post is vacant")
        visitor.press("Ask them to take over")
        assert "until" in visitor.text
        visitor.press("Ask them to take over")
        assert "1 waiting for" in visitor.told


def test_an_administrator_makes_an_account_and_removes_a_leaver(service: str, browser: Browser):
    with visiting(browser, service) as visitor:
        visitor.sign_in("system_admin").go("/rights/").press("New account")
        visitor.page.fill("[name=username]", "newcomer")
        visitor.page.fill("[name=name]", "Newcomer")
        visitor.page.locator("[name=post]").select_option(index=1)
        visitor.press("Make the account")
        assert "It is shown this once" in visitor.text
        visitor.press("The account").press("They have left")
        assert "cannot sign in any more" in visitor.told


def test_an_analyst_corrects_a_row_that_could_not_be_loaded(service: str, browser: Browser, tmp_path):
    extract = tmp_path / "nps-people-late.csv"
    extract.write_text(
        "record_id,crn,pnc,cro,prison_number,forenames,surname,date_of_birth,sex,ethnicity\n"
        "LATE-1,X320741,,,,Vaskin,Orrimund,1990-13-01,M,White\n"
    )
    with visiting(browser, service) as visitor:
        visitor.sign_in("analyst").go("/imports/")
        visitor.page.set_input_files("[name=extract]", extract)
        visitor.press("Load it")
        visitor.page.wait_for_selector("text=What came in", timeout=180_000)  # the worker loads it, the page asks how far it is
        visitor.press("What came in").press("Line 2")
        visitor.page.fill("[name=cell-date_of_birth]", "1990-01-13")
        visitor.press("Load the row")
        assert "The row is loaded" in visitor.told


OTHERS = ["court_officer", "prison_coordinator", "health_practitioner", "police_researcher", "tasking_officer"]


@pytest.mark.parametrize("role", OTHERS)
def test_others_open_a_person_and_understand_them(service: str, browser: Browser, role: str):
    with visiting(browser, service) as visitor:
        visitor.sign_in(role)
        visitor.go(first_person(visitor) if role != "tasking_officer" else "/find/?q=1994")
        assert visitor.faults() == []


def test_an_auditor_sees_who_looked_and_nothing_of_whom(service: str, browser: Browser):
    with visiting(browser, service) as visitor:
        visitor.sign_in("offender_manager")
        visitor.go(first_person(visitor))
    with visiting(browser, service) as visitor:
        visitor.sign_in("auditor").go("/log/?what=view")
        assert "offender-manager as" in visitor.text
        assert visitor.faults() == []


def test_without_javascript_all_of_it_works(service: str, browser: Browser):
    with visiting(browser, service, script=False) as visitor:
        visitor.sign_in("offender_manager")
        person = first_person(visitor)
        visitor.go("/find/?q=1994")
        assert "best first" in visitor.text or "Nobody in your work" in visitor.text
        visitor.go(person).press("Timeline")
        visitor.page.locator("[name=kind]").first.check()
        visitor.press("Apply")
        assert "newest first" in visitor.text
        visitor.go(f"{person}notes/new/").press("Keep the note")
        assert "Write the note" in visitor.text


def test_the_keyboard_alone_is_enough(service: str, browser: Browser):
    with visiting(browser, service) as visitor:
        visitor.sign_in("offender_manager")
        visitor.page.keyboard.press("Tab")
        assert visitor.page.evaluate("document.activeElement.textContent.trim()") == "Skip to main content"
        visitor.page.keyboard.press("Enter")
        visitor.page.keyboard.press("Tab")
        assert visitor.page.evaluate("document.querySelector('main').contains(document.activeElement)")
        visitor.page.keyboard.press("Enter")
        visitor.page.wait_for_url("**/people/**")
