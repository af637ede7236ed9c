"""The pages: a chapter written and mended at its line, two people at once, the way to the public, and nothing before its day."""

import re
from datetime import timedelta
from html import unescape

import pytest

from tests.report.publication.conftest import approved, drafted, forward
from throughcare.report.publication import queries
from throughcare.report.publication.models import Edition

PERIOD = {"since": "6/2/2016", "until": "31/12/2016", "audience": "public"}
TOMORROW = "2/3/2017"


@pytest.fixture
def ann(light, people, as_):
    return as_(people("ann"))


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_a_draft_goes_to_the_public_by_two_people(ann, people, as_, client, settings):
    ben = as_(people("ben", "pilot_manager"))
    made = ann.post("/report/drafts/new/", PERIOD)
    one = Edition.objects.get()
    home = f"/report/drafts/{one.pk}/"
    assert made.headers["Location"] == home
    assert "Draft" in text_of(ann.get("/report/drafts/")) and "No report has been published" in text_of(client.get("/published/"))
    asked = {"embargo_on": TOMORROW, "why": ""}
    assert "approve these very files" in text_of(ann.post(f"{home}forward/", asked))
    ann.post(f"{home}forward/", asked | {"send": "yes"})
    sha256 = queries.found(one.pk).sha256
    assert "0 of 2" in text_of(ann.get(home))
    for browser in (ann, ann, ben):
        browser.post(f"{home}approve/", {"sha256": sha256, "send": "yes"})
    told = text_of(client.get("/published/"))
    assert "To come" in told and f"/published/{one.pk}/" not in told
    for hidden in ("", "figures.csv", "index.html"):
        assert client.get(f"/published/{one.pk}/{hidden}").status_code == 404
        assert ben.get(f"/published/{one.pk}/{hidden}").status_code == 404
    settings.DEMONSTRATION = queries.found(one.pk).embargo_on + timedelta(days=1)  # on its own day it comes out at 9:30
    page = text_of(client.get(f"/published/{one.pk}/"))
    assert "Open data: every figure" in page and "Licence" in page
    assert client.get(f"/published/{one.pk}/figures.csv").content.startswith(b"id,group")
    assert client.get(f"/published/{one.pk}/..%2Ffigures.csv").status_code == 404
    ann.post(f"{home}withdraw/", {"notice": "A borough was counted twice.", "send": "yes"})
    assert "A borough was counted twice." in text_of(client.get(f"/published/{one.pk}/"))
    assert client.get(f"/published/{one.pk}/figures.csv").status_code == 404


def test_a_chapter_is_mended_at_its_line_kept_and_undone(ann):
    one = drafted()
    to = f"/report/drafts/{one.pk}/chapters/discussion/"
    assert "This report tells how" in text_of(ann.get(to))
    faulty = "# Discussion\n\nThere were 44 answers."
    looked = text_of(ann.post(to, {"text": faulty, "after": 0, "do": "look"}))
    assert "Line 3" in looked and "44" in looked and queries.texts(one, "discussion") == []
    claimed = text_of(ann.post(to, {"text": "# Discussion\n\nThe rate fell from one to none.", "after": 0, "do": "look"}))
    assert "No fault is found" in claimed and "1 word claims what a number says" in claimed and "fell" in claimed
    ann.post(to, {"text": faulty, "after": 0, "do": "keep"})
    assert "1 to mend" in text_of(ann.get(f"/report/drafts/{one.pk}/"))
    assert "The report cannot be shown yet" in text_of(ann.get(f"/report/drafts/{one.pk}/preview/"))
    ann.post(to, {"text": "# Discussion\n\nThere were {survey.n} answers.", "after": 1, "do": "keep"})
    shown = text_of(ann.get(f"/report/drafts/{one.pk}/preview/?chapter=discussion"))
    assert re.search("There were <span[^>]*>44</span> answers.", shown)
    ann.post(to, {"text": "anything", "after": 2, "do": "undo"})
    assert queries.prose(one) == {"discussion": faulty}


def test_a_chapter_of_ours_begins_with_its_words_and_figures_and_has_no_fault(ann):
    one = drafted()
    to = f"/report/drafts/{one.pk}/chapters/courts/"
    begun = unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", ann.get(to).content.decode(), re.DOTALL)[1])
    assert "{psr.cases[total|all]} cases came to the attention of the court officers" in begun and "{show table-1}" in begun
    assert "No fault is found" in text_of(ann.post(to, {"text": begun, "after": 0, "do": "look"}))


def test_what_was_typed_stays_where_somebody_else_wrote_in_between(ann, people, as_):
    one, ben = drafted(), as_(people("ben"))
    to = f"/report/drafts/{one.pk}/chapters/discussion/"
    ben.post(to, {"text": "The words of another.", "after": 0, "do": "keep"})
    told = text_of(ann.post(to, {"text": "My own words.", "after": 0, "do": "keep"}))
    assert "Somebody else has written this chapter" in told and "My own words." in told and "The words of another." in told
    assert queries.prose(one) == {"discussion": "The words of another."}
    assert 'name="after" value="1"' in told


def test_who_may_only_look_changes_nothing(ann, people, as_):
    one, eve = drafted(), as_(people("eve", "evaluator"))
    assert "Put it forward" not in text_of(eve.get(f"/report/drafts/{one.pk}/"))
    assert eve.post(f"/report/drafts/{one.pk}/chapters/discussion/", {"text": "x", "after": 0, "do": "keep"}).status_code == 404
    assert eve.get(f"/report/drafts/{one.pk}/forward/").status_code == 404


def test_it_waits_for_who_has_not_approved_it(ann, people, as_):
    ben = people("ben")
    one = approved(forward(drafted()), ben)
    assert f"/report/drafts/{one.pk}/" in text_of(ann.get("/today/all/"))
    assert f"/report/drafts/{one.pk}/" not in text_of(as_(ben).get("/today/all/"))
