"""Members rated Red, Amber or not at all; a research hub, a borough's police and co-ordinator, a manager and a prison."""

from datetime import date

import pytest

from throughcare.casework.access import actions as access
from throughcare.casework.access.models import Post
from throughcare.casework.access.reader import Reader
from throughcare.casework.audit.actions import recording
from throughcare.casework.clock import instant_on
from throughcare.casework.cohort.models import Membership, Rating
from throughcare.registry.parts import reach, service_rows
from throughcare.rules.intelligence_items import Grading
from throughcare.strands.policing.items.actions import Told
from throughcare.strands.policing.plans import actions

RATED_ON = date(2016, 8, 1)
POSTS = {
    "hub": {"role": "police_researcher"}, "hackney-police": {"role": "tasking_officer", "place": "Hackney"},
    "camden-police": {"role": "tasking_officer", "place": "Camden"},
    "hackney-iom": {"role": "iom_coordinator", "place": "Hackney"},
    "manager": {"role": "offender_manager", "office": "CRC Hackney", "agency": "CRC", "code": "C1"},
    "pentonville": {"role": "prison_coordinator", "place": "Pentonville"},
}  # fmt: skip
# A is a member rated Red from 1 August; B a member rated Amber; C a member not rated; D was rated Red and is no member.
PEOPLE = "record_id | person | surname\n1 | A | Brellan\n2 | B | Corran\n3 | C | Dunmore\n4 | D | Ellery"


@pytest.fixture
def cohort(load, person_id):
    load({"nps-people": PEOPLE})
    with recording(by="test", verb="test.cohort"):
        for letter in "ABC":
            Membership(person_id=person_id(letter), start=date(2016, 7, 1), borough="Hackney").save()
        for letter, rag in (("A", "Amber"), ("B", "Red")):
            Rating(person_id=person_id(letter), rag=rag, start=date(2016, 7, 1), set_by="test").save()
        for letter, rag in (("A", "Red"), ("B", "Amber"), ("D", "Red")):
            Rating(person_id=person_id(letter), rag=rag, start=RATED_ON, set_by="test").save()


@pytest.fixture
def posts(cohort, load, person_id):
    """The posts by their names, each held by an account of the same name. A is on the manager's caseload and in Pentonville."""
    for slug, fields in POSTS.items():
        access.make_post(by="test", slug=slug, title=f"Post {slug}", **fields)
        access.hold(by="test", post=Post.objects.get(slug=slug), account=access.make_account(by="test", username=slug),
                    start=date(2016, 1, 1))  # fmt: skip
    load({"prison-spells": "record_id | person | prison | kind | start\nS1 | A | Pentonville | sentenced | 2016-07-01"})
    access.allocate(by="test", person=person_id("A"), post=Post.objects.get(slug="manager"), on=date(2016, 7, 1))
    return {slug: Post.objects.get(slug=slug) for slug in POSTS}


@pytest.fixture
def reader(posts):
    """reader("manager", day): who holds that post."""

    def of(slug: str, day: date) -> Reader:
        post = posts[slug]
        account = post.holdings.get().account
        return Reader(account=account, post=post, posts=(post,), day=day, reach=reach(), service_rows=service_rows())

    return of


def ask(person: int, on: date = RATED_ON, borough: str = "Hackney", **asked: str):
    told = actions.Asked(**{"asks": "Where, for the release plan", **asked})
    return actions.request_plan(by="co-ordinator", person_id=person, borough=borough, on=on, at=instant_on(on), asked=told)


def step(plan, name: str, on: date, *, who: str = "hub", **said: str):
    return actions.take_step(by=who, plan_id=plan.pk, step=name, who=who, on=on, at=instant_on(on), **said)


def sent(person: int, on: date, day: date):
    """A plan asked for on one day, researched, made and sent on another."""
    plan = ask(person, on)
    for name, said in (("take", {}), ("make", {"reference": "F/1"}), ("send", {})):
        plan = step(plan, name, day, **said)
    return plan


def told(section: str = "lifestyle", text: str = "Trains in the mornings", grade: str = "2BP", shown_to: str = "", *, sure=False):
    grading = Grading(source=grade[0], assessment=grade[1], handling=grade[2], shown_to=shown_to)
    return Told(section=section, text=text, grading=grading, conditions="Ask the hub first" if shown_to else "", sure=sure)
