"""The picture of a person as the hub and the borough see it: who is named, who never comes in, and what is done about a link."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.strands.pictures.test_street_crime import FILE
from tests.web.access.asking import ask
from tests.web.access.world import numbers_of, traces_of
from tests.web.access.world_picture import MATE, NEVER, pnc_of
from throughcare.design.paper import as_text
from throughcare.strands.policing.picture.models import LinkDeed, StreetCrime
from throughcare.strands.policing.picture.paper import paper

POLICE = ("police_researcher", "tasking_officer")


@pytest.fixture
def address(world):
    return f"/people/{world.people['in']}/picture/"


def words_of(page) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text)))


@pytest.mark.parametrize("role", POLICE)
def test_who_never_comes_in_is_not_on_the_page_nor_on_paper(world, address, role):
    page, told = ask(world.reader(role), address), paper(world.people["in"], world.reader(role), shown="Inscope")
    for text in (page.text, as_text(told)):
        assert "CR-MARKOWNIN" in text
        for kind, surname in NEVER.items():
            assert surname not in text and "Nemo" not in text and pnc_of(kind) not in text


@pytest.mark.parametrize("role", POLICE)
def test_who_is_kept_from_the_reader_is_no_line_and_in_no_count(world, address, role):
    """`bar`, `named` and `nobody` were arrested with `in` too: one line is left, of somebody whom the hub may name."""
    page = ask(world.reader(role), address)
    assert page.text.count("data-node=") == 1
    for who in ("bar", "named", "nobody", "out"):
        assert not [word for word in traces_of(who) if word in page.text]


def test_the_hub_names_who_is_in_its_work_and_the_borough_does_not(world, address):
    hub, borough = (words_of(ask(world.reader(role), address)) for role in POLICE)
    assert "1. Alsolinked, Mattis" in hub and "Arrested together on 2 November 2016 (CR-MARKALL)" in hub
    assert "1. One other person, outside your work" in borough and "Alsolinked" not in borough
    assert "Arrested together on 2 November 2016" in borough and "CR-MARKALL" not in borough.partition("Associations")[2]
    assert "Renew or leave out" in hub and "Renew or leave out" not in borough


def test_what_the_page_says_of_the_pattern_and_the_map(world, address):
    page = ask(world.reader("police_researcher"), address)
    words = words_of(page)
    assert "Too few to say: it is known of 1 offence, and nothing is said below 5." in words
    assert 'data-point="1" data-latitude="51.54812" data-longitude="-0.05612" data-radius="50"' in page.text
    assert "Between Tuesday 1 November 2016 at 10pm and Wednesday 2 November 2016 at 1am" in words
    assert "51.5481, -0.0561, within 50 m" in words


def test_a_link_is_left_out_and_taken_back_and_what_was_typed_is_kept(world, address):
    hub, link = world.reader("police_researcher"), f"{address}links/{world.ids['mate:in']}/"
    refused = ask(hub, link, "post", {"do": "leave-out", "known": "Cousins, they say"})
    assert "Choose: why is it left out?" in refused.text and "Cousins, they say" in refused.text
    done = ask(hub, link, "post", {"do": "leave-out", "why": "family", "known": "Cousins, they say"})
    assert "left out. If it was a mistake" in done.text
    page = ask(hub, address)
    assert page.text.count("data-node=") == 0 and "Left out by hand" in page.text and "Cousins, they say" in page.text
    deed = LinkDeed.objects.get(deed="left_out")
    assert "Taken back" in ask(hub, link, "post", {"do": "take-back", "deed": deed.pk}).text
    assert ask(hub, address).text.count("data-node=") == 1


def test_a_link_that_a_plan_says_needs_a_number_of_somebody_in_the_readers_work(world, address):
    hub, typed = world.reader("police_researcher"), {"item": "IDP-7/2", "reason": "Named by a source"}
    for number in ("2003/0004499X", numbers_of("bar")["pnc"], numbers_of("out")["crn"], numbers_of("in")["pnc"]):
        page = ask(hub, f"{address}say/", "post", {**typed, "number": number})
        assert "Nobody else in your work has this number" in page.text and "Named by a source" in page.text, number
    done = ask(hub, f"{address}say/", "post", {**typed, "number": MATE})
    assert done.to.endswith(f"/links/{world.ids['mate:in']}/")
    assert "Said in a plan on 7 December 2016 (IDP-7/2)" in words_of(ask(hub, address))


def test_a_link_with_somebody_the_reader_may_not_name_has_no_page(world, address):
    for who in ("bar", "named", "nobody", "out", "in"):
        assert ask(world.reader("police_researcher"), f"{address}links/{world.people[who]}/").status == 404


def test_street_crime_is_sent_by_the_hub_and_stands_beside_the_map(world, address):
    hub = world.reader("police_researcher")
    wrong = ask(hub, "/street-crime/", "post", {"file": SimpleUploadedFile("x.csv", b"a,b\n1,2\n")})
    assert "not street crime as the police publish it" in wrong.text
    assert ask(world.reader("tasking_officer"), "/street-crime/", "post").status == 404
    sent = ask(hub, "/street-crime/", "post", {"file": SimpleUploadedFile("2016-12-street.csv", FILE.encode())})
    assert "December 2016 is kept: 5 crimes (burglary) in 4 small areas. 1 had no area. 1 of other types were left." in sent.text
    assert StreetCrime.objects.filter(borough="Hackney").count() == 2
    assert "Burglary in Hackney in December 2016: 3" in words_of(ask(world.reader("tasking_officer"), address))
