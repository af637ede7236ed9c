"""What the API answers is what the pages show: for three roles, of one person, of lists, and after writing."""

import html
import re
from collections.abc import Callable

import pytest

from throughcare.casework.notes.models import Note
from throughcare.casework.people.names import Named
from throughcare.casework.referrals.models import Referral
from throughcare.casework.today.models import Answer
from throughcare.core.dates import day_in_words
from throughcare.web import find, imports, person, score, today

ROLES = ("offender_manager", "iom_coordinator", "provider_worker")
MARKS = ("MARKRISK", "MARKAVOID", "MARKREGISTERED", "MARKSAIDOFRAG", "Inscope", "Ansel", "X770001", "A7710XY", "Red",
         "Pentonville", "E8 4QN", "Serving a sentence", "Hackney")  # fmt: skip


@pytest.fixture(params=ROLES)
def role(request) -> str:
    return request.param


@pytest.fixture
def context(monkeypatch, browser) -> Callable:
    """What a page of one of these modules gives to its template."""
    shown: dict = {}

    def of(module, name: str, address: str) -> dict:
        render = module.render

        def keeping(request, template, told):
            shown.update(told)
            return render(request, template, told)

        monkeypatch.setattr(module, "render", keeping)
        shown.clear()
        assert browser(name).get(address).status_code == 200
        monkeypatch.setattr(module, "render", render)
        return dict(shown)

    return of


def test_the_identity_bar(api, browser, world, role):
    """The same marks stand in the bar and in the answer, and every word of the answer stands in the bar."""
    number = world.people["in"]
    page = html.unescape(browser(role).get(f"/people/{number}/").content.decode())
    bar = page[page.index("tc-identity") : page.index("moj-sub-navigation")]
    answer = api(role).get(f"/api/v1/people/{number}")
    told = answer.json()
    in_bar, in_answer = ({mark for mark in MARKS if mark in text} for text in (bar, answer.content.decode()))
    said_elsewhere = {said["text"] for said in told["says"]}
    assert in_answer - said_elsewhere == in_bar - said_elsewhere
    for word in (told["shown"], told["crn"], told["pnc"], told["prison_number"], told["rag"], *told["risks"]):
        assert word is None or word in bar
    if told["date_of_birth"]:
        assert f"{told['age']}, born 9 March 1991" in bar
    assert (told["custody"] is not None) == ("In Pentonville" in bar)
    assert told["home"] is None or "Lives in" in bar


def test_what_a_worker_of_a_provider_may_not_know_is_null(api, world):
    told = api("provider_worker").get(f"/api/v1/people/{world.people['in']}").json()
    assert told["cohort"] is None and told["rag"] is None and told["says"] == [] and told["risks"]


def test_services(api, context, world, role):
    number = world.people["in"]
    page, told = context(person, role, f"/people/{number}/services/"), api(role).get(f"/api/v1/people/{number}/services").json()
    assert told["have"], "this test would say nothing"
    for part in ("have", "fit", "not_fit"):
        assert [(s["name"], s["state"] or "", s["closed"], tuple(s["reasons"])) for s in told[part]] == [
            (line.name, line.state, line.closed, tuple(line.reasons)) for line in page[part]
        ]
        addresses = [f"/referrals/{s['referral']}/" if s["referral"] else "" for s in told[part]]
        assert addresses == [line.address for line in page[part]]


