"""The pages of positions, crimes, matches and evidence, as those who may see them and those who may not see them."""

import hashlib
import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html import unescape
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfReader

from tests.strands.tagging_crimes.conftest import DAY, police_file, police_row, walk
from tests.web.access.asking import ask
from throughcare.casework.access import actions as access
from throughcare.casework.audit.actions import recording
from throughcare.casework.audit.models import Entry
from throughcare.strands.tagging import models as m
from throughcare.strands.tagging.crimes import actions
from throughcare.strands.tagging.evidence.actions import give
from throughcare.strands.tagging.tracks.actions import delete_over_time

pytestmark = pytest.mark.django_db
AT = datetime(2017, 3, 24, 9, tzinfo=UTC)


def words_of(page) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text)))


def with_reach(reader, **reach):
    """The same reader, whose scopes reach these people: how a scope comes about is tested with its part."""
    return replace(reader, reach={**reader.reach, **reach}, _asked={})


@pytest.fixture
def order(orders, came) -> m.Order:
    (made,) = orders("A T1 2017-03-20 2017-04-20")
    came(*walk("T1", "12:00", 20), *walk("T1", "12:40", 20, north=900))
    return made


@pytest.fixture
def match(order) -> m.Match:
    actions.take_and_run(by="test", name="c.csv", content=police_file(police_row("C1"), "broken"), at=AT)
    return m.Match.objects.get()


WHY = {"purpose": "finding", "text": "A gap at noon", "first": "22/3/2017", "last": "22/3/2017"}


def test_positions_are_shown_after_it_is_said_why_and_not_before(order, officer, reader_of):
    to = f"/tags/{order.pk}/map/"
    before = ask(officer, f"{to}?day=2017-03-22")
    assert "Why do you need to see positions?" in before.text and "data-track" not in before.text
    assert not Entry.objects.filter(verb="tagging.positions").exists()
    wrong = ask(officer, to, "post", {**WHY, "text": ""})
    assert "Say what you need to know" in wrong.text and 'value="22/3/2017"' in wrong.text
    said = ask(officer, to, "post", WHY)
    page = ask(officer, said.to)
    assert "Seen for: to review a breach or another finding" in words_of(page)
    assert "40 fixes, 40 fixes without fault" in words_of(page)
    assert "12:19:00 to 12:40:00 Show the gap of 12:19:00 to 12:40:00 on the map 21 minutes nothing says why" in words_of(page)
    assert Entry.objects.filter(verb="tagging.positions", person_id=order.person_id).count() == 1
    another = reader_of("monitoring_officer", DAY, slug="monitoring-2")
    assert "Why do you need to see positions?" in ask(another, said.to).text  # a look is of who said it


def test_a_look_holds_for_its_days_on_its_day(order, officer, reader_of):
    said = ask(officer, f"/tags/{order.pk}/map/", "post", WHY)
    assert "22 March 2017" in ask(officer, f"{said.to}&day=2017-03-23").text
    assert "23 March 2017" not in words_of(ask(officer, f"{said.to}&day=2017-03-23"))
    later = reader_of("monitoring_officer", date(2017, 3, 25))
    assert "Why do you need to see positions?" in ask(later, said.to).text


def test_a_finding_or_an_incident_is_a_purpose_by_itself_of_its_own_order(order, orders, officer):
    (other,) = orders("B T2 2017-03-20 2017-04-20")
    at = datetime(2017, 3, 22, 12, tzinfo=UTC)
    with recording(by="test", verb="test.finding"):
        incident = m.Incident(order=order, harm=2, kind="silent", raised_at=at)
        incident.save()
        finding = m.Finding(order=order, day=date(2017, 3, 22), kind="silent", starts_at=at, found_at=at, incident=incident)
        finding.save()
    for given, words in ((f"finding={finding.pk}", "Seen for: a finding"), (f"incident={incident.pk}", "Seen for: an incident")):
        page = words_of(ask(officer, f"/tags/{order.pk}/map/?{given}"))
        assert words in page and "40 fixes" in page
        assert ask(officer, f"/tags/{other.pk}/map/?{given}").status == 404
    asked = Entry.objects.filter(verb="tagging.positions").exclude(person_id=None)
    told = [json.loads(entry.details)["about"] for entry in asked.order_by("pk")]
    assert told == [f"finding {finding.pk}", f"incident {incident.pk}"]


