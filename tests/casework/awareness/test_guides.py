"""Every role has a guide, whose figures are the pilot file's and whose pages the role may open."""

import re
from functools import reduce
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import sync_playwright

from tests.demonstration.browser import chromium
from tests.web.access.asking import ask
from throughcare.casework.access.policy import ROLES, policy
from throughcare.casework.awareness.guides.figures import FIGURES, told_of
from throughcare.casework.awareness.guides.queries import sheet
from throughcare.casework.awareness.guides.roles import GUIDES
from throughcare.casework.pilot import current_pilot
from throughcare.core.pages import SIGNED_IN
from throughcare.rules.pilot import load_pilot
from throughcare.web.addresses import all_pages

STYLE = ("govuk/govuk-frontend.min.css", "moj/moj-frontend.min.css", "throughcare/throughcare.css")
NUMBER = re.compile(r"\d+(?:[:.]\d+)?")


def numbers_of(told: object) -> set[str]:
    """Every number of a pilot file, as it is written in a sentence."""
    if isinstance(told, dict):
        return set().union(*(numbers_of(each) for each in told.values()), set())
    if isinstance(told, list | tuple):
        return set().union(*(numbers_of(each) for each in told), set())
    return {found for text in [str(told)] for found in (*NUMBER.findall(text), *NUMBER.findall(text[:5]))}


def test_every_role_has_a_guide():
    assert list(GUIDES) == list(ROLES)


@pytest.mark.parametrize("role", ROLES)
def test_a_guide_names_no_figure_that_is_not_in_the_pilot_file(role):
    guide, pilot = GUIDES[role], current_pilot()
    typed = " ".join([guide.does, *guide.steps, *(words for _, words in guide.pages)])
    assert NUMBER.findall(typed) == []
    told = sheet(role, pilot)
    said = " ".join([*told.figures, *(line for service in told.services for line in service)])
    assert set(NUMBER.findall(said)) <= numbers_of(pilot.model_dump())


def test_a_sentence_has_no_number_of_its_own_and_follows_the_file():
    pilot = current_pilot()
    for slug, figure in FIGURES.items():
        assert NUMBER.findall(figure.words) == [], slug
        assert figure.words.count("{}") == len(figure.of), slug
        for key in figure.of:
            *table, last = key.split(".")
            held = reduce(getattr, table, pilot)
            other = held.model_copy(update={last: 4711})
            anew = pilot.model_copy(update={table[0]: other}) if table else other
            assert "4711" in told_of(anew)[slug] and "4711" not in told_of(pilot)[slug], key


@pytest.mark.parametrize("role", ROLES)
def test_the_pages_of_a_guide_are_there_for_its_role(role):
    pages = {page.name: page for page in all_pages()}
    for name, _ in GUIDES[role].pages:
        page = pages[name]
        assert not page.roles or role in page.roles, name
        row, action = (page.changes, "edit") if page.form else (page.needs, "view")
        assert row == SIGNED_IN or ((cell := policy().cell(row, role)) and cell.allows(action)), name


@pytest.mark.parametrize("file", sorted((Path(__file__).parents[3] / "pilots").glob("*.toml")), ids=lambda file: file.stem)
def test_trainings_of_a_pilot_file_are_for_roles_that_there_are(file):
    assert {role for each in load_pilot(file).awareness.trainings for role in each.roles} <= set(ROLES)


def test_every_guide_prints_on_one_sheet_of_a4(reader, tmp_path):
    """As Chromium prints it, with the style of the service. No script is needed for it."""
    css = "".join(Path(finders.find(name)).read_text(encoding="utf-8") for name in STYLE)
    told = {role: ask(reader("officer"), f"/guide/{role}/").text for role in ROLES}
    sheets = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = browser.new_page()
        for role in ROLES:
            page.set_content(re.sub(r"<(link|script)[^>]*>", "", told[role]).replace("</head>", f"<style>{css}</style></head>"))
            page.pdf(path=tmp_path / "guide.pdf", format="A4")
            printed = (tmp_path / "guide.pdf").read_bytes()
            sheets[role] = printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page ")
        browser.close()
    assert sheets == dict.fromkeys(ROLES, 1)
