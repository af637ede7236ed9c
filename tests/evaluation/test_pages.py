"""The pages of studies and of their worth: mistakes at their line, what is kept, what stands before what."""

from datetime import date

import pytest
from django.conf import settings as django_settings
from django.test import Client

from tests.evaluation.conftest import DAY
from tests.evaluation.test_registered import BOTH, registered, with_
from tests.evaluation.texts import MODEL, OF_A_FILE, OF_PEOPLE
from throughcare.casework.access import actions as access
from throughcare.evaluation import files, queries
from throughcare.evaluation.models import Study, ValueModel


@pytest.fixture
def as_(store):
    """as_("evaluator"): a browser in which the holder of that post is signed in, in a store with six people."""
    store(BOTH)

    def client(role: str) -> Client:
        post = access.make_post(by="test", slug=role.replace("_", "-"), title=role, role=role)
        account = access.make_account(by="test", username=role, name=role)
        access.hold(by="test", post=post, account=account, start=date(2016, 1, 1))
        browser = Client()
        browser.force_login(account, backend=django_settings.AUTHENTICATION_BACKENDS[-1])
        return browser

    return client


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


ASKED = {"name": "mentoring", "text": OF_PEOPLE, "seen": "no"}


def test_a_protocol_is_seen_once_more_before_it_is_kept(as_):
    browser = as_("analyst")
    seen = text_of(browser.post("/studies/new/", ASKED))
    assert "Check the protocol" in seen and "The evaluator" in seen and not Study.objects.exists()
    kept = browser.post("/studies/new/", {**ASKED, "send": "yes"})
    assert kept.headers["Location"] == "/studies/mentoring/"
    assert Study.objects.get().registered_by == "analyst as analyst"


def test_line_ends_of_a_browser_do_not_change_the_digest(as_):
    as_("analyst").post("/studies/new/", {**ASKED, "text": OF_PEOPLE.replace("\n", "\r\n"), "send": "yes"})
    assert queries.current(Study.objects.get()).text == OF_PEOPLE


@pytest.mark.parametrize(("old", "new", "said"), [
    ("[rows]", "[rows", "line 5"), ("landmark", "landmarks", "did you mean landmark?"), ('"score"', '"shoes"', "shoes"),
])  # fmt: skip
def test_a_mistake_is_told_at_its_line_and_what_was_typed_is_kept(as_, old, new, said):
    told = text_of(as_("analyst").post("/studies/new/", {**ASKED, "text": with_(old, new), "send": "yes"}))
    assert "There is a problem" in told and said in told and "Does mentoring lower proven reoffending" in told
    assert not Study.objects.exists()


def test_having_seen_outcomes_needs_words_and_stays(as_):
    browser = as_("analyst")
    assert "Say how they were seen" in text_of(browser.post("/studies/new/", {**ASKED, "seen": "yes"}))
    browser.post("/studies/new/", {**ASKED, "seen": "yes", "how": "In a draft of the report", "send": "yes"})
    assert "had been seen before it was registered" in text_of(browser.get("/studies/mentoring/"))
    assert "Outcomes had been seen before" in text_of(browser.get("/studies/"))


def test_readiness_names_what_is_shut_and_when_it_opens(as_, settings):
    settings.DEMONSTRATION = date(2017, 3, 1)
    browser = as_("pilot_manager")
    registered()
    told = text_of(browser.get("/studies/mentoring/readiness/"))
    assert "Not ready, because of treated, the pilot&#39;s rule and follow-up" in told  # six people
    assert "3 are treated; 60 are needed." in told and "57 more" in told
    assert "10 January 2018" in told and "not an effect" in told
    assert "reoffended" not in told.split("What could be found")[1]
    assert "Not ready, because of treated" in text_of(browser.get("/studies/"))


