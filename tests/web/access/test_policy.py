"""Every page, asked by every role, of somebody inside its work, outside it, and barred from it: what the policy's cell says."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from itertools import product
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, path, reverse

from tests.web.access.addresses import address
from tests.web.access.asking import ask, tried
from tests.web.access.policy_table import NARROWER, OPENED, REASON, form, lines
from tests.web.access.world import World
from tests.web.access.world_publication import OPEN_TO_ALL
from throughcare.casework.access.policy import ROLES, policy
from throughcare.casework.access.reader import Reader
from throughcare.core.pages import ANYBODY, Page
from throughcare.web.addresses import all_pages
from throughcare.web.context import menu
from throughcare.web.guard import guarded

NO_PERSON = {"pilot", "study", "log", "accounts", "request"}
"""Scopes that give no person here: figures and settings; no subject-access request is open."""
OTHER_TABLES = ("sign-in/", "api/", "^api/")
"""Addresses with a guard and tests of their own."""


@pytest.fixture(autouse=True)
def unwritten(monkeypatch):
    """Pages are made, and not written out: whether they are there is asked here, what they tell in test_leaks."""
    monkeypatch.setattr(loader, "render_to_string", lambda *_, **__: "")


def expected(line: tuple[str, str, str, str], role: str, method: str, who: str) -> str:
    """What the policy says of this page, role and person: shown, asked, not there, refused."""
    page, see, change, about = line
    if method == "post" and change == "-":
        return "refused"
    if who in ("bar", "nobody") or (who == "named" and role != "offender_manager"):
        return "not there"
    narrower = NARROWER.get((page, method, "in" if who == "named" else who))
    if narrower is not None:
        return "shown" if narrower == "everybody" or role in narrower else "not there"
    row = change if method == "post" or see == "form" else see
    if row in ("signed-in", "anybody"):
        return "shown"
    cell = policy().cell(row, role)
    if cell is None or not cell.allows("edit" if method == "post" or see == "form" else "view"):
        return "not there"
    if about == "nobody":
        return "shown"
    if who in ("in", "named"):
        return "not there" if cell.scope in NO_PERSON else "shown"
    return "asked" if method == "get" and see in OPENED and role in REASON else "not there"


PEOPLE = {"nobody": ("",), "thing": ("in", "out"), "person": ("in", "out", "bar", "named", "nobody")}


def disagreements(
    world: World, line: tuple[str, str, str, str], readers: Iterable[tuple[str, Reader]], addresses: Any = None
) -> list[str]:
    """What these roles get of the page, of everybody, by both methods, where it is not what the policy says."""
    page, wrong = line[0], []
    for role, reader in readers:
        for who, method in product(PEOPLE[line[3]], ("get", "post")):
            to = address(world, page, role, who)
            got = tried(reader, to, method, form(page, role) if method == "post" else None, addresses=addresses).outcome
            if got != (wanted := expected(line, role, method, who)):
                wrong.append(f"{role} {method} {to} ({who}): {got}, the policy says {wanted}")
    return wrong


@pytest.mark.parametrize("line", lines(), ids=lambda line: line[0])
def test_every_role_gets_what_the_policy_says_and_nothing_else(world, as_planted, line):
    assert disagreements(world, line, [(role, as_planted(role)) for role in ROLES]) == []


@pytest.mark.parametrize("line", [line for line in lines() if line[1] != "anybody"], ids=lambda line: line[0])
def test_nobody_who_is_not_signed_in_gets_anything(world, line):
    for method in ("get", "post"):
        assert ask(None, address(world, line[0], "", "in"), method).outcome == "sign-in"


def test_without_signing_in_a_survey_is_answered_with_a_link_and_what_is_published_is_read_and_nothing_else(world):
    open_ = {page.name for page in all_pages() if ANYBODY in (page.needs, page.changes)}
    assert open_ == {"survey-answer", *OPEN_TO_ALL}
    for page in OPEN_TO_ALL:
        assert [tried(None, address(world, page, "", ""), method).outcome for method in ("get", "post")] == ["shown", "refused"]
    draft = address(world, "draft", "", "").split("/")[3]
    for hidden in (f"/published/{draft}/", f"/published/{draft}/figures.csv"):
        assert tried(None, hidden, "get").outcome == "not there"
    for method in ("get", "post"):
        assert tried(None, address(world, "survey-answer", "", "in"), method).outcome == "shown"
        assert tried(None, address(world, "survey-answer", "", "out"), method).outcome == "not there"


def test_every_page_has_a_line():
    """A new page without a line fails, and so does a line without a page."""
    listed = {line[0] for line in lines()}
    pages = {page.name for page in all_pages()}
    assert pages - listed == set()
    assert listed - pages == {"referral-health", "referral-work", "referral-budget", "not-now-health"}


def unguarded(found: list[URLPattern | URLResolver]) -> list[str]:
    """The patterns of the root that neither come from a page nor have a guard of their own."""
    ours = {page.route: page.name for page in all_pages()}
    guard = guarded(PLANTED).__code__
    return [
        str(each.pattern)
        for each in found
        if not str(each.pattern).startswith(OTHER_TABLES)
        and (isinstance(each, URLResolver) or ours.get(str(each.pattern)) != each.name or each.callback.__code__ is not guard)
    ]


@pytest.mark.parametrize("role", ROLES)
def test_the_menu_leads_to_pages_that_are_there(world, role):
    reader = world.reader(role)
    request = RequestFactory().get("/account/")
    request.reader = reader
    places = {page.menu: reverse(page.name) for page in all_pages() if page.menu}
    told = {entry["text"]: entry["href"] for entry in menu(request)}
    assert told == {words: to for words, to in places.items() if ask(reader, to).outcome == "shown"}


PLANTED = Page(name="planted", route="planted/", view=lambda request: None, needs="identity")


def test_every_address_comes_from_a_page_behind_the_guard():
    assert unguarded(get_resolver().url_patterns) == []


def test_an_address_past_the_guard_is_found():
    (today,) = [page for page in all_pages() if page.name == "today"]
    assert unguarded([path("planted/", PLANTED.view, name="planted")]) == ["planted/"]
    assert unguarded([path("", today.view, name="today")]) == [""]
    assert unguarded([path("", guarded(today), name="today")]) == []
    assert unguarded([path("planted/", guarded(PLANTED), name="planted")]) == ["planted/"]


def test_a_page_that_asks_for_too_little_is_found(world):
    """The table is not the page's own declaration: a page that declares too little disagrees with it."""
    (notes,) = [page for page in all_pages() if page.name == "person-notes"]
    (line,) = [line for line in lines() if line[0] == "person-notes"]
    worker = [("provider_worker", world.reader("provider_worker"))]
    for weak in (guarded(replace(notes, needs="contact")), partial(_open, guarded(replace(notes, needs=ANYBODY)))):
        found = disagreements(world, line, worker, (path(notes.route, weak, name=notes.name),))
        assert [each for each in found if "provider_worker get" in each and "(in): shown" in each]


def _open(view: Any, request: HttpRequest, person: int) -> HttpResponse:
    """A page without a guard, which finds what it needs by itself."""
    request.person, request.rows, request.edits = person, frozenset(policy().rows), frozenset()
    return view(request, person=person)
