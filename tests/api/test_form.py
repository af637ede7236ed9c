"""One shape of every error, JSON whatever happens, bounds of lists, the schema and its page."""

import json
from datetime import timedelta

import pytest

from tests.web.access.world import DAY
from tests.web.sign_in_kit import read
from throughcare.api.docs import openapi
from throughcare.api.operations.every import OPERATIONS
from throughcare.casework.audit.models import Entry
from throughcare.casework.notes.models import Note

NAME = "offender_manager"
JSON = "application/json"


def is_a_fault(answer, status: int) -> dict:
    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    told = answer.json()
    assert set(told) == {"error"} and set(told["error"]) == {"what", "record", "expected", "mend"}
    assert all(told["error"][part] for part in ("what", "expected", "mend"))
    return told["error"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("nothing", 404), ("", 404), ("people/1/", 404), ("people/1/nothing", 404), ("people/abc", 422), ("people/0", 422),
        ("people/-1", 422), ("people/9007199254740992", 422), ("people/9007199254740991", 404), ("people/%00", 422),
        ("today?limit=0", 422), ("today?limit=201", 422), ("today?offset=-1", 422), ("today?group=later", 422),
        ("today?limt=5", 422),
        ("people", 422), ("people?q=", 422), ("people?q=a%00b", 422), ("people?q=" + "a" * 101, 422), ("people/1?number=2", 422),
        ("referrals/1?told=x", 422), ("today?offset=100001", 422), ("referrals/%F0%9F%98%80", 422),
    ],
)  # fmt: skip
def test_wrong_addresses_and_parameters(api, path, status):
    is_a_fault(api(NAME).get(f"/api/v1/{path}"), status)


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"", JSON, 422), (b"{", JSON, 400), (b"[" * 100_000, JSON, 400), (b"\xff\xfe", JSON, 400),
        (b"x" * 2_700_000, JSON, 400),
        (b"null", JSON, 422), (b"[]", JSON, 422), (b'"text"', JSON, 422), (b"1" * 5000, JSON, 400), (b"NaN", JSON, 422),
        (b'{"text": null}', JSON, 422), (b'{"text": 1}', JSON, 422), (b'{"text": ""}', JSON, 422),
        (b'{"text": "\\ud800"}', JSON, 422),
        (b'{"text": "a\\u0000b"}', JSON, 422), (b'{"text": "x", "on": "2016-01-01"}', JSON, 422), (b'{"text": "   "}', JSON, 409),
        (json.dumps({"text": "x" * 2001}).encode(), JSON, 422), (b"text=x", "application/x-www-form-urlencoded", 415),
        (b'{"text": "x"}', "text/plain", 415),
    ],
)  # fmt: skip
def test_wrong_bodies_write_nothing(api, world, body, kind, status):
    before = Note.objects.order_by("pk").last()
    is_a_fault(api(NAME).post(f"/api/v1/people/{world.people['in']}/notes", body, content_type=kind), status)
    assert Note.objects.order_by("pk").last() == before


@pytest.mark.parametrize("day", [0, 1480000000, "2016-12-20T00:00:00", "20161220", "2016-13-01", "٢٠١٦-١٢-٢٠", None, "tomorrow"])
def test_only_a_day_is_a_day(api, day):
    told = json.dumps({"key": "x", "answer": "later", "until": day})
    error = is_a_fault(api(NAME).post("/api/v1/today/answers", told, content_type=JSON), 422)
    assert "until" in error["record"]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_first_and_the_last_day_there_is(api, world, day):
    task = next(t for t in api(NAME).get("/api/v1/today").json()["items"] if t["key"])
    told = json.dumps({"key": task["key"], "answer": "later", "until": day})
    is_a_fault(api(NAME).post("/api/v1/today/answers", told, content_type=JSON), 409)


def test_what_was_sent_is_not_told_again(api):
    error = is_a_fault(api(NAME).get("/api/v1/people/Inscope-Ansel"), 422)
    assert "Inscope" not in str(error)


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "head", "trace", "post"])
def test_a_method_that_is_not_taken(api, method):
    answer = getattr(api(NAME), method)("/api/v1/me")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET")
    if method != "head":
        is_a_fault(answer, 405)