def test_an_evaluator_freezes_matches_and_runs_and_others_may_not(as_):
    registered()
    analyst = as_("analyst")
    assert analyst.get("/studies/mentoring/data/").status_code == 404
    browser = as_("evaluator")
    for do in ("freeze", "match"):
        assert "<form" in text_of(browser.post("/studies/mentoring/data/", {"do": do}))
        assert browser.post("/studies/mentoring/data/", {"do": do, "send": "yes"}).status_code == 302
    rows = browser.get("/studies/mentoring/data/copy-1/rows.csv")
    assert b"".join(rows.streaming_content).startswith(b"id,eligible_on")
    assert browser.get("/studies/mentoring/data/copy-1-outcomes-1/outcomes.csv").status_code == 404  # not opened
    asked = text_of(browser.post("/studies/mentoring/data/", {"do": "run"}))
    assert "This opens the outcomes" in asked and "a description, not an effect" in asked
    found = browser.post("/studies/mentoring/data/", {"do": "run", "send": "yes"})
    assert browser.get("/studies/mentoring/data/copy-1-outcomes-1/outcomes.csv").status_code == 200
    told = text_of(analyst.get(found.headers["Location"]))
    assert "No effect can be told" in told and "Description: not an effect" in told
    assert "Freeze a copy" not in text_of(browser.get("/studies/mentoring/data/"))


@pytest.mark.parametrize("name", ["..%2f..%2f..%2fkeys%2fstudy-mentoring.key", "rows.exe", "part.html"])
def test_no_file_is_given_but_those_of_the_folder(as_, name):
    study = registered()
    files.new_key(study.slug)
    assert as_("evaluator").get(f"/studies/mentoring/data/copy-1/{name}").status_code == 404
    assert as_("pilot_manager").get(f"/studies/mentoring/results/1/{name}").status_code == 404


def test_a_copy_that_cannot_be_run_says_what_to_do(as_):
    registered()
    told = text_of(as_("evaluator").post("/studies/mentoring/data/", {"do": "match", "send": "yes"}))
    assert "no frozen copy: freeze one first" in told


def test_a_missing_unit_cost_is_asked_for_by_name(as_):
    without = MODEL.split("[[unit_cost]]")[0]
    browser = as_("evaluator")
    told = text_of(browser.post("/worth/new/", {"name": "pilot", "text": without}))
    assert "unit costs are asked of you" in told and 'item = "a reoffence"' in told
    assert not ValueModel.objects.exists()
    assert browser.post("/worth/new/", {"name": "pilot", "text": MODEL}).headers["Location"] == "/worth/pilot/"


def test_that_an_effect_is_not_determined_stands_before_any_ratio(as_):
    browser = as_("analyst")
    browser.post("/worth/new/", {"name": "pilot", "text": MODEL})
    told = text_of(browser.get("/worth/pilot/"))
    assert 0 < told.index("is not determined") < told.index("Benefits for each pound of cost")
    assert browser.get("/worth/pilot/gains.csv").content.startswith(b"benefit,agency")
    assert browser.get("/worth/pilot/model.toml").content.decode() == MODEL
    assert browser.get("/worth/pilot/secrets.csv").status_code == 404


def test_a_model_kept_again_is_a_new_version(as_):
    browser = as_("analyst")
    for amount in ("100000", "120000"):
        browser.post("/worth/new/", {"name": "pilot", "text": MODEL.replace("amount = 100000", f"amount = {amount}")})
    assert "2 versions" in text_of(browser.get("/worth/pilot/"))
    assert "amount = 120000" in text_of(browser.get("/worth/new/?of=pilot"))


def test_a_study_of_a_file_has_its_pages_without_rows(as_):
    registered(OF_A_FILE, "visits")
    browser = as_("evaluator")
    assert "Its data are a file" in text_of(browser.get("/studies/visits/"))
    assert "which the service does not keep" in text_of(browser.get("/studies/visits/data/"))
    assert browser.get("/studies/visits/readiness/").status_code == 404


def test_the_day_of_the_tests_is_a_day_on_which_all_is_known():
    assert date(2018, 1, 10) < DAY