def test_an_open_request_of_the_person_is_a_purpose_by_itself(order, reader_of, monkeypatch):
    officer = reader_of("data_protection_officer", DAY)
    to = f"/tags/{order.pk}/map/?day=2017-03-22"
    assert ask(officer, to).status == 404
    opened = with_reach(officer, request=(lambda posts, day: m.Order.objects.filter(pk=order.pk),))
    page = ask(opened, to)
    assert "Seen for: a subject-access request" in words_of(page) and "40 fixes" in words_of(page)
    assert ask(opened, f"/tags/{order.pk}/map/", "post", WHY).status == 404


@pytest.mark.parametrize("role", ["pilot_manager", "offender_manager", "police_researcher", "tasking_officer", "system_admin"])
def test_nobody_else_sees_positions_or_matches(match, reader_of, role):
    reader = reader_of(role, DAY)
    version = match.result.version
    crime, file = f"/tags/crimes/{version.crime_id}/", f"/tags/crimes/files/{version.batch_id}/"
    one = f"/tags/matches/{match.pk}/"
    for to in (f"/tags/{match.order_id}/map/", "/tags/crimes/", "/tags/crimes/send/", crime, f"{crime}map/", one,
               f"{one}evidence/", "/tags/outlines.json", "/tags/deletions/", file, f"{file}refused.csv",
               f"{file}as-it-came.csv"):  # fmt: skip
        assert ask(reader, to).status == 404, to


def test_a_file_is_sent_matched_and_its_refusals_told(order, officer):
    content = police_file(police_row("C1"), police_row("C2").replace("TFP", "=XX"))
    sent = ask(officer, "/tags/crimes/send/", "post", {"file": SimpleUploadedFile("monday.csv", content)})
    page = ask(officer, sent.to)
    assert "Some rows refused" in page.text and "Give the code of the kind of crime" in page.text and "1 match" in page.text
    batch = m.CrimeBatch.objects.get()
    table = ask(officer, f"/tags/crimes/files/{batch.pk}/refused.csv").text
    assert "2,C2,crimeTypeId,'=XX," in table and "give the code of the kind of crime" in table
    assert ask(officer, f"/tags/crimes/files/{batch.pk}/as-it-came.csv").text.strip() == content.decode().strip()
    again = ask(officer, "/tags/crimes/send/", "post", {"file": SimpleUploadedFile("again.csv", content)})
    assert "This very file came before" in again.text
    assert "Choose a file" in ask(officer, "/tags/crimes/send/", "post", {"force": ""}).text


def test_the_list_tells_what_waits_and_what_was_not_run(match, officer):
    content = b"crime_id,time_from,time_to,latitude,longitude\nH1,2017-03-22T12:00:00Z,2017-03-22T13:00:00Z,,\n"
    actions.take_and_run(by="test", name="h.csv", content=content, at=AT, force="Essex")
    assert "With a match to review (1)" in words_of(ask(officer, "/tags/crimes/"))
    waiting, not_run = (words_of(ask(officer, f"/tags/crimes/?show={show}")) for show in ("waiting", "not-run"))
    assert "C1" in waiting and "H1" not in waiting
    assert "H1" in not_run and "Not run: the crime has no place or no window" in not_run and "1 match " not in not_run


def test_a_crime_near_which_the_tag_was_is_on_the_order_s_own_map(match, officer):
    said = ask(officer, f"/tags/{match.order_id}/map/", "post", {**WHY, "last": "23/3/2017"})
    assert "C1: 22 March 2017, 12:00 to 13:00, within 100 m of 51.55000, -0.06000" in words_of(ask(officer, said.to))
    assert "C1:" not in words_of(ask(officer, f"{said.to}&day=2017-03-23"))


