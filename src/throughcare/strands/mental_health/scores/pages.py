"""The pages of outcome scores: typing the answers, the scores over time, responding to an answer that is a risk."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.clock import instant_on
from throughcare.casework.pilot import current_pilot
from throughcare.core.dates import day_in_words
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.design.forms import ChoiceField, DayField, TextField, refused
from throughcare.rules.outcome_scores import SCALES, Scale, change
from throughcare.strands.mental_health.codes import NOT_REACHED, RESPONSES
from throughcare.strands.mental_health.models import Answers, Risk
from throughcare.strands.mental_health.scores import actions, queries
from throughcare.strands.mental_health.scores.queries import CLINICAL, HEALTH, Kept
from throughcare.strands.mental_health.shown import FACT, LOGGED, frame

ITEM = "item_{}"


class AnswersForm(forms.Form):
    """The answers of a scale, item by item, as they stand on the person's form."""

    fact = FACT
    on = DayField(label="On which day was it filled in?")
    clinician = ChoiceField(label="Who responds today if an answer is a risk?", choices={}, few=False)

    def ask(self, scale: Scale) -> None:
        """A field an item, each to be answered: that one was left out on the form is an answer too, so that none is skipped."""
        words = {str(value): f"{value}: {said}" for value, said in enumerate(scale.answers)} | {queries.LEFT_OUT: "Left out"}
        for place, item in enumerate(scale.items, start=1):
            self.fields[ITEM.format(place)] = ChoiceField(label=f"{place}. {item}", choices=words, few=False)
        self.order_fields(["on", *(ITEM.format(place) for place in range(1, len(scale.items) + 1)), "clinician"])

    def given(self, scale: Scale) -> list[int | None]:
        return queries.as_answers("".join(self.cleaned_data[ITEM.format(place)] for place in range(1, len(scale.items) + 1)))


class ResponseForm(forms.Form):
    """What was done about a risk."""

    fact = FACT
    what = ChoiceField(label="What was done?", choices=RESPONSES)
    text = TextField(label="In words", lines=4, asks="Enter what was done", longest=4000)


def person_of(risk: int, **_: object) -> int:
    """Whose answer it is. KeyError where there is no such task."""
    return _risk(risk).answers.person_id


def _risk(number: int) -> Risk:
    found = Risk.objects.filter(pk=number).select_related("answers", "post").first()
    if found is None:
        raise KeyError(number)
    return found


def new(request: HttpRequest, person: int, scale: str) -> HttpResponse:
    """Types the answers of a scale; one that is a risk leads at once to the response."""
    if scale not in current_pilot().health.scales:
        raise Http404
    asked, posts = SCALES[scale], {post.slug: post for post in queries.responders(request.reader, person)}
    mine = next((post.slug for post in request.reader.held(HEALTH)), "")
    form = AnswersForm(request.POST if request.method == "POST" else None, initial={"on": request.reader.day, "clinician": mine})
    form.ask(asked)
    form.fields["clinician"].choices = [("", "Choose"), *((slug, post.title) for slug, post in posts.items())]
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            kept, risk = actions.keep(
                reader=request.reader, person=person, scale=scale, given=form.given(asked), on=told["on"],
                clinician=posts[told["clinician"]], at=instant_on(request.reader.day),
            )  # fmt: skip
        except UserError as error:
            refused(form, error)
        else:
            return _told(request, kept, risk)
    shown = frame(request, form, asked.name, "Keep the answers") | {"scale": asked}
    return render(request, "mental_health/answers.html", shown)


def _told(request: HttpRequest, kept: Answers, risk: Risk | None) -> HttpResponse:
    """What came of it: the risk first."""
    found = queries.scored(kept)
    if risk is not None:
        messages.warning(request, f"An answer is a risk. It waits for {risk.post.title}, today, until it is said what was done.")
        return redirect("health-response", risk=risk.pk)
    left_out = " The item of risk was left out: ask the person." if found.scored.risk is None else ""
    band = f", {found.scored.band}" if found.scored.band else ""
    told = f"{found.scale.name} {found.scored.shown}{band}"
    messages.success(request, f"Kept: {told}.{left_out} If it was typed wrong, take it back below.")
    return redirect("health-scores", person=kept.person_id)


