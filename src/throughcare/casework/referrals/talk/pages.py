"""Asking and answering on a referral, and stopping its clocks."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.access.reader import Reader
from throughcare.casework.clock import instant_on
from throughcare.casework.referrals.clocks import clocks_of
from throughcare.casework.referrals.models import Question, Referral
from throughcare.casework.referrals.reach import known_to
from throughcare.casework.referrals.reasons import PAUSED
from throughcare.casework.referrals.shown import base, person_of, row_of
from throughcare.casework.referrals.talk import actions
from throughcare.casework.referrals.talk.codes import PROVIDER, SENDER, SIDES
from throughcare.casework.referrals.talk.queries import side_of
from throughcare.core.dates import weekday_in_words
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.design.check import changing, check_answers, checked
from throughcare.design.forms import ChoiceField, DayField, TextField, refused

OTHER_SIDE = {SENDER: "the provider", PROVIDER: "who sent the referral"}


class AskForm(forms.Form):
    """A question to the other side."""

    fact = "referrals"
    text = TextField(label="What do you ask?", lines=5, asks="Enter your question")
    stop = forms.BooleanField(label="Stop the clock until it is answered", required=False)


class ReferralAnswerForm(forms.Form):
    """The answer to a question."""

    fact = "referrals"
    answer = TextField(label="Your answer", lines=5, asks="Enter your answer")


class StopForm(forms.Form):
    """Why the clocks stand still, and since when."""

    fact = "referrals"
    reason = ChoiceField(label="Why?", choices=PAUSED)
    on = DayField(label="From which day?", help_text="That day does not count any more. For example, 17/5/2016")
    note = TextField(label="Note", required=False, lines=2, longest=500)


class GoOnForm(forms.Form):
    """From when the clocks run again."""

    fact = "referrals"
    on = DayField(label="From which day does it run again?", help_text="That day counts. For example, 17/5/2016")


def person_asked(question: int) -> int:
    """The person whose referral it is about. KeyError where there is no such question."""
    return _question(question).referral.person_id


def row_asked(question: int) -> str:
    return f"service:{_question(question).referral.service}"


def _question(number: int) -> Question:
    found = Question.objects.select_related("referral").filter(pk=number).first()
    if found is None:
        raise KeyError(number)
    return found


def _mine(reader: Reader, referral: int) -> tuple[Referral, str]:
    """The referral and the reader's side of it; not there for who has none."""
    found = known_to(reader).filter(pk=referral).first()
    side = side_of(reader, found) if found else ""
    if not side:
        raise Http404
    return found, side


def ask(request: HttpRequest, referral: int) -> HttpResponse:
    """Asks the other side of a referral something; a provider may stop its clock until the answer."""
    reader: Reader = request.reader
    found, side = _mine(reader, referral)
    form = AskForm(request.POST if request.method == "POST" else None)
    if side != PROVIDER or not _runs(found, reader):
        del form.fields["stop"]
    whom = OTHER_SIDE[side]
    if request.method == "POST" and form.is_valid() and not changing(request):
        told = form.cleaned_data
        if not checked(request):
            rows = [("To", whom), ("Question", told["text"])]
            rows += [("The clock", "stops until it is answered" if told["stop"] else "runs on")] if "stop" in told else []
            return _check(request, found, "Check before you ask", rows, "Ask")
        try:
            actions.ask(by=reader.by, referral=found, side=side, text=told["text"], at=instant_on(reader.day),
                        stop_clock=told.get("stop", False))  # fmt: skip
        except UserError as error:
            refused(form, error)
        else:
            messages.success(request, f"Asked. It waits on the list of {whom}. Until it is answered you can take it back.")
            return redirect("referral", referral=found.pk)
    return _form(request, found, form, title=f"Ask {whom} something", button="Go on")