def test_a_match_is_reviewed_on_its_page_which_says_that_it_proves_no_presence(match, officer):
    to = f"/tags/matches/{match.pk}/"
    page = ask(officer, to)
    assert "It does not prove that the person was there" in page.text
    assert "A1 12:00:00: 0 m" in words_of(page) and "SurA, ForeA" in page.text
    wrong = ask(officer, to, "post", {"do": "review", "decision": "police"})
    assert "Say why" in wrong.text
    assert ask(officer, to, "post", {"do": "review", "decision": "police", "reason": "MARKREASON"}).to == to
    page = words_of(ask(officer, to))
    assert "To the police, on 24 March 2017" in page and "MARKREASON" in page
    charge = {"do": "charge", "charged_on": "24/3/2017", "offence": "Theft", "reference": "CH/9"}
    assert ask(officer, to, "post", charge).to == to and "Theft, CH/9, on 24 March 2017" in words_of(ask(officer, to))
    refused = ask(officer, to, "post", {"do": "take-back", "review": str(m.MatchReview.objects.get().pk)})
    assert "The police have reported a charge that came of it" in refused.text
    ask(officer, to, "post", {"do": "take-charge-back", "charge": str(m.MatchCharge.objects.get().pk)})
    ask(officer, to, "post", {"do": "take-back", "review": str(m.MatchReview.objects.get().pk)})
    assert "Keep the decision" in ask(officer, to).text
    assert ask(officer, to, "post", {"do": "take-back", "review": "99999"}).status == 404


def test_a_crime_is_matched_again_where_positions_have_come_since(match, officer, came):
    to = f"/tags/crimes/{match.result.version.crime_id}/"
    assert "have come in" not in ask(officer, to).text
    came(*walk("T1", "12:25", 5))
    assert "Positions of that day have come in" in ask(officer, to).text
    assert "The positions are no longer those that were matched" in ask(officer, f"/tags/matches/{match.pk}/").text
    ask(officer, to, "post", {})
    page = words_of(ask(officer, to))
    assert "because somebody asked for it" in page and "have come in" not in page
    assert "of a run that a later one has replaced" in ask(officer, f"/tags/matches/{match.pk}/").text


def test_crimes_for_which_positions_came_late_are_found_and_matched_again_at_once(match, officer, came):
    """The crimes of 22 March, looked at two days later."""
    to = "/tags/crimes/?show=since"
    assert "No positions came after a crime of the last 30 days was matched" in ask(officer, to).text
    came(*walk("T1", "12:25", 5))
    page = words_of(ask(officer, to))
    assert "Positions came since (1)" in page and "a match that was decided already is to be decided again" in page
    assert ask(officer, "/tags/crimes/", "post", {}).to == "/tags/crimes/"
    assert "Positions came since (0)" in words_of(ask(officer, to))
    assert [run.cause for run in m.MatchRun.objects.order_by("pk")] == ["batch", "again"]
    ask(officer, "/tags/crimes/", "post", {})  # nothing waits: nothing is run
    assert m.MatchRun.objects.count() == 2


def test_several_people_are_apart_by_letter_and_colour(orders, came, officer):
    orders("A T1 2017-03-20 2017-04-20", "B T2 2017-03-20 2017-04-20")
    came(*walk("T1", "12:00", 10), *walk("T2", "12:00", 10, north=30))
    actions.take_and_run(by="test", name="c.csv", content=police_file(police_row("C1")), at=AT)
    page = ask(officer, f"/tags/crimes/{m.Crime.objects.get().pk}/map/")
    assert '<span class="tc-letter tc-letter--0">A</span> SurA' in page.text
    assert '<span class="tc-letter tc-letter--1">B</span> SurB' in page.text
    assert Entry.objects.filter(verb="tagging.positions").exclude(person_id=None).count() == 2