def scores(request: HttpRequest, person: int) -> HttpResponse:
    """Each scale over time: a chart, and beside it a table of the same. Answers that were typed wrong are taken back here."""
    if request.method == "POST":
        found = Answers.objects.filter(pk=_number(request.POST.get("wrong")), person=person, wrong=False).first()
        if found is None:
            messages.warning(request, "Those answers are not here, or were taken back already.")
            return redirect("health-scores", person=person)
        try:
            actions.typed_wrong(reader=request.reader, answers=found)
        except UserError as error:
            messages.warning(request, f"{error.what}: {error.mend}.")
        else:
            messages.success(request, "Taken back: it counts no more. Type the answers anew.")
        return redirect("health-scores", person=person)
    told = queries.scores_of(person)
    by_scale = [(scale, [each for each in told if each.scale is scale]) for scale in SCALES.values()]
    shown = frame(request, None, "Scores over time", "") | {
        "scales": [(scale, rows[::-1], _points(scale, rows), _change(scale, rows)) for scale, rows in by_scale if rows],
        "offered": [SCALES[slug] for slug in current_pilot().health.scales], "risk_of": queries.risk_of,
    }  # fmt: skip
    return render(request, "mental_health/scores.html", shown)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0


def _points(scale: Scale, rows: list[Kept]) -> list[tuple[float, float]]:
    """Where each score stands, in hundredths of the width and height; nothing where there are not two days to join."""
    told: list[tuple[date, float]] = [
        (each.answers.on, float(each.scored.total)) for each in rows if each.scored.total is not None
    ]  # fmt: skip
    if len({on for on, _ in told}) < 2:
        return []
    first, whole = told[0][0], (told[-1][0] - told[0][0]).days
    return [(2 + 96 * (on - first).days / whole, 100 - 100 * total / scale.highest) for on, total in told]


def _change(scale: Scale, rows: list[Kept]) -> str:
    """In a sentence, how the last score stands to the first."""
    told = [each for each in rows if each.scored.total is not None]
    if len(told) < 2:
        return ""
    how = change(scale, told[0].scored, told[-1].scored)
    words = {"better": "better by more than chance", "worse": "worse by more than chance"}.get(how, "no change beyond chance")
    return (f"From {told[0].scored.shown} on {day_in_words(told[0].answers.on)} to {told[-1].scored.shown} on "
            f"{day_in_words(told[-1].answers.on)}: {words} (that takes {scale.reliable} points).")  # fmt: skip


def response(request: HttpRequest, risk: int) -> HttpResponse:
    """An answer that is a risk: what was answered, for whom it waits, what was done; until then a form."""
    found = _risk(risk)
    form = ResponseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.respond(reader=request.reader, risk=found, at=instant_on(request.reader.day), **form.cleaned_data)
        except UserError as error:
            refused(form, error)
        else:
            still = made.what == NOT_REACHED
            messages.success(request, "Kept. It stays open until the person is reached." if still else "Kept, and closed.")
            return redirect("health-response", risk=found.pk)
    kept = queries.scored(found.answers)
    item = kept.scale.risk
    given = queries.as_answers(found.answers.given)[item - 1]
    shown = frame(request, form, "Respond today", "Keep the response") | {
        "risk": found, "kept": kept, "item": kept.scale.items[item - 1], "answer": kept.scale.answers[given or 0],
        "responses": list(found.responses.order_by("at", "pk")), "what": RESPONSES, "hours": current_pilot().health.risk_hours,
    }  # fmt: skip
    return render(request, "mental_health/response.html", shown)


ABOUT: dict[str, Any] = {"needs": CLINICAL, "changes": CLINICAL, "roles": (HEALTH,), "logged": LOGGED}
PAGES = (
    Page(name="health-answers", route="people/<int:person>/mental-health/scores/<slug:scale>/", view=new, form=True, **ABOUT),
    Page(name="health-scores", route="people/<int:person>/mental-health/scores/", view=scores, **ABOUT),
    Page(name="health-response", route="mental-health/responses/<int:risk>/", view=response, person_of=person_of, **ABOUT),
)  # fmt: skip
