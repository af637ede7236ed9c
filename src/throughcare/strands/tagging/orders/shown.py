"""What every page of an order begins with."""

from typing import Any

from django import forms
from django.http import HttpRequest

from throughcare.casework.people.names import Named, named


def who(request: HttpRequest) -> Named:
    """The person of the page, by name where the reader may know it."""
    return named([request.person], known=[request.person] if "identity" in request.rows else [])[request.person]


def frame(request: HttpRequest, title: str, form: forms.Form | None = None) -> dict[str, Any]:
    """The person, the title, the form with its errors."""
    return {"person": who(request), "page_title": title, "form": form, "errors": (form.errors or None) if form else None}
