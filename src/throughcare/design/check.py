"""Check your answers: what is sent to somebody else is shown once more before it goes, and can be changed without typing anew."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

SEND, CHANGE = "send", "change"


def checked(request: HttpRequest) -> bool:
    """Whether the answers sent have been seen once more and are to go."""
    return SEND in request.POST


def changing(request: HttpRequest) -> bool:
    """Whether the answers were seen once more and are to be changed: the form is shown again, filled in."""
    return CHANGE in request.POST


def check_answers(request: HttpRequest, *, title: str, rows: Sequence[tuple[str, str]], button: str, then: str) -> HttpResponse:
    """The page that shows the answers, with all that was typed kept in it. `then`: what happens when they are sent."""
    left_out = {"csrfmiddlewaretoken", SEND, CHANGE}
    kept = [(name, value) for name, values in request.POST.lists() if name not in left_out for value in values]
    shown = {"title": title, "rows": rows, "kept": kept, "button_words": button, "then": then}
    return render(request, "design/check.html", shown)
