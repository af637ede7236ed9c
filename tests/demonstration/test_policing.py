"""An addition to an existing plan, asked for, written and sent; two taskings from it; a manager reads the suggestions only."""

import shutil
import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.demonstration.browser import Visitor, chromium, serving, visiting

pytestmark = pytest.mark.xdist_group("pilot")
# A member rated Red of the tasking officer's borough, managed by the demonstration's manager, whose last plan is back.
WHOM = """
select p.person_id, p.id from policing_plan p
join access_post t on t.slug = (select post.slug from access_holding h join access_post post on post.id = h.post_id
                                join access_account a on a.id = h.account_id where a.username = 'tasking-officer' limit 1)
join cohort_membership c on c.person_id = p.person_id and c.start <= '2017-03-01' and (c.end is null or c.end > '2017-03-01')
where p.received_on is not null and p.borough = t.place and c.borough = t.place
and not exists (select 1 from policing_plan o where o.person_id = p.person_id and o.received_on is null)
and exists (select 1 from access_allocation al join access_holding h on h.post_id = al.post_id and h.end is null
            join access_account a on a.id = h.account_id
            where al.person_id = p.person_id and al.end is null and a.username = 'offender-manager')
and (select r.rag from cohort_rating r where r.person_id = p.person_id order by r.start desc, r.id desc limit 1) = 'Red'
order by p.received_on desc
"""
LIFESTYLE, RELEASE, HUB_ALONE = "PLANTEDLIFESTYLE", "PLANTEDRELEASE", "PLANTEDHUBALONE"
SECRET = (LIFESTYLE, HUB_ALONE, "PLANTEDTASKING", "PLANTEDQUESTION", "F/2017/88")


def add(visitor: Visitor, plan: int, section: str, text: str, *, handling: str = "P", shown_to: str = "") -> None:
    """An item of the plan, through the form."""
    page = visitor.go(f"/policing/plans/{plan}/items/new/?section={section}").page
    page.locator("textarea[name=text]").fill(text)
    page.locator("input[name=source][value='2']").check()
    page.locator("select[name=assessment]").select_option("B")
    page.locator(f"input[name=handling][value={handling}]").check()
    if shown_to:
        page.locator("select[name=shown_to]").select_option(shown_to)
        page.locator("input[name=conditions]").fill("Ask the hub first")
    visitor.press("Keep the item")


def task(visitor: Visitor, person: int, plan: int, text: str) -> None:
    page = visitor.go(f"/people/{person}/taskings/new/?plan={plan}").page
    page.locator("textarea[name=text]").fill(text)
    page.locator("select[name=owner]").select_option(index=1)
    page.locator("input[name=due_on]").fill("10/3/2017")
    visitor.press("Continue")
    visitor.press("Give it")
    assert "has the tasking" in visitor.told


def test_an_addition_to_a_plan_two_taskings_and_what_the_manager_reads(pilot_home: Path, tmp_path: Path, browser: Browser):
    chromium()
    home = tmp_path / "home"
    shutil.copytree(pilot_home, home)
    with sqlite3.connect(home / "throughcare.sqlite3") as store:
        person, plan = store.execute(WHOM).fetchone()
    with serving(home) as address:
        with visiting(browser, address) as visitor:
            _the_borough_asks(visitor, person)
        with visiting(browser, address) as visitor:
            _the_hub(visitor, person, plan)
        with visiting(browser, address, size="phone") as visitor:
            _the_borough_does(visitor, plan)
        with visiting(browser, address) as visitor:
            _the_manager(visitor, person, plan)


def _the_borough_asks(visitor: Visitor, person: int) -> None:
    """For an addition: since 16 January 2017 nothing else."""
    visitor.sign_in("tasking_officer")
    visitor.go(f"/people/{person}/plan/request/")
    assert "makes no new plans" in visitor.text and visitor.page.locator("input[name=kind][value=new]").count() == 0
    visitor.page.locator("input[name=kind][value=addition]").check()
    visitor.page.locator("textarea[name=asks]").fill("PLANTEDQUESTION: where, for the release plan")
    assert visitor.faults() == []
    visitor.press("Continue")
    visitor.press("Send it to the research hub")
    assert "has the request" in visitor.told


