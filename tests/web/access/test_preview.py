"""What is shown before a referral is sent is what whoever works with the person there then sees: no line more, none less."""

import re
from html import unescape

import pytest

from tests.web.access.asking import ask
from tests.web.access.test_struck_out import TRACES, _everything, refer_form, strike
from tests.web.access.world import numbers_of
from throughcare.casework.audit.actions import recording
from throughcare.casework.frames import reading_once
from throughcare.casework.referrals.models import STRUCK, Referral, Withheld
from throughcare.casework.referrals.sending.preview import ELIGIBLE, rows_for, told_of
from throughcare.registry import parts

# whose referral to what, of those that the world has: the account that then works with the person
ROLES = {
    "provider_worker": "mentoring", "provider_admin": "mentoring", "rise-worker": "tiger", "health_practitioner": "mental_health",
    "employment_broker": "employment",
}  # fmt: skip
OWN = ("Mentoring", "TIGER", "Employment", "Mental health", "Referred to", "Session ", "Meeting", "Visit", "Consultation",
       "Assessment", "Anger management", "Worry", "Concern", "Given a place in a group",
       "Started work with", "No longer in work with", "Right to work", "Work: ", "Arranged for work", "A condition that bar",
       "Put forward for a job", "Job interview", "Application for a job", "Goal ", "Family (",
       "The provider's end-of-service report came", "Response to a risk", "An answer was a risk", "PHQ-9", "Referred on",
       "Care plan", "Already under a mental-health team", "Direct work", "MARK")  # fmt: skip
"""Of the provider's own work with the person, and of the work of pathways: how such entries begin."""


def plain(html: str) -> str:
    """The letters and digits of a text, which is how page and preview are compared: they differ in how lines are set."""
    return re.sub(r"[^a-z0-9]", "", unescape(re.sub(r"<[^>]*>", " ", html)).lower())


def preview(world, service: str, reader) -> dict[str, list[str]]:
    """By row, every line that the sender is shown."""
    person, entries = world.people["in"], {}
    with reading_once():
        for entry in parts.timeline(person):
            if (entry.planned or entry.on <= reader.day) and not entry.also and not (
                entry.row == "sessions" and entry.referral
            ):
                entries.setdefault(reader.row_of(entry.row), []).append(entry)
        return {row.slug: [*row.lines, *row.before] for row in rows_for(service, told_of(person, reader.day, entries))}


TABS = ("", "services/", "court/", "custody/", "panel/", "timeline/", "score/")


def seen(world, account: str) -> dict[str, str]:
    """All that the account is shown of the person, by tab."""
    reader = world.reader(account)
    return {tab: ask(reader, f"/people/{world.people['in']}/{tab}").text for tab in TABS}


def happened(text: str) -> list[str]:
    """Each entry of the timeline on this page, as the preview has it: the day and the words."""
    found = re.findall(r'moj-timeline__title">(.*?)</h3>.*?<time[^>]*>(.*?)</time>', text, re.S)
    return [f"{on}: {unescape(re.sub(r'<[^>]*>', '', words))}" for words, on in found]


def told(row: str, lines: list[str], struck: set[str]) -> list[str]:
    """The lines that are to be seen: where somebody lives is not told of who is told to be in prison."""
    later = [line for line in lines if line.startswith("When out of prison")]
    now = [line.rpartition(": ")[2] for line in later if "custody" in struck]
    return [line for line in lines if line not in (*later, ELIGIBLE, "How the score came about")] + now


EACH = [set(), *({row} for row in sorted(STRUCK)), set(STRUCK)]


@pytest.mark.parametrize("account", ROLES)
@pytest.mark.parametrize("struck", EACH, ids=lambda rows: "+".join(sorted(rows)) or "none")
def test_the_preview_is_what_is_then_seen(world, account, struck):
    service = ROLES[account]
    with recording(by="test", verb="test.strike") as entry:
        for row in struck:
            Withheld(referral_id=world.ids[f"{service}:in"], row=row, reason="MARKSTRUCK", by="test").save()
        entry.details = {}
    tabs = seen(world, account)
    entries = happened(tabs["timeline/"])
    rows = preview(world, service, world.reader("offender_manager"))
    page = plain(" ".join(tabs.values())) + " ".join(map(plain, entries))
    shown = {row: told(row, lines, struck) for row, lines in rows.items() if row not in struck}
    assert [(row, line) for row, lines in shown.items() for line in lines if plain(line) not in page] == []
    others = " ".join(line for lines in shown.values() for line in lines)
    assert [line for row in struck & set(rows) for line in rows[row] if plain(line) in page and line not in others] == []
    known = {plain(line) for lines in shown.values() for line in lines}
    assert [line for line in entries if plain(line) not in known and not of_its_own(line)] == []


def of_its_own(line: str) -> bool:
    return line.partition(": ")[2].startswith(OWN)


def test_every_line_is_tried(world):
    """Else the test above would compare nothing: each row that a provider or a pathway sees has something to tell."""
    reader = world.reader("offender_manager")
    for service in ("mentoring", "mental_health"):
        assert [row for row, lines in preview(world, service, reader).items() if not lines] == []
    assert set(preview(world, "mental_health", reader)) >= {*STRUCK, "identity", "referrals", "panel"}


def test_the_page_shows_every_line_of_the_preview_and_what_was_added_reaches_the_provider(world, monkeypatch):
    monkeypatch.setattr("throughcare.casework.referrals.sending.queries.fits", _everything)
    monkeypatch.setattr("throughcare.casework.referrals.actions._against", lambda *told: ())
    manager, to = world.reader("offender_manager"), f"/people/{world.people['in']}/refer/"
    form = plain(ask(manager, f"{to}?to=building_bridges").text)
    lines = [line for lines in preview(world, "building_bridges", manager).values() for line in lines]
    assert lines and [line for line in lines if plain(line) not in form] == []
    assert "Shy at first" in ask(manager, to, "post", refer_form(world)).text  # on the page before it is sent
    ask(manager, to, "post", refer_form(world, send="yes"))
    (made,) = Referral.objects.filter(sent_by=manager.by)
    assert "Shy at first" in ask(world.reader("pact-worker"), f"/referrals/{made.pk}/").text


def test_a_volunteer_sees_nothing_that_the_preview_does_not_show(world):
    rows = preview(world, "mentoring", world.reader("offender_manager"))
    known = {plain(line) for lines in rows.values() for line in lines}
    text = ask(world.reader("volunteer"), f"/people/{world.people['in']}/timeline/").text
    assert [line for line in happened(text) if plain(line) not in known and not of_its_own(line)] == []


def test_search_and_lists_tell_nothing_that_was_struck_out(world):
    strike(world, "address", "risks", "supervision", "caseload")
    for account in ("provider_worker", "provider_admin"):
        reader = world.reader(account)
        for to in (f"/find/?q={numbers_of('in')['crn']}", "/people/", "/provider/", "/groups/", "/", "/today/all/"):
            text = ask(reader, to).text
            assert [word for word in TRACES.values() if word in text] == [], (account, to)
