"""A prisoner is moved: the same day as the extract, the volunteer, the provider and the manager have the new place."""

import csv
import shutil
import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.demonstration.browser import chromium, serving, visiting
from tests.demonstration.conftest import run_in

pytestmark = pytest.mark.xdist_group("pilot")
MET = """
select s.record_id, c.person_id from people_custodyspell c join imports_sourcerow s on s.id = c.source_id
join access_allocation a on a.person_id = c.person_id join access_post p on p.id = a.post_id
where p.slug = 'volunteer-1' and c.end is null order by c.start desc
"""
TOLD = """
select p.role from alerts_alert a join access_post p on p.id = a.post_id
where a.person_id = ? and a.text like 'Moved from % to Brixton %' and a.seen_at is null and a.replaced_by_id is null
"""


def moved(home: Path, folder: Path) -> int:
    """Writes a whole new extract in which somebody whom the volunteer meets is in Brixton since today; gives the person."""
    with sqlite3.connect(home / "throughcare.sqlite3") as store:
        record_id, person = store.execute(MET).fetchone()
    with (home / "extracts" / "second" / "prison-spells.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    (old,) = [row for row in rows if row["record_id"] == record_id]
    rows.append({**old, "record_id": "B1", "prison": "Brixton", "start": "2017-03-01"})
    old["end"] = "2017-03-01"
    folder.mkdir()
    with (folder / "prison-spells.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, list(old))
        writer.writeheader()
        writer.writerows(rows)
    return person


def test_a_prisoner_moved_before_a_mentors_visit_is_told_to_all(pilot_home: Path, tmp_path: Path, browser: Browser):
    chromium()
    home = tmp_path / "home"
    shutil.copytree(pilot_home, home)
    person = moved(home, tmp_path / "new")
    run_in(home)("import", tmp_path / "new", "--no-propose")
    with sqlite3.connect(home / "throughcare.sqlite3") as store:
        told = {role for (role,) in store.execute(TOLD, [person])}
    assert {"volunteer", "provider_worker", "prison_coordinator", "offender_manager"} <= told
    with serving(home) as address:
        for role in ("volunteer", "provider_worker"):
            with visiting(browser, address) as visitor:
                visitor.sign_in(role)
                visitor.go("/today/all/?group=now")
                if role == "provider_worker" and "Brixton" not in visitor.text:
                    continue  # the demonstration's own worker is of another provider
                visitor.page.locator(".tc-task:has-text('Brixton') a:has-text('See what to do')").first.click()
                assert "to Brixton on Wednesday 1 March 2017" in visitor.page.inner_text("h1")
                assert "In Brixton since 1 March 2017" in visitor.text
                visitor.press("I have seen this")
                assert "Marked as seen" in visitor.told
                visitor.go("/today/all/?group=now")
                assert visitor.page.locator(".tc-task:has-text('Brixton') a:has-text('See what to do')").count() == 0
                if role == "provider_worker":  # the mentor's visit on the day after stays until it is planned anew
                    assert "Brixton" in visitor.text
                    assert "Visits to plan anew · Thursday 2 March 2017" in visitor.text
        with visiting(browser, address) as visitor:
            visitor.sign_in("prison_coordinator")
            visitor.go("/prison/")
            assert "the extract is of today" in visitor.text and "What is owed" in visitor.text
            assert visitor.faults() == []