def question(request: HttpRequest, question: int) -> HttpResponse:
    """A question: its answer where it has one, a form to answer it for the other side, taking it back for who asked."""
    reader, asked = request.reader, _question(question)
    found, side = _mine(reader, asked.referral_id)
    if asked.answered_at or asked.taken_back_at:
        messages.info(request, "That question is answered." if asked.answered_at else "That question was taken back.")
        return redirect("referral", referral=found.pk)
    if side == asked.side:
        return _own(request, found, asked)
    form = ReferralAnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and not changing(request):
        said = form.cleaned_data["answer"]
        if not checked(request):
            rows = [("To", OTHER_SIDE[side]), ("Question", asked.text), ("Answer", said)]
            return _check(request, found, "Check before you answer", rows, "Answer")
        try:
            actions.answer(by=reader.by, question=asked, side=side, text=said, at=instant_on(reader.day))
        except UserError as error:
            refused(form, error)
        else:
            messages.success(request, "Answered. Everybody who works on the referral sees it, and it stays on record.")
            return redirect("referral", referral=found.pk)
    return _form(request, found, form, title=f"{SIDES[asked.side]} asks", button="Go on", question=asked)


def _own(request: HttpRequest, found: Referral, asked: Question) -> HttpResponse:
    """A question of one's own side, which waits; who asked may take it back."""
    mine = asked.asked_by == request.reader.by
    if request.method == "POST":
        if not mine:
            raise Http404
        try:
            actions.take_back(by=request.reader.by, question=asked, at=instant_on(request.reader.day))
        except UserError as error:
            messages.warning(request, f"{error.what}. Look at it again.")
        else:
            messages.success(request, "The question is taken back. It stays on record, and nobody has to answer it.")
        return redirect("referral", referral=found.pk)
    return _form(request, found, None, title="Your question waits" if mine else "Your side's question waits", question=asked,
                 button="Take it back" if mine else "")  # fmt: skip


def clock(request: HttpRequest, referral: int) -> HttpResponse:
    """Stops the clocks of a referral for a coded reason, or lets them go on."""
    reader: Reader = request.reader
    found, _ = _mine(reader, referral)
    now = clocks_of([found], reader.day).get(found.pk)
    stopped = now.decide.stopped if now else None
    kind, button = (GoOnForm, "Let the clock go on") if stopped else (StopForm, "Stop the clock")
    form = kind(request.POST if request.method == "POST" else None, initial={"on": reader.day})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            if stopped:
                actions.go_on(by=reader.by, referral=found, on=told["on"], today=reader.day)
            else:
                actions.stop(by=reader.by, referral=found, today=reader.day, **told)
        except UserError as error:
            refused(form, error)
        else:
            what = "runs again" if stopped else "stands still. Let it go on here as soon as it can"
            messages.success(request, f"The clock {what}. Everybody who works on the referral sees that.")
            return redirect("referral", referral=found.pk)
    why = f"It stands still since {weekday_in_words(stopped.start)}: {PAUSED[stopped.reason].lower()}." if stopped else ""
    return _form(request, found, form, title=button, button=button, why=why)


def _runs(found: Referral, reader: Reader) -> bool:
    now = clocks_of([found], reader.day).get(found.pk)
    return now is not None and now.decide.state == "running"


def _form(request: HttpRequest, found: Referral, form: forms.Form | None, **more: Any) -> HttpResponse:
    told = base(request, found, []) | {"form": form, "errors": (form.errors if form else None) or None, **more}
    return render(request, "referrals/say.html", told)


def _check(request: HttpRequest, found: Referral, title: str, rows: list[tuple[str, str]], button: str) -> HttpResponse:
    told = base(request, found, [])
    rows = [("Person", told["person"].shown), ("Service", told["service"]), *rows]
    then = "Everybody who works on the referral, on either side, can read this, and the person may ask to see it."
    return check_answers(request, title=title, rows=rows, button=button, then=then)


PAGES = (
    Page(name="referral-ask", route="referrals/<int:referral>/ask/", view=ask, needs="referrals", changes="referrals", form=True,
         person_of=person_of, row_of=row_of),
    Page(name="referral-question", route="referrals/questions/<int:question>/", view=question, needs="referrals",
         changes="referrals", form=True, person_of=person_asked, row_of=row_asked),
    Page(name="referral-clock", route="referrals/<int:referral>/clock/", view=clock, needs="referrals", changes="referrals",
         form=True, person_of=person_of, row_of=row_of),
)  # fmt: skip