def test_timeline(api, context, world, role):
    number = world.people["in"]
    page, client = context(person, role, f"/people/{number}/timeline/"), api(role)
    told = client.get(f"/api/v1/people/{number}/timeline", {"limit": 200}).json()
    assert [(e["on"], e["kind"], e["words"]) for e in told["items"]] == [(str(e.on), e.kind, e.words) for e in page["entries"]]
    assert told["total"] == page["total"] and told["kinds"] == [kind for kind, _ in page["kinds"]]
    kind = told["kinds"][0]
    page = context(person, role, f"/people/{number}/timeline/?kind={kind}")
    one = client.get(f"/api/v1/people/{number}/timeline", {"kind": kind}).json()
    assert [e["words"] for e in one["items"]] == [e.words for e in page["entries"]]
    assert client.get(f"/api/v1/people/{number}/timeline", {"kind": "no such kind"}).json()["items"] == []
    pages = [{"limit": 3, "offset": n} for n in range(0, told["total"], 3)]
    parts = [client.get(f"/api/v1/people/{number}/timeline", page).json()["items"] for page in pages]
    assert [e for part in parts for e in part] == told["items"]


@pytest.mark.parametrize("name", ["offender_manager", "iom_coordinator", "court_officer"])
def test_score(api, context, world, name):
    number = world.people["in"]
    page = context(score, name, f"/people/{number}/score/")["points"]
    told = api(name).get(f"/api/v1/people/{number}/score").json()
    assert [(p["on"], p["score"], p["because"]) for p in told["points"]] == [(str(p.on), p.score, p.because) for p in page]
    assert told["score"] == page[0].score


def test_contacts(api, context, world, role):
    number = world.people["in"]
    page = context(person, role, f"/people/{number}/")["contacts"]
    told = api(role).get(f"/api/v1/people/{number}/contacts").json()["contacts"]
    assert told == [
        {"what": c["what"], "post": c["post"].title, "who": c["who"], "telephone": c["post"].telephone} for c in page
    ]
    assert told


@pytest.mark.parametrize("q", ["Inscope", "ansel", "X770001", "Barredman", "Outsider", "1991", "Nobody Of This Name", "%_"])
def test_find(api, context, role, q):
    page, told = context(find, role, f"/find/?q={q.replace('%', '%25')}"), api(role).get("/api/v1/people", {"q": q}).json()
    hits: list[tuple[Named, str]] = page["hits"]
    wanted = [(who.number, who.shown, who.crn, why) for who, why in hits]
    assert [(h["number"], h["shown"], h["crn"], h["why"]) for h in told["people"]] == wanted
    assert (told["more"], told["understood"]) == (page["more"], page["understood"])


@pytest.mark.parametrize("name", [*ROLES, "court_officer", "senior_officer", "tasking_officer"])
def test_today(api, context, name):
    client = api(name)
    page, told = context(today, name, "/today/all/")["tasks"], client.get("/api/v1/today", {"limit": 200}).json()
    assert told["total"] == len(page)
    for shown, task in zip(page, told["items"], strict=True):
        assert (task["kind"], task["harm"]) == (shown.task.kind, shown.task.harm)
        assert (task["ring"] or "") == shown.ring
        if shown.ring:
            assert (task["key"], task["due_on"], task["act"], task["person"]) == (None, None, None, None)
            assert task["words"] == f"Restricted person: ring {shown.ring}"
        else:
            assert (task["key"], task["words"], task["act"]["address"]) == (shown.task.key, shown.task.words, shown.task.act[1])
            assert (task["person"] or {}).get("shown") == (shown.person.shown if shown.person else None)
    for group in ("now", "week", "waiting"):
        page = context(today, name, f"/today/all/?group={group}")["tasks"]
        assert client.get("/api/v1/today", {"group": group}).json()["total"] == len(page)


@pytest.mark.parametrize("name", ["analyst", "senior_officer", "provider_admin", "system_admin"])
def test_feeds(api, context, name):
    page, told = context(imports, name, "/imports/"), api(name).get("/api/v1/imports/feeds").json()["feeds"]
    assert [(f["feed"], f["state"], f["words"]) for f in told] == [(s.slug, s.state, s.words) for s in page["states"]]
    assert [f["title"] for f in told] == [page["titles"][s.slug] for s in page["states"]]
    assert told


def referrals_of(world) -> list[Referral]:
    return list(Referral.objects.filter(person=world.people["in"]).order_by("pk"))


