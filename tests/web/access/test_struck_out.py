"""What was struck out of a referral leaves no trace on any page of the provider's people; and the pages by which it is sent."""

import pytest

from tests.web.access.asking import ask
from tests.web.access.crawl import crawl
from throughcare.casework.audit.actions import recording
from throughcare.casework.referrals.models import Referral, Withheld
from throughcare.core.contracts import Decision

TRACES = {
    # row: a word that is on record of the person, and tells of this row alone
    "address": "E8 4QN", "risks": "MARKRISK", "supervision": "MARKREQUIREMENT", "caseload": "Quillfeather",
}  # fmt: skip
DELIVER = ("provider_worker", "provider_admin", "volunteer")
NOTE = "Shy at first"


def strike(world, *rows):
    """Strikes these rows out of the mentoring of the person in everybody's work."""
    with recording(by="test", verb="test.strike") as entry:
        for row in rows:
            Withheld(referral_id=world.ids["mentoring:in"], row=row, reason="MARKSTRUCK", by="test").save()
        entry.details = {}


def found(shown):
    """The rows of which these pages tell something, by their traces, and where. Meetings of partners are about nobody."""
    pages = {to: page for to, page in shown.items() if not to.startswith("/partner-meetings/")}
    whole = " ".join(page.text for page in pages.values())
    assert "MARKSTRUCK" not in whole
    assert "Struck out" not in whole
    return {(row, to) for row, trace in TRACES.items() for to, page in pages.items() if trace in page.text}


@pytest.mark.xdist_group("crawled")
@pytest.mark.parametrize("role", DELIVER)
def test_what_was_struck_out_is_on_no_page_of_the_provider(world, pages, role):
    assert "risks" in {row for row, _ in found(pages(role))}
    strike(world, *TRACES)
    assert found(crawl(world, world.reader(role))) == set()


def test_the_place_in_custody_is_on_no_page_either(world):
    """But for the visits that the provider itself booked there before."""
    strike(world, "custody")
    person = world.people["in"]
    pages = [f"/people/{person}/{tab}" for tab in ("", "timeline/")]
    pages += [f"/referrals/{world.ids['mentoring:in']}/meetings/new/", "/people/"]
    for role in DELIVER:
        reader = world.reader(role)
        for to in pages:
            told = ask(reader, to).text
            assert [way for way in ("In", "To", "Visit to") if f"{way} Pentonville" in told] == [], (role, to)
        assert ask(reader, f"/people/{person}/custody/").outcome == "not there"


def test_the_sender_sees_what_was_struck_out(world):
    strike(world, "address")
    told = ask(world.reader("offender_manager"), f"/referrals/{world.ids['mentoring:in']}/").text
    assert "Struck out" in told
    assert "MARKSTRUCK" not in told


def refer_form(world, **more):
    """What the form sends: to a group, on licence, explained and agreed."""
    return {"to": "building_bridges", "agreement": "agreed", "building_bridges-route": "through_the_gate",
            "building_bridges-note": NOTE, **more}  # fmt: skip


@pytest.fixture
def manager(world, monkeypatch):
    monkeypatch.setattr("throughcare.casework.referrals.sending.queries.fits", _everything)
    monkeypatch.setattr("throughcare.casework.referrals.actions.fits", _everything)
    return world.reader("offender_manager")


def _everything(service, standing, *, as_at, pilot):
    return Decision(met=True, reasons=("for everybody",))


def test_from_what_fits_to_sent(world, manager):
    to = f"/people/{world.people['in']}/refer/"
    first = ask(manager, to).text
    assert "Building Bridges" in first
    assert "Mentoring</a>: referred on 20 November 2016" in first
    assert "Choose at least one service" in ask(manager, f"{to}?go=yes").text
    assert 'value="building_bridges" checked' in " ".join(ask(manager, f"{to}?service=building_bridges").text.split())
    form = ask(manager, f"{to}?to=building_bridges").text
    assert [row for row, trace in TRACES.items() if trace not in form] == []
    struck = {"building_bridges-strike-address": "on"}
    check = ask(manager, to, "post", refer_form(world, **struck)).text
    assert "Struck out: address and borough" in check
    assert not Referral.objects.filter(sent_by=manager.by).exists()
    sent = ask(manager, to, "post", refer_form(world, **struck, send="yes"))
    assert "Sent to Building Bridges (Pact)" in sent.text
    (made,) = Referral.objects.filter(sent_by=manager.by)
    assert (made.provider, made.for_provider, [w.row for w in made.withheld.all()]) == ("pact", NOTE, ["address"])
    assert ask(world.reader("pact-worker"), f"/people/{made.person_id}/").text.count("E8 4QN") == 0
    again = ask(manager, to, "post", refer_form(world, send="yes")).text
    assert "The person has an open referral" in again
    assert NOTE in again


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"building_bridges-strike-risks": "on"}, "must not see them, or leave them in"),
        ({"agreement": "not_agreed"}, "is not an activity requirement"),
        ({"agreement": ""}, "Choose: what was explained"),
        ({"to": ["building_bridges", "right_track"], "right_track-route": "licence"}, "does not go together with TIGER"),
    ],
)
def test_what_is_refused_keeps_what_was_typed(world, manager, more, words):
    answer = ask(manager, f"/people/{world.people['in']}/refer/", "post", refer_form(world, **more, send="yes"))
    assert words in answer.text
    assert NOTE in answer.text
    assert not Referral.objects.filter(sent_by=manager.by).exists()
