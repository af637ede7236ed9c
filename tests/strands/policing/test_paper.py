"""A plan on paper, for one reader: what handling lets through, marked on every page; who took it is kept; the picture in it."""

import json
from datetime import date

import pytest
from django.test import RequestFactory

from tests.strands.policing.conftest import RATED_ON, ask, step, told
from throughcare.casework.audit.queries import about_person
from throughcare.casework.clock import instant_on
from throughcare.casework.people.names import named
from throughcare.design.paper import as_pdf, as_text, kept, shown_again
from throughcare.strands.policing.items import actions as items
from throughcare.strands.policing.plans import pages
from throughcare.strands.policing.plans.paper import paper_of
from throughcare.strands.policing.plans.queries import for_roles, roles_reaching, standing_items

pytestmark = pytest.mark.django_db
DAY = date(2016, 8, 10)


@pytest.fixture
def plan(posts, person_id):
    """Sent, with an item for the hub alone, one for the police, and a suggestion."""
    made = ask(person_id("A"))
    for section, text, grade, shown_to in (("lifestyle", "ITEMHUB", "1AC", "hub"), ("places", "ITEMPOLICE", "2BC", "police"),
                                           ("release", "ITEMSUGGESTED", "2BP", "")):  # fmt: skip
        items.add(by="hub", plan=made, told=told(section, text, grade, shown_to), on=RATED_ON, at=instant_on(RATED_ON))
    for name in ("take", "make", "send"):
        made = step(made, name, DAY, **({"reference": "F/1"} if name == "make" else {}))
    return made


def asked(reader, plan, rows=("plan", "identity", "taskings")):
    request = RequestFactory().get("/")
    request.reader, request.person, request.rows, request.edits = reader, plan.person_id, frozenset(rows), frozenset()
    return request


def paper(reader, plan):
    found = for_roles(standing_items(plan), roles_reaching(reader, "plan", plan.person_id))
    who = named([plan.person_id])[plan.person_id]
    return paper_of(plan, found, version=plan.versions.get(), who=who, reader=reader)


@pytest.mark.parametrize(
    ("slug", "told", "marked"),
    [
        ("hub", {"ITEMHUB", "ITEMPOLICE", "ITEMSUGGESTED"}, "Handling C: the research hub alone"),
        ("hackney-police", {"ITEMPOLICE", "ITEMSUGGESTED"}, "Handling C: the hub and the borough's police"),
    ],
)
def test_each_reader_has_a_paper_of_their_own_marked_by_the_strictest_item_on_it(plan, reader, slug, told, marked):
    made = paper(reader(slug, DAY), plan)
    text = as_text(made)
    assert {word for word in ("ITEMHUB", "ITEMPOLICE", "ITEMSUGGESTED") if word in text} == told
    assert made.head.startswith(marked) and made.foot.startswith(marked)
    assert made.foot.endswith(f"Printed for {slug} as {slug} on 10 August 2016.")
    graded = "2BC: Untested source; known indirectly to the source, and corroborated; lawful sharing permitted with conditions"
    assert graded in " ".join(text.split())
    assert shown_again(kept(made)) == made


def test_the_head_stands_on_the_page(plan, reader):
    made = paper(reader("hub", DAY), plan)
    assert as_pdf(made)[:5] == b"%PDF-"
    assert as_pdf(made) != as_pdf(shown_again(kept(made).replace(made.head, "")))


def test_who_took_the_paper_is_kept_with_how_many_items_were_on_it(plan, reader):
    answer = pages.paper(asked(reader("hackney-police", DAY), plan), plan.pk, 1)
    assert answer["Content-Type"] == "application/pdf" and answer.content[:5] == b"%PDF-"
    entry = about_person(plan.person_id)[-1]
    assert (entry.verb, entry.actor) == ("policing.print_plan", "hackney-police as hackney-police")
    assert json.loads(entry.details) == {"version": 1, "items": 2}


def test_the_picture_of_the_person_stands_on_the_plan_as_it_stands_and_on_no_version(plan, reader, load, monkeypatch):
    load({"police-events": """
record_id | person | event | role     | on         | method
1         | A      | E1    | arrested | 2016-07-03 | METHODWORDS
"""})  # fmt: skip
    monkeypatch.setattr(pages, "as_pdf", lambda made: as_text(made).encode())
    request = asked(reader("hub", DAY), plan)
    assert b"1 offence known" in pages.plan(request, plan.pk).content
    assert b"METHODWORDS" in pages.paper(request, plan.pk).content
    assert b"METHODWORDS" not in pages.paper(request, plan.pk, 1).content
