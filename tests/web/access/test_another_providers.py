"""A provider cannot reach another's client by any address: not one that it finds, guesses, or was shown by somebody else."""

import pytest

from tests.web.access.asking import ask, tried
from tests.web.access.crawl import guesses, trace

pytestmark = pytest.mark.xdist_group("crawled")
STRANGER = "pact-worker"
"""Of all the people of the world only `out` is referred to Pact."""
OF_OTHERS = ("in", "bar", "named", "nobody")


def leaks(world, text: str) -> list[str]:
    return [each for who in OF_OTHERS for each in trace(text, who, world.people[who])]


@pytest.fixture
def addresses(world, pages):
    """Every address that the manager, the worker and the administrator of the person's provider are shown or could guess."""
    of_others = [*pages("offender_manager"), *pages("provider_worker"), *pages("provider_admin"), *guesses(world)]
    return [to for to in dict.fromkeys(of_others) if not to.startswith(("/static/", "/help/"))]


def test_no_page_of_anybody_elses_people_opens(world, addresses):
    reader = world.reader(STRANGER)
    answers = {to: ask(reader, to) for to in addresses}
    told = {to: leaks(world, each.text) for to, each in answers.items() if each.outcome == "shown"}
    assert {to: traces for to, traces in told.items() if traces} == {}
    about = [to for to in addresses if any(to.startswith(f"/people/{world.people[who]}/") for who in OF_OTHERS)]
    assert len(about) > 50
    assert {to: answers[to].status for to in about if answers[to].status != 404} == {}


def test_nothing_can_be_sent_to_anybody_elses_people(world, addresses):
    reader = world.reader(STRANGER)
    about = [f"/people/{world.people[who]}/" for who in OF_OTHERS]
    about += [f"/referrals/{number}/" for name, number in world.ids.items() if name.startswith(("mentoring:", "tiger:"))]
    mine = [to for to in addresses if to.startswith(tuple(about))]
    assert {to: answer.status for to in mine if (answer := tried(reader, to, data={"to": "accepted"})).outcome == "shown"} == {}


def test_the_same_addresses_open_for_whom_they_are(world, addresses):
    """Else the tests above would ask for pages that there are not."""
    person = world.people["in"]
    assert ask(world.reader("provider_worker"), f"/people/{person}/").outcome == "shown"
    assert ask(world.reader(STRANGER), f"/people/{world.people['out']}/").outcome == "shown"
