"""What every page of the pathway begins with."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse

from throughcare.casework.people.names import named

FACT = "mental_health"
LOGGED = "person-health"
"""All pages of the pathway are kept in the log under one name: their own would tell of an assessment, a score, a risk."""


def frame(request: HttpRequest, form: forms.Form | None, title: str, button: str) -> dict[str, Any]:
    """The person, the form with its errors, the title and the button."""
    whole = [request.person] if "identity" in request.rows else []
    return {
        "form": form, "page_title": title, "button_words": button, "errors": form.errors or None if form else None,
        "person": named([request.person], known=whole)[request.person],
        "back": reverse("person-health", kwargs={"person": request.person}),
    }  # fmt: skip
