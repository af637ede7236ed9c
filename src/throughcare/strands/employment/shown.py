"""What the pages of the pathway share: whose a thing is, who works the pathway, and the page of a form."""

from datetime import time
from typing import Any

from django import forms
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from throughcare.casework.people.names import Named, named
from throughcare.casework.referrals.models import Referral
from throughcare.core.money import Money
from throughcare.strands.employment.queries import SERVICE

ROW, FACT = "employment", "employment"
DESK = ("employment_broker",)


def referral_person(referral: int, **_: object) -> int:
    """Who is referred to the pathway. KeyError where it is no referral to it."""
    found = Referral.objects.filter(pk=referral, service=SERVICE).first()
    if found is None:
        raise KeyError(referral)
    return found.person_id


def whose(model: type[Model], number: int, *, by: str) -> int:
    """Whose row it is, by the path to the person. KeyError where there is no such row."""
    person: int | None = model._default_manager.filter(pk=number).values_list(by, flat=True).first()
    if person is None:
        raise KeyError(number)
    return person


def who(request: HttpRequest) -> Named:
    whole = [request.person] if "identity" in request.rows else []
    return named([request.person], known=whole)[request.person]


def work_of(request: HttpRequest) -> str:
    """The address of the person's work record."""
    return reverse("person-work", kwargs={"person": request.person})


def typed_pounds(pence: int | None) -> str:
    """An amount as somebody would type it; nothing for none."""
    return "" if pence is None else str(Money(pence=pence)).replace("£", "").replace(",", "")


def typed_time(at: time | None) -> str:
    """A time of day as somebody would type it; nothing for none."""
    return "" if at is None else f"{at:%H:%M}"


def form_page(request: HttpRequest, form: forms.Form, title: str, button: str, **more: Any) -> HttpResponse:
    """A form on a page of its own, about the person; the way back leads to their work record.

    `more`: a `note` above it; `other`, what may be done instead, as the value that is sent and its words.
    """
    person = who(request)
    shown = {"form": form, "title": title, "button_words": button, "errors": form.errors or None, "person": person,
             "back": work_of(request), "back_words": f"{person.shown}, work"}  # fmt: skip
    return render(request, "employment/form.html", shown | more)
