"""The page behind a link: no sign-in, no script; the answers are seen once more before they go. Stopping keeps nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from throughcare.casework.clock import today
from throughcare.core.pages import ANYBODY, Page
from throughcare.design.check import changing, check_answers, checked
from throughcare.strands.surveys.answering.actions import answer, link_of
from throughcare.strands.surveys.answering.forms import SurveyAnswersForm
from throughcare.strands.surveys.errors import NoSuchLink

WHY = {
    "made_up": ("This link does not work", "Part of it may be missing. Open it from the e-mail or type all of it, or ask who "
                "sent it to you."),
    "used": ("This link has been used", "Each link works once. The answers are kept without a name, so nobody can open, change "
             "or take back what was sent with it."),
    "closed": ("This survey is closed", "It can no longer be answered. What was answered is kept without names; the links are "
               "forgotten."),
    "early": ("This survey is not open yet", "Come back with the same link on the day that you were told."),
}  # fmt: skip
THEN = (
    "Your answers go without your name and without the time. Once they are sent they cannot be changed or taken back, as nobody "
    "can tell which are yours."
)  # fmt: skip


def survey_answer(request: HttpRequest, token: str) -> HttpResponse:
    """The questions, a look at the answers, and that they were sent. Whoever is signed in besides is nobody here."""
    request.reader = None
    day = today()
    try:
        link = link_of(token, day)
        form = SurveyAnswersForm(request.POST if request.method == "POST" else None, questions=link.questions)
        if request.method == "POST" and form.is_valid() and not changing(request):
            if not checked(request):
                seen = check_answers(request, title="Check your answers", rows=form.rows, button="Send my answers", then=THEN)
                return _alone(seen)
            answer(token=token, answers=form.answers, comments=form.comments, day=day)
            return _alone(render(request, "surveys/sent.html", {"survey": link.wave.version.survey}))
    except NoSuchLink as refusal:
        title, words = WHY[refusal.expected]
        return _alone(render(request, "surveys/no_link.html", {"title": title, "words": words}, status=404))
    shown = {"form": form, "errors": form.errors or None, "survey": link.wave.version.survey, "wave": link.wave}
    return _alone(render(request, "surveys/answer.html", shown))


def _alone(response: HttpResponse) -> HttpResponse:
    """Not kept by the browser. Its address is told to no other service: all pages have the policy `same-origin`."""
    response.headers["Cache-Control"] = "no-store"
    return response


PAGES = (Page(name="survey-answer", route="s/<slug:token>/", view=survey_answer, needs=ANYBODY, changes=ANYBODY),)
