"""Every form says of which kind of fact it is, so that none asks for what another system keeps."""

import pkgutil
from importlib import import_module
from pathlib import Path

import pytest
from django import forms

import throughcare
from tests.web.access.asking import ask
from throughcare.casework.pilot import current_pilot
from throughcare.core.pilot import FACT_KINDS, Home
from throughcare.rules.pilot import load_pilot
from throughcare.strands.programmes import pages

OF_NO_PERSON = {
    "HoldForm": "who holds a post", "AccountForm": "an account", "DigestForm": "when one's own e-mail comes",
    "PostForm": "a post", "LaterForm": "when to be asked again",
    "AnswerForm": "which records are whose", "UndoForm": "that such an answer is taken back",
    "UploadForm": "an agency's own file", "AsideForm": "why a row is not loaded", "ReasonForm": "why a record is opened",
    "GiveForm": "how our own letter was given", "ReceiveForm": "a request as it came", "ProofForm": "how identity was checked",
    "AskForm": "by when others answer", "ReplyForm": "what they answered", "RuleForm": "what is decided of what is held",
    "HandOverForm": "how an answer was given", "LongerForm": "why more time is needed", "WhyForm": "why a step is taken",
    "StreetCrimeForm": "a month of open data, about nobody", "DeadSpotForm": "a place without a signal, about nobody",
    "PeriodForm": "the months of the figures", "PartForm": "a part of the pilot",
    "GapForm": "why a figure is under its target", "PasteForm": "a court's own list", "SeenForm": "that an alert was seen",
    "VacancyForm": "a job, about nobody", "CloseForm": "that a vacancy is closed",
    "ServicesForm": "which services are compared",
    "GroupCheckForm": "whether a group may go on",
    "ByAgencyForm": "how many came of an agency", "TrainingForm": "a training", "InviteRolesForm": "roles that are invited",
    "TrainingCameForm": "which staff came", "TrainingUsefulForm": "how useful a training was", "PartnerMeetingForm": "a meeting",
    "PartnerKeepForm": "what a meeting decided", "PartnerActionForm": "what a post is to do, about nobody",
    "PartnerAnswerForm": "what became of it", "NewsForm": "news, about nobody",
    "ClearanceForm": "a post of a provider and a prison", "SlotsForm": "hours that a practitioner offers",
    "LookForm": "why positions are looked at", "CrimesForm": "a force's own file", "MatchReviewForm": "what a match is worth",
    "ChargeForm": "what came of a match", "PackForm": "a request for evidence",
    "ClearanceAnswerForm": "what a prison said of a post",
    "TextOrFileForm": "a text or a file", "RegisterForm": "a study's protocol", "AmendForm": "a protocol that changes",
    "ValueForm": "a cost-benefit model",
    "SurveyForm": "a survey of staff", "SurveyQuestionForm": "a question of it", "SurveyWaveForm": "when it is open",
    "AskPostsForm": "roles that are asked", "OfAKindForm": "a kind of respondent", "AskAddressesForm": "staff who are asked",
    "HandOutForm": "how many slips are handed out", "SurveyAnswersForm": "what staff say of the pilot",
    "ConversationForm": "a conversation, never with whom", "VoiceConsentForm": "what may be quoted of it", "ThemeForm": "a theme",
    "SpeakerForm": "of which organisation somebody was",
    "LookedForm": "that words were looked at", "QuotationForm": "words without who said them",
    "DraftForm": "a period and an audience", "ChapterForm": "a chapter of the report", "ForwardForm": "when a report comes out",
    "NoticeForm": "why a report is withdrawn",
    "MendQuotationForm": "such words put right", "CodedForm": "a file of such words",
}  # fmt: skip
"""Forms that type no fact about a person of the pilot."""
LEFT = {"caseloads"}
"""To be decided: the London file keeps caseloads in Delius and says that they are never typed here, and the handover is."""


def every_form() -> list[type[forms.Form]]:
    """The form classes under throughcare, but for those of signing in."""
    of_the_web = ("today", "find", "imports", "rights", "log", "person", "same_person", "account", "period", "overlap", "asked",
                  "why")  # fmt: skip
    for module in pkgutil.walk_packages(throughcare.__path__, "throughcare."):
        if module.name.rpartition(".")[2] in ("pages", "forms", *of_the_web):
            import_module(module.name)
    found, waiting = [], [forms.Form]
    while waiting:
        children = waiting.pop().__subclasses__()
        waiting += children
        found += [each for each in children if each.__module__.startswith("throughcare.") and ".sign_in." not in each.__module__]
    return sorted(set(found), key=lambda form: form.__name__)


def without_a_fact(found: list[type[forms.Form]]) -> list[str]:
    kinds = {kind.slug for kind in FACT_KINDS}
    return [form.__name__ for form in found if getattr(form, "fact", "") not in kinds and form.__name__ not in OF_NO_PERSON]


def asked_in_vain(found: list[type[forms.Form]], pilot) -> list[str]:
    """Forms of facts that only ever come from another system; one whose page looks at the home itself is not among them."""
    return [f.__name__ for f in found if (kind := getattr(f, "fact", "")) and pilot.home(kind).copied and kind not in LEFT]


def test_every_form_says_of_which_kind_its_facts_are():
    assert without_a_fact(every_form()) == []
    assert {form.__name__ for form in every_form()} >= {"NoteForm", "SaidForm", "LimitForm", "MoveForm", "AppointmentForm"}


def test_the_list_of_those_without_names_no_form_that_is_gone():
    assert set(OF_NO_PERSON) - {form.__name__ for form in every_form()} == set()


def test_a_form_without_a_fact_is_found():
    planted = type("PlantedForm", (forms.Form,), {"__module__": "throughcare.planted"})
    assert "PlantedForm" in without_a_fact([planted])
    assert without_a_fact([type("PlantedForm", (forms.Form,), {"fact": "no such kind"})]) == ["PlantedForm"]


@pytest.mark.parametrize("file", sorted((Path(__file__).parents[3] / "pilots").glob("*.toml")), ids=lambda file: file.stem)
def test_no_form_asks_for_what_only_comes_from_elsewhere(file):
    pilot = load_pilot(file, strands=[service.strand for service in current_pilot().services])
    assert asked_in_vain(every_form(), pilot) == []
    planted = type("ConvictionForm", (forms.Form,), {"fact": "convictions"})
    assert bool(asked_in_vain([planted], pilot)) == pilot.home("convictions").copied


def test_where_appointments_are_kept_elsewhere_no_form_is_offered(world, monkeypatch):
    pilot = current_pilot()
    elsewhere = pilot.model_copy(update={"homes": {**pilot.homes, "appointments": Home(system="Delius")}})
    monkeypatch.setattr(pages, "current_pilot", lambda: elsewhere)
    to = f"/people/{world.people['in']}/appointments/new/"
    for method in ("get", "post"):
        page = ask(world.reader("offender_manager"), to, method)
        assert "kept in Delius" in page.text and "<textarea" not in page.text and "due_on" not in page.text
