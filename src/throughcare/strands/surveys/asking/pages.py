"""Designing a survey, planning its waves, saying who is asked, sending, and the links to hand out."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.mail.queries import may_go
from throughcare.casework.pilot import current_pilot
from throughcare.core.dates import weekday_in_words
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.design.check import changing, check_answers, checked
from throughcare.design.forms import refused
from throughcare.strands.surveys import asking_models as m
from throughcare.strands.surveys.answering.forms import SurveyAnswersForm
from throughcare.strands.surveys.asking import actions, queries
from throughcare.strands.surveys.asking.forms import (
    AskAddressesForm,
    AskPostsForm,
    HandOutForm,
    SurveyForm,
    SurveyQuestionForm,
    SurveyWaveForm,
)
from throughcare.strands.surveys.made.links import address_of, path_of
from throughcare.strands.surveys.made.questions import AUDIENCES, KINDS, Asked

ROW = "surveys"


def surveys(request: HttpRequest) -> HttpResponse:
    """Every survey with its waves, the latest first."""
    found = [{"survey": each, "waves": queries.waves_of(each)} for each in m.Survey.objects.order_by("-pk")]
    shown = {"found": found, "may_change": request.reader.may(ROW, "edit"), "day": request.reader.day,
             "may_read": request.reader.may("survey_answers")}  # fmt: skip
    return render(request, "surveys/surveys.html", shown)


def new(request: HttpRequest) -> HttpResponse:
    """A survey is begun."""
    form = SurveyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = actions.design(by=request.reader.by, **form.cleaned_data)
        messages.success(request, "The survey is begun. Now add its questions.")
        return redirect("survey", survey=made.pk)
    return _form(request, form, "Begin a survey", "Begin it", "surveys", {}, "Surveys")


def survey(request: HttpRequest, survey: int) -> HttpResponse:
    """One survey: its questions, which can be changed and moved until one is answered, and its waves."""
    found = _survey(survey)
    version = queries.latest_version(found)
    sent = request.POST.get("do", "") if request.method == "POST" else ""
    plan = SurveyWaveForm(request.POST if sent == "plan" else None)
    if sent:
        answer = _done(request, found, sent, plan)
        if answer is not None:
            return answer
    questions = queries.questions_of(version)
    shown = {
        "survey": found, "version": version, "frozen": queries.frozen(version), "questions": questions, "plan": plan,
        "kinds": KINDS, "audiences": AUDIENCES, "waves": queries.waves_of(found), "most": actions.WAVES,
        "may_change": request.reader.may(ROW, "edit"), "errors": plan.errors or None, "day": request.reader.day,
    }  # fmt: skip
    return render(request, "surveys/survey.html", shown)


def preview(request: HttpRequest, survey: int, group: str) -> HttpResponse:
    """The latest questions as a kind of staff will see them, marked as a preview: nothing can be sent, and nothing is kept."""
    found = _survey(survey)
    asked = [each for each in queries.questions_of(queries.latest_version(found)) if group in each.asked_of]
    if group not in AUDIENCES:
        raise Http404
    shown = {"form": SurveyAnswersForm(None, questions=asked), "survey": found, "preview": group, "audiences": AUDIENCES}
    return render(request, "surveys/answer.html", shown)


def _done(request: HttpRequest, found: m.Survey, sent: str, plan: SurveyWaveForm) -> HttpResponse | None:
    """What was sent is done; None where the page is shown again with what is wrong."""
    by, place = request.reader.by, request.POST.get("place", "")
    try:
        if sent == "plan":
            if not plan.is_valid():
                return None
            made = actions.plan_wave(by=by, survey=found, day=request.reader.day, **plan.cleaned_data)
            messages.success(request, "The wave is planned. Now say who is asked.")
            return redirect("survey-wave", wave=made.pk)
        if sent in ("drop", "up") and place.isdecimal():
            {"drop": actions.drop_question, "up": actions.move_question}[sent](by=by, survey=found, place=int(place))
            messages.success(request, "The question is taken out." if sent == "drop" else "The question is moved.")
    except UserError as error:
        if sent == "plan":
            refused(plan, error, "opens_on")
            return None
        messages.warning(request, f"{error.what}: {error.mend}.")
    return redirect("survey", survey=found.pk)


def question(request: HttpRequest, survey: int, place: int) -> HttpResponse:
    """One question, new (place 0) or changed."""
    found = _survey(survey)
    there = queries.questions_of(queries.latest_version(found))
    if place > len(there):
        raise Http404
    old = there[place - 1] if place else None
    form = SurveyQuestionForm(request.POST if request.method == "POST" else None, initial=_as_typed(old), new=old is None)
    if request.method == "POST" and form.is_valid():
        try:
            asked = form.told(old.slug if old and _same(old, form) else actions.new_slug(found))
            actions.put_question(by=request.reader.by, survey=found, asked=asked, place=place or None)
        except UserError as error:
            refused(form, error)
        else:
            messages.success(request, "The question is kept.")
            return redirect("survey", survey=found.pk)
    title = f"Question {place}" if place else "Add a question"
    return _form(request, form, title, "Keep it", "survey", {"survey": found.pk}, found.title)


def _same(old: Asked, form: SurveyQuestionForm) -> bool:
    """Whether it is still the same question, so that its answers may be compared: other words or answers make another."""
    told = form.cleaned_data
    return (old.text, old.kind, old.scale or None, list(old.options)) == (
        told["text"], told["kind"], (told["scale"] if told["kind"] == "statement" else "") or None,
        form.listed if told["kind"] in ("one", "several") else [],
    )  # fmt: skip


def _as_typed(old: Asked | None) -> dict[str, Any]:
    if old is None:
        return {"asked_of": list(AUDIENCES)}
    typed = {name: getattr(old, name) for name in ("text", "kind", "scale")}
    return {**typed, "options": "\n".join(old.options), "asked_of": list(old.asked_of)}


def wave(request: HttpRequest, wave: int) -> HttpResponse:
    """One wave: who is asked, and, until the links are out, more of them; sending, after a check."""
    found = m.SurveyWave.objects.select_related("version__survey").filter(pk=wave).first()
    if found is None:
        raise Http404
    do = request.POST.get("do", "") if request.method == "POST" else ""
    kinds: dict[str, forms.Form] = {
        name: kind(request.POST if do == name else None)
        for name, kind in (("posts", AskPostsForm), ("addresses", AskAddressesForm), ("slips", HandOutForm))
    }  # fmt: skip
    answer = _asked(request, found, do, kinds.get(do))
    if answer is not None:
        return answer
    asked = list(found.invitations.values_list("group", "state", "fault"))
    wrong = next((form for form in kinds.values() if form.errors), None)
    shown = {
        "wave": found, "survey": found.version.survey, "forms": kinds, "wrong": wrong, "errors": wrong.errors if wrong else None,
        "groups": {group: len([1 for each, *_ in asked if each == group]) for group in AUDIENCES},
        "shown": AUDIENCES, "asked": len(asked), "by_hand": any(state == m.BY_HAND for _, state, _ in asked),
        "failed": len([1 for _, state, _ in asked if state == m.FAILED]), "goes": may_go(), "day": request.reader.day,
        "may_change": request.reader.may(ROW, "edit"), "least": current_pilot().smallest_published,
        "may_read": request.reader.may("survey_answers"), "reminders": queries.reminder_days(found),
        "last": found.closes_on - queries.A_DAY,
    }  # fmt: skip
    return render(request, "surveys/wave.html", shown)


def _asked(request: HttpRequest, found: m.SurveyWave, do: str, form: Any) -> HttpResponse | None:
    """What was sent is done; None where the page is to be shown."""
    by = request.reader.by
    try:
        if do == "send" and not changing(request):
            if not checked(request):
                return _check(request, found)
            actions.send(by=by, wave=found)
            messages.success(request, f"The wave is set. Its links go out from {weekday_in_words(found.opens_on)}.")
        elif do == "take-out":
            actions.take_out(by=by, wave=found, group=request.POST.get("group", ""))
            messages.success(request, "They are asked no more.")
        elif form is not None and form.is_valid():
            told = queries.holders_of(form.cleaned_data["roles"], request.reader.day) if do == "posts" else form.told()
            number = actions.invite(by=by, wave=found, invitees=told)
            messages.success(request, f"{number} more are asked." if number else "Nobody is added: all are asked already.")
        else:
            return None
    except UserError as error:
        if form is not None:
            refused(form, error)
            return None
        messages.warning(request, f"{error.what}. To mend it, {error.mend}.")
    return redirect("survey-wave", wave=found.pk)


def _check(request: HttpRequest, found: m.SurveyWave) -> HttpResponse:
    asked = list(found.invitations.values_list("group", flat=True))
    rows = [
        ("Survey", found.version.survey.title), ("Questions", f"version {found.version.number}"),
        *((AUDIENCES[group], f"{asked.count(group)} asked") for group in AUDIENCES if group in asked),
        ("Can be answered from", weekday_in_words(found.opens_on)),
        ("To the end of", weekday_in_words(found.closes_on - queries.A_DAY)),
        ("Reminders", ", ".join(weekday_in_words(on) for on in queries.reminder_days(found)) or "none"),
    ]  # fmt: skip
    return check_answers(
        request, title="Check before the links go out", rows=rows, button="Send the links",
        then="Each link goes once, and the reminders to links that were not used. Nobody can be added after this, and it "
        "cannot be taken back. You will see how many answered, and never who.",
    )  # fmt: skip


def links(request: HttpRequest, wave: int) -> HttpResponse:
    """Links to hand out, a slip each; used ones look like the others."""
    found = m.SurveyWave.objects.select_related("version__survey").filter(pk=wave, sent=True, closed=False).first()
    if found is None:
        raise Http404
    slips = found.invitations.filter(state=m.BY_HAND, account=None, address="")
    slips = slips.order_by("group", "organisation", "borough", "nonce")
    told = [
        {"of": ", ".join(filter(None, (AUDIENCES[s.group], s.organisation, s.borough))), "link": address_of(s.nonce),
         "path": path_of(s.nonce)}
        for s in slips
    ]  # fmt: skip
    shown = {"wave": found, "survey": found.version.survey, "slips": told, "last": found.closes_on - queries.A_DAY}
    return render(request, "surveys/links.html", shown)


def _survey(number: int) -> m.Survey:
    found = m.Survey.objects.filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _form(
    request: HttpRequest, form: forms.Form, title: str, button: str, back: str, to: dict[str, int], back_words: str
) -> HttpResponse:
    shown = {"form": form, "errors": form.errors or None, "page_title": title, "button_words": button, "back": back, "to": to,
             "back_words": back_words}  # fmt: skip
    return render(request, "surveys/form.html", shown)


PAGES = (
    Page(name="surveys", route="surveys/", view=surveys, needs=ROW, menu="Surveys", place=48),
    Page(name="survey-new", route="surveys/new/", view=new, needs=ROW, changes=ROW, form=True),
    Page(name="survey", route="surveys/<int:survey>/", view=survey, needs=ROW, changes=ROW),
    Page(name="survey-preview", route="surveys/<int:survey>/preview/<slug:group>/", view=preview, needs=ROW),
    Page(name="survey-question", route="surveys/<int:survey>/questions/<int:place>/", view=question, needs=ROW, changes=ROW,
         form=True),
    Page(name="survey-wave", route="surveys/waves/<int:wave>/", view=wave, needs=ROW, changes=ROW),
    Page(name="survey-links", route="surveys/waves/<int:wave>/links/", view=links, needs=ROW, changes=ROW, form=True),
)