def _the_hub(visitor: Visitor, person: int, plan: int) -> None:
    """Researches, writes, is warned of what looks like a source, sends, and gives two taskings."""
    visitor.sign_in("police_researcher")
    visitor.go("/policing/")
    assert "Requested" in visitor.text and "What does not fit together" in visitor.text
    assert visitor.faults() == []
    visitor.go(f"/policing/plans/{plan}/")
    visitor.press("Begin the research")
    visitor.press("Begin the research")
    add(visitor, plan, "lifestyle", LIFESTYLE)
    add(visitor, plan, "associates", HUB_ALONE, handling="C", shown_to="hub")
    add(visitor, plan, "release", "His mother told us of PLANTEDRELEASE")
    assert "Read it again" in visitor.text and "says who told it" in visitor.text
    assert visitor.faults() == []
    visitor.page.locator("textarea[name=text]").fill(f"A place at {RELEASE} would help")
    visitor.press("Keep the item")
    assert "The item is in the plan" in visitor.told
    visitor.press("Say that it is made")
    visitor.page.locator("input[name=reference]").fill("F/2017/88")
    visitor.press("Say that it is made")
    visitor.press("Send it to the borough")
    visitor.press("Continue")
    visitor.press("Send it")
    assert "Sent" in visitor.text and "Version 1" in visitor.text and "as an addition" in visitor.text
    assert visitor.faults() == []
    answer = visitor.page.request.get(f"{visitor.address}/policing/plans/{plan}/plan.pdf")
    assert answer.status == 200 and answer.body()[:5] == b"%PDF-"
    task(visitor, person, plan, "PLANTEDTASKING one")
    task(visitor, person, plan, "PLANTEDTASKING two")


def _the_borough_does(visitor: Visitor, plan: int) -> None:
    """On a telephone: reads what it may, records the result of a tasking and which plan for the person rests on it."""
    visitor.sign_in("tasking_officer")
    visitor.go(f"/policing/plans/{plan}/")
    assert LIFESTYLE in visitor.text and HUB_ALONE not in visitor.text and visitor.text.count("PLANTEDTASKING") == 2
    assert visitor.faults() == []
    visitor.press("PLANTEDTASKING one")
    visitor.press("Record the result")
    visitor.page.locator("input[name=code][value=seen]").check()
    visitor.press("Record the result")
    assert "Done" in visitor.text
    visitor.press("Say where it was used")
    visitor.page.locator("input[name=plan][value=sentence]").check()
    visitor.press("Keep it")
    assert "used in the sentence plan" in visitor.told
    visitor.go("/policing/")
    assert visitor.faults() == []


def _the_manager(visitor: Visitor, person: int, plan: int) -> None:
    """Reads the suggestion alone, and says where it was used; the plan itself is not there."""
    visitor.sign_in("offender_manager")
    visitor.go(f"/people/{person}/suggestions/")
    assert RELEASE in visitor.text
    theirs = [f"/people/{person}/{tab}" for tab in ("suggestions/", "", "timeline/")]
    for to in (*theirs, "/", "/today/all/", "/notices/"):
        visitor.go(to)
        assert not [word for word in SECRET if word in visitor.page.content()], to
    for to in (*(f"/policing/plans/{plan}/{tail}" for tail in ("", "versions/1/", "plan.pdf")), "/policing/"):
        assert visitor.page.request.get(f"{visitor.address}{to}").status == 404, to
    visitor.go(f"/people/{person}/suggestions/")
    assert visitor.faults() == []
    visitor.press("Say where you used it")
    visitor.page.locator("input[name=plan][value=resettlement]").check()
    visitor.page.locator("input[name=text]").fill("the address")
    visitor.press("Keep it")
    assert "Resettlement plan" in visitor.text and "the address" in visitor.text