def test_a_failure_is_told_in_the_same_shape_and_tells_nothing(api, monkeypatch, caplog):
    def fail(reader):
        raise ZeroDivisionError("secret")

    monkeypatch.setattr("throughcare.api.operations.today.waiting_for", fail)
    error = is_a_fault(api(NAME).get("/api/v1/today"), 500)
    assert "secret" not in str(error) and "ZeroDivisionError" in caplog.text


def test_pages_of_a_list_are_the_list(api):
    client = api(NAME)
    whole = client.get("/api/v1/today", {"limit": 200}).json()
    parts = [client.get("/api/v1/today", {"limit": 2, "offset": n}).json()["items"] for n in range(0, whole["total"] + 2, 2)]
    assert [task for part in parts for task in part] == whole["items"]
    assert whole["total"] == len(whole["items"]) > 2


def test_the_schema_is_for_who_is_signed_in_or_has_a_token(api, browser, client, world):
    is_a_fault(client.get("/api/v1/openapi.json"), 401)
    is_a_fault(browser(NAME).post("/api/v1/openapi.json"), 405)
    told = [client.get("/api/v1/openapi.json").json() for client in (browser(NAME), api(NAME))]
    assert told == [json.loads(json.dumps(openapi()))] * 2


def test_every_operation_stands_in_the_schema_with_its_refusals_row_and_examples():
    told = openapi()
    each_of = [(path, method, each) for path, methods in told["paths"].items() for method, each in methods.items()]
    listed = {each["operationId"]: (path, method, each) for path, method, each in each_of}
    assert set(listed) == {operation.name for operation in OPERATIONS}
    for operation in OPERATIONS:
        path, method, each = listed[operation.name]
        assert (path, method.upper()) == (f"/api/v1{operation.path}", operation.method)
        assert each["x-policy"]["row"] == operation.needs
        assert {401, 404, 422, 429} <= set(each["responses"]) and each["security"] == [{"Bearer": []}]
        assert each["description"].endswith(".") and len(each["summary"]) < 90
    for name, schema in told["components"]["schemas"].items():
        for field, form in schema.get("properties", {}).items():
            refers = "$ref" in str(form) or form.get("type") == "array"
            assert refers or form.get("examples") or "default" in form or "const" in form, f"{name}.{field} has no example"


def test_the_page_lists_every_operation_and_keeps_the_policy_of_scripts(browser, client, world):
    assert client.get("/api/v1/docs/").headers["Location"] == "/sign-in/?next=/api/v1/docs/"
    page = browser("auditor").get("/api/v1/docs/")
    words = page.content.decode()
    assert page.status_code == 200 and read(words).found == [] and words.count("<h1") == 1
    for operation in OPERATIONS:
        assert f"{operation.method} /api/v1{operation.path}" in words
    assert "unsafe" not in page.headers["Content-Security-Policy"]


def test_nothing_is_audited_as_seen_that_was_not_shown(api, world):
    client = api("provider_worker")
    before = Entry.objects.filter(verb="view").order_by("pk").last()
    number = world.people["in"]
    for path in (0, world.people["bar"], f"{number}/score", f"{number}?x=1", f"{number}/timeline?limit=0"):
        client.get(f"/api/v1/people/{path}")
    assert Entry.objects.filter(verb="view").order_by("pk").last() == before


@pytest.mark.parametrize("day", ["9999-12-31", str(DAY + timedelta(days=1))])
def test_a_move_on_a_day_to_come_is_refused_and_breaks_nothing(api, world, day):
    client, number = api("provider_worker"), world.people["in"]
    referral = next(s["referral"] for s in client.get(f"/api/v1/people/{number}/services").json()["have"])
    answer = client.post(f"/api/v1/referrals/{referral}/moves", {"to": "completed", "on": day}, content_type=JSON)
    assert "still to come" in is_a_fault(answer, 409)["what"]
    for path in (f"people/{number}", f"people/{number}/services", f"people/{number}/timeline", f"referrals/{referral}", "today"):
        for name in ("provider_worker", "offender_manager"):
            assert api(name).get(f"/api/v1/{path}").status_code in (200, 404)
