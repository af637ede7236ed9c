"""The pages of consultations: asking for one, recording one in its two parts, the advice."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from throughcare.casework.people.names import named
from throughcare.core.dates import weekday_in_words
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.design.check import changing, check_answers, checked
from throughcare.design.forms import ChoiceField, DayField, TextField, refused
from throughcare.strands.mental_health.codes import CONFIDENCE
from throughcare.strands.mental_health.consultations import actions, queries
from throughcare.strands.mental_health.consultations.queries import ADVICE, ASKERS, CLINICAL, HEALTH, PATHWAY
from throughcare.strands.mental_health.models import Ask, Consultation
from throughcare.strands.mental_health.shown import FACT, LOGGED, frame

WITH = {"offender_manager": "The offender manager", "other_professional": "Another professional"}


class ConsultationAskForm(forms.Form):
    """What is asked, and how confident whoever asks is."""

    fact = FACT
    question = TextField(label="What do you want to talk about?", lines=4, asks="Enter what you want to talk about",
                         help_text="What you see and what you want to know. The practitioners read it.")  # fmt: skip
    before = ChoiceField(
        label="How confident are you, today, to work with the person's mental health?", choices=CONFIDENCE,
        help_text="It is yours: it is counted without names, to see whether consultations help",
    )  # fmt: skip


class ConsultationForm(forms.Form):
    """A consultation in its two parts."""

    fact = FACT
    with_whom = ChoiceField(label="With whom was it?", choices=WITH)
    held_on = DayField(label="On which day was it?")
    asked = ChoiceField(label="Which question does it answer?", choices={}, required=False, nothing="None: nobody had asked here")
    advice = TextField(
        label="Advice", lines=6, asks="Enter the advice",
        help_text="The manager who asked reads this, and the senior of their office. Write what to do, nothing clinical.",
    )  # fmt: skip
    note = TextField(label="Clinical note", lines=6, required=False,
                     help_text="For health roles alone. Leave it empty if it stands in the trust's record.")  # fmt: skip
    trust_record = TextField(label="Number of the trust's record", required=False, longest=40)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not told.get("note") and not told.get("trust_record"):
            self.add_error("note", "Enter a clinical note, or the number of the trust's record")
        return told


class AdviceReadForm(forms.Form):
    """How confident the reader was and is."""

    fact = FACT
    before = ChoiceField(label="How confident were you before?", choices=CONFIDENCE)
    after = ChoiceField(label="How confident are you now to work with the person's mental health?", choices=CONFIDENCE)


def person_of(consultation: int, **_: object) -> int:
    """Whom it was about. KeyError where there is no such consultation, or it has no advice."""
    found = Consultation.objects.filter(pk=consultation, advice__isnull=False).first()
    if found is None:
        raise KeyError(consultation)
    return found.person_id


def ask(request: HttpRequest, person: int) -> HttpResponse:
    """Asks the practitioners for a consultation: a manager or senior, of their own people. One that waits can be taken back."""
    mine = queries.waiting(person).filter(post__in=request.reader.acting).first()
    if mine is not None:
        return _waits(request, mine)
    form = ConsultationAskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and not changing(request):
        told = form.cleaned_data
        if not checked(request):
            rows = [("What you want to talk about", told["question"]), ("How confident you are", CONFIDENCE[told["before"]])]
            return check_answers(
                request, title="Check your question", rows=rows, button="Ask",
                then="It waits on Today of the mental-health practitioners. You can take it back until it is answered.",
            )  # fmt: skip
        try:
            actions.ask(reader=request.reader, person=person, question=told["question"], before=int(told["before"]))
        except UserError as error:
            refused(form, error)
        else:
            messages.success(request, "Asked. The advice comes to your Today. Until then you can take the question back.")
            return redirect("person-health", person=person)
    return render(request, "mental_health/form.html", frame(request, form, "Ask for a consultation", "Continue"))


def _waits(request: HttpRequest, mine: Ask) -> HttpResponse:
    """The reader's own question that waits; taken back by its button."""
    if request.method == "POST":
        try:
            actions.take_back(reader=request.reader, asked=mine)
        except UserError as error:
            messages.warning(request, f"{error.what}: {error.mend}.")
        else:
            messages.success(request, "The question is taken back. You can ask again.")
        return redirect("person-health", person=request.person)
    shown = frame(request, None, "Your question waits", "Take it back") | {"waits": mine}
    return render(request, "mental_health/form.html", shown)


