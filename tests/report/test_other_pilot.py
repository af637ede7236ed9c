"""The report and the measures of another city: few services, no window, other names."""

import csv
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.report.reading import Page
from throughcare.core.pilot import FACT_KINDS

PILOT = """
slug = "leeds"
name = "Through the Gate"
area = "Leeds"
boroughs = ["East Leeds", "West Leeds"]
courts = ["Leeds"]
prisons = ["Armley"]
smallest_published = 5
[life]
start = 2015-04-01
end = 2017-04-01
[reference_days]
first_pull = 2015-07-31
initial_cohort = 2015-12-31
[windows]
[[criteria]]
slug = "convicted"
[[services]]
slug = "court_reports"
name = "Court reports"
strand = "courts"
start = 2016-02-06
members = false
[[services]]
slug = "intensified_contact"
name = "Keeping in touch"
strand = "programmes"
start = 2016-04-25
[[services]]
slug = "employment"
name = "Ready for Work"
strand = "employment"
start = 2016-07-01
[[providers]]
slug = "blue_sky"
name = "Blue Sky"
services = ["employment"]
[targets]
reports_within_days = 5
reports_within_days_percent = 90
weekly_contact_per_week = 1
weekly_contact_weeks = 13
fortnightly_gap_days = 14
[budgets]
allocation = 1000
small_limit = 100
[today]
acknowledge_within = 2
decide_within = 5
referrals_for = 90
declined_for = 14
releases_ahead = 7
release_now = 1
released_for = 7
released_now = 1
no_contact = 14
no_meeting = 14
reports_for = 60
plans_for = 60
openings_for = 7
unused_for = 90
not_sure_for = 14
ask_again_within = 60

[panel]
discussed_within_weeks = 8

[homes]
""" + "".join(f'{kind} = {{ system = "Throughcare" }}\n' for kind, _ in FACT_KINDS)
OVER = ("--from", "2016-02-06", "--to", "2017-01-01")


@pytest.fixture(scope="module")
def leeds(tmp_path_factory: pytest.TempPathFactory):
    home = tmp_path_factory.mktemp("leeds")
    (home / "pilot.toml").write_text(PILOT, encoding="utf-8")
    environment = {k: v for k, v in os.environ.items() if k != "THROUGHCARE_DATABASE_URL"}
    environment |= {"THROUGHCARE_HOME": str(home), "THROUGHCARE_PILOT": str(home / "pilot.toml")}

    def throughcare(*arguments: object) -> str:
        command = [sys.executable, "-c", "from throughcare.cli import app; app()", *map(str, arguments)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return throughcare


def test_measures_of_services_and_windows_that_a_pilot_lacks_have_a_note_and_no_number(leeds):
    rows = {(r["id"], r["group"]): r for r in csv.DictReader(io.StringIO(leeds("measures", *OVER, "--format", "csv")))}
    taskings = rows["taskings", "total"]
    assert (taskings["value"], taskings["note"]) == ("", "the pilot has no such service")
    assert not [r for (slug, _), r in rows.items() if slug.startswith(("contact.", "referrals.month")) and r["value"]]
    assert rows["psr.delivered", "Leeds|all"]["value"] == "0"
    assert rows["service.referred", "Ready for Work"]["value"] == "0"


@pytest.mark.parametrize("audience", ["governance", "public"])
def test_sections_of_services_that_a_pilot_lacks_are_left_out(leeds, tmp_path: Path, audience):
    leeds("report", *OVER, "--audience", audience, "--output", tmp_path / "report")
    page = Page((tmp_path / "report" / "index.html").read_text(encoding="utf-8"))
    sections = {a["id"] for a in page.all("section")}
    assert {"summary", "cohort", "services", "courts", "employment"} <= sections
    assert not sections & {"prison", "young-men", "contact", "budgets", "mental-health", "policing", "overlap"}
    assert page.row("Referrals to employment") == ["0", "–", "–", "–"]
    assert not [row for row in page.rows if row and "mentoring" in row[0].lower()]
    assert page.row("Ready for Work", cells=6)[1:] == ["0", "0", "0", "0", "0"]