def test_somebody_kept_from_the_reader_has_no_page_and_is_in_no_other(match, officer, person_id):
    access.limit(by="test", person=person_id("A"), kind="restricted", accounts=[], start=date(2017, 3, 1))
    crime = match.result.version.crime_id
    for to in (f"/tags/matches/{match.pk}/", f"/tags/{match.order_id}/map/", f"/tags/crimes/{crime}/map/"):
        assert ask(officer, to).status == 404, to
    for to in ("/tags/crimes/", f"/tags/crimes/{crime}/", f"/tags/crimes/files/{match.result.version.batch_id}/"):
        page = ask(officer, to).text
        assert "SurA" not in page and "1 match" not in page and "to review<" not in page, to
        assert "No match among the people whose positions you may see" in page, to


def test_the_police_see_what_was_sent_to_them_of_people_in_their_work_without_positions(match, officer, reader_of):
    police = reader_of("police_researcher", DAY)
    actions.review(reader=officer, match=match, decision="police", reason="MARKREASON")
    assert "SurA" not in ask(police, "/tags/matches/").text  # nobody asked for a plan of this person
    requested = with_reach(police, requested=(lambda posts, day: m.Order.objects.all(),))
    page = ask(requested, "/tags/matches/")
    assert "SurA" in page.text and "MARKREASON" in page.text and "51.5" not in page.text
    assert ask(requested, f"/tags/matches/{match.pk}/").status == 404


REQUEST = {"asked_by": "DC Somebody, Metropolitan", "asked_reference": "R/77", "asked_for": "Was a tag near?",
           "witness": "M. Officer", "post": "monitoring officer"}  # fmt: skip


def test_an_evidence_pack_is_made_of_what_was_sent_to_the_police_and_given_byte_by_byte(match, officer):
    new = f"/tags/matches/{match.pk}/evidence/"
    assert "This match was not sent to the police" in ask(officer, new, "post", REQUEST).text
    actions.review(reader=officer, match=match, decision="police", reason="Seen")
    made = ask(officer, new, "post", REQUEST)
    pack = m.EvidencePack.objects.get()
    page = ask(officer, made.to)
    assert pack.digest in page.text and "DC Somebody" in page.text
    content = give(reader=officer, kept=pack)
    assert hashlib.sha256(content).hexdigest() == pack.digest
    text = re.sub(r"\s+", " ", " ".join(part.extract_text() for part in PdfReader(BytesIO(content)).pages))
    for said in ("does not prove that the person was there", "DC Somebody", "R/77", "SurA, ForeA", "9 March 1985", "T1",
                 "20 fixes, in 1 visit", "Map 1", "Map 2", "A1", "liable to prosecution", "100 m from the crime",
                 pack.inputs[:40]):  # fmt: skip
        assert said in text, said
    taken = Entry.objects.filter(verb="tagging.evidence_taken")
    assert [entry.person_id for entry in taken] == [match.person_id] and pack.digest in taken[0].details
    assert ask(officer, reverse("evidence-pdf", kwargs={"pack": pack.pk})).outcome == "shown"


def test_a_pack_that_can_no_longer_be_made_as_it_was_is_not_given(match, officer, came):
    actions.review(reader=officer, match=match, decision="police", reason="Seen")
    ask(officer, f"/tags/matches/{match.pk}/evidence/", "post", REQUEST)
    pack = m.EvidencePack.objects.get()
    came(*walk("T1", "12:25", 5))
    refused = ask(officer, f"/tags/evidence/{pack.pk}/pack.pdf")
    assert refused.to == f"/tags/evidence/{pack.pk}/" and "is no longer the same" in refused.text


def test_deletions_are_shown_with_their_counts(order, officer):
    assert "None was run yet" in ask(officer, "/tags/deletions/").text
    delete_over_time(by="test", as_at=date(2018, 6, 1), at=AT)
    assert "1 June 2018 40 40 0 0" in words_of(ask(officer, "/tags/deletions/"))