def consult(request: HttpRequest, person: int) -> HttpResponse:
    """Records a consultation: the advice, and the note behind the wall."""
    waits = {str(each.pk): each for each in queries.waiting(person)}
    first = next(iter(waits), "")
    form = ConsultationForm(
        request.POST if request.method == "POST" else None,
        initial={"held_on": request.reader.day, "asked": first, "with_whom": "offender_manager"},
    )
    words = {pk: f"{each.post.title}, {weekday_in_words(each.asked_on)}" for pk, each in waits.items()}
    form.fields["asked"].choices = [("", "None: nobody had asked here"), *words.items()]
    if not waits:
        del form.fields["asked"]
    if request.method == "POST" and form.is_valid() and not changing(request):
        answer = _held(request, person, form, waits)
        if answer is not None:
            return answer
    shown = frame(request, form, "Record a consultation", "Continue") | {"asks": list(waits.values())}
    return render(request, "mental_health/form.html", shown)


def _held(request: HttpRequest, person: int, form: ConsultationForm, waits: dict[str, Ask]) -> HttpResponse | None:
    told = dict(form.cleaned_data)
    told["asked"] = waits.get(told.get("asked", ""))
    post = queries.told_to(person, told["with_whom"], told["asked"], request.reader.day)
    where = f"waits on Today of {post.title}" if post else "stands on the record for whoever manages the person: nobody is told"
    if not checked(request):
        rows = [("With", WITH[told["with_whom"]]), ("On", weekday_in_words(told["held_on"])),
                ("Advice: whoever asked reads it", told["advice"]),
                ("Clinical note: health roles alone", told["note"] or "None"),
                ("The trust's record", told["trust_record"] or "None")]  # fmt: skip
        return check_answers(
            request, title="Check what goes to whom", rows=rows, button="Keep the consultation",
            then=f"The advice {where}. The clinical note never leaves the pathway.",
        )  # fmt: skip
    try:
        held = actions.consult(reader=request.reader, person=person, **told)
    except UserError as error:
        refused(form, error)
        return None
    messages.success(request, f"The consultation is kept. The advice {where}.")
    return redirect("health-advice", consultation=held.pk)


def advice(request: HttpRequest, consultation: int) -> HttpResponse:
    """The advice; for who it was told to, how confident they are now; for health roles, the note too."""
    found = Consultation.objects.select_related("advice", "advice__post").get(pk=consultation)
    told = found.advice
    mine = told.post is not None and told.post in request.reader.acting
    if request.method == "POST" and not mine:
        raise Http404
    start = {"before": told.before or "", "after": told.after or ""}
    form = AdviceReadForm(request.POST if request.method == "POST" else None, initial=start) if mine else None
    if form is not None and told.before is not None and told.read_on is None:
        del form.fields["before"]
    if request.method == "POST" and form is not None and form.is_valid():
        points = {name: int(value) for name, value in form.cleaned_data.items()}
        try:
            actions.read(reader=request.reader, advice=told, **points)
        except UserError as error:
            refused(form, error)
        else:
            messages.success(request, "Thank you, it is kept. To change it, say it again.")
            return redirect("health-advice", consultation=found.pk)
    clinical = CLINICAL in request.rows
    shown = {
        "consultation": found, "advice": told, "form": form, "errors": form.errors or None if form else None, "with_whom": WITH,
        "asked": found.asked.select_related("post").first(), "note": queries.part(found, "note") if clinical else None,
        "clinical": clinical, "confidence": CONFIDENCE,
        "person": named([request.person], known=[request.person] if "identity" in request.rows else [])[request.person],
        "back": reverse("person-health", kwargs={"person": request.person}),
    }  # fmt: skip
    return render(request, "mental_health/advice.html", shown)


PAGES = (
    Page(name="health-ask", route="people/<int:person>/mental-health/ask/", view=ask, needs=PATHWAY, changes=PATHWAY, form=True,
         roles=ASKERS, logged=LOGGED),
    Page(name="health-consult", route="people/<int:person>/mental-health/consultations/new/", view=consult, needs=CLINICAL,
         changes=CLINICAL, form=True, roles=(HEALTH,), logged=LOGGED),
    Page(name="health-advice", route="mental-health/consultations/<int:consultation>/", view=advice, needs=ADVICE,
         changes=PATHWAY, person_of=person_of, logged=LOGGED),
)  # fmt: skip