def test_referrals(api, browser, world, role):
    for referral in referrals_of(world):
        page, answer = browser(role).get(f"/referrals/{referral.pk}/"), api(role).get(f"/api/v1/referrals/{referral.pk}")
        assert page.status_code == answer.status_code
        if page.status_code == 200:
            told, words = answer.json(), html.unescape(page.content.decode())
            for word in (f"Referral to {told['service_name']}", told["person"]["shown"], told["state_words"]):
                assert word in words
            assert re.findall(r'href="\?to=(\w+)"', words) == [move["to"] for move in told["moves"]]
            assert re.findall(r'timeline__title">(.*?)</h3>', words)[:-1] == [event["words"] for event in told["events"]][::-1]
            assert all(day_in_words(referral.sent_on) in words for _ in told["events"][:1])


def test_a_move_is_made_as_on_the_page(api, browser, world):
    """The provider completes; the page then shows it. A move that is not the post's, or asks a reason, is refused in words."""
    referral = next(r for r in referrals_of(world) if r.service == "mentoring")
    client, address = api("provider_worker"), f"/api/v1/referrals/{referral.pk}/moves"
    refused = client.post(address, {"to": "withdrawn", "reason": "moved"}, content_type="application/json")
    assert refused.status_code == 409 and "completed" in refused.json()["error"]["expected"]
    refused = client.post(address, {"to": "ended_early"}, content_type="application/json")
    assert refused.status_code == 409 and refused.json()["error"]["what"]
    refused = client.post(address, {"to": "completed", "reason": "moved"}, content_type="application/json")
    assert refused.status_code == 409
    early = client.post(address, {"to": "completed", "on": "2016-01-01"}, content_type="application/json")
    assert early.status_code == 409 and "before" in early.json()["error"]["what"]
    done = client.post(address, {"to": "completed", "note": "All goals met"}, content_type="application/json")
    assert (done.status_code, done.json()["state"], done.json()["closed"], done.json()["moves"]) == (200, "completed", True, [])
    page = browser("offender_manager").get(f"/referrals/{referral.pk}/").content.decode()
    assert "All goals met" in page and "Completed" in page


def test_a_note_is_kept_as_on_the_page(api, world):
    number = world.people["in"]
    done = api("offender_manager").post(f"/api/v1/people/{number}/notes", {"text": " Rang "}, content_type="application/json")
    assert (done.status_code, done.json()) == (201, {"person": number, "on": "2016-12-07", "text": "Rang"})
    note = Note.objects.order_by("pk").last()
    assert (note.text, note.post.slug, note.account.username) == ("Rang", "offender-manager", "offender_manager")


def test_answers_take_a_thing_off_the_list(api, world):
    client = api("offender_manager")
    tasks = [t for t in client.get("/api/v1/today", {"limit": 200}).json()["items"] if t["key"]]
    assert tasks, "nothing waits: this test would say nothing"
    later = client.post("/api/v1/today/answers", {"key": tasks[0]["key"], "answer": "later", "until": "2016-12-20"},
                        content_type="application/json")  # fmt: skip
    assert (later.status_code, later.json()["until"]) == (201, "2016-12-20")
    assert tasks[0]["key"] not in str(client.get("/api/v1/today", {"limit": 200}).json())
    again = client.post("/api/v1/today/answers", {"key": tasks[0]["key"], "answer": "elsewhere"}, content_type="application/json")
    assert again.status_code == 404, "it waits no more"
    far = next(t for t in tasks[1:])
    refused = client.post("/api/v1/today/answers", {"key": far["key"], "answer": "later", "until": "2018-01-01"},
                          content_type="application/json")  # fmt: skip
    assert (refused.status_code, refused.json()["error"]["mend"]) == (409, "choose a day from tomorrow on")
    assert Answer.objects.get().by == "offender_manager as offender-manager"
