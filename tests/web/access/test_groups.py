"""Groups and the desk on the screen: what a provider sees of the check is a word, and nobody barred is on any page."""

import pytest

from tests.web.access.asking import ask
from tests.web.access.crawl import trace


@pytest.mark.parametrize("role", ["provider_worker", "provider_admin"])
def test_the_desk_its_groups_and_their_check(world, role):
    ids, reader = world.ids, world.reader(role)
    group, day = f"/groups/{ids['group:in']}/", f"/groups/days/{ids['group-day:in']}/"
    pages = ["/provider/", "/groups/", group, day, f"/groups/{ids['running:in']}/finish/"]
    told = {page: ask(reader, page).text for page in pages}
    for page, text in told.items():
        for who in ("bar", "nobody", "out", "named"):
            assert trace(text, who, world.people[who]) == [], (page, who)
        assert "MARKAVOID" not in text
    assert "Inscope" in told["/provider/"]
    assert "Inscope" in told[group]


def test_who_checks_sees_what_to_avoid_and_tells_a_word(world):
    ids = world.ids
    shown = ask(world.reader("iom_coordinator"), f"/groups/checks/{ids['check:in']}/").text
    assert "MARKAVOID" in shown
    assert "Inscope" in shown
    assert [trace(shown, who, world.people[who]) for who in ("bar", "nobody", "named")] == [[], [], []]
    answer = ask(world.reader("iom_coordinator"), f"/groups/checks/{ids['check:in']}/", "post", {"answer": "not_venue"})
    assert answer.outcome == "shown"
    told = ask(world.reader("provider_worker"), f"/groups/{ids['group:in']}/").text
    assert "not this venue" in told
    assert "MARKAVOID" not in told
