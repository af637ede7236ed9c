"""The guard in front of every page: who may see it, of whom, and the audit of each view of a person.

Every address is made from a `Page`, through here; there is no other way to one. What a role may not see answers as what
is not there.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse

from throughcare.casework.access.actions import viewed
from throughcare.casework.access.policy import ROWS_WITH_A_REASON
from throughcare.casework.access.reader import Reader
from throughcare.casework.people.queries import current
from throughcare.core.pages import ANYBODY, SIGNED_IN, Page

READING = ("GET", "HEAD")
View = Callable[..., HttpResponse]


def guarded(page: Page) -> View:
    """The view of the page, behind the guard. `request.person` is the person's number; `rows` and `edits`, what may be."""

    @wraps(page.view)
    def view(request: HttpRequest, **arguments: Any) -> HttpResponse:
        if page.needs == ANYBODY:
            return page.view(request, **arguments)
        reader: Reader | None = request.reader
        if reader is None:
            return redirect_to_login(request.get_full_path())
        if request.method not in READING and not page.changes:
            return HttpResponseNotAllowed(READING)
        refused = _refused(request, page, reader, arguments)
        return refused if refused is not None else page.view(request, **arguments)

    return view


def _refused(request: HttpRequest, page: Page, reader: Reader, arguments: dict[str, Any]) -> HttpResponse | None:
    """What is answered in place of the page; None where it may be shown. What may not be seen is not there."""
    reading = request.method in READING
    row, action = (page.needs, "view") if reading and not page.form else (page.changes, "edit")
    if row == SIGNED_IN:
        return None
    if page.row_of is not None:
        row = _found(page.row_of, arguments)
    if not reader.may(row, action):
        raise Http404
    if "person" not in arguments and page.person_of is None:
        return None
    person = _found(_person, {"page": page, "arguments": arguments})
    if reader.barred(person):
        raise Http404
    if "person" in arguments and arguments["person"] != person and reading:
        return redirect(reverse(page.name, kwargs={**arguments, "person": person}))
    why = reader.why(row, person, action)
    if not why:
        if reading and row in ROWS_WITH_A_REASON and reader.may_give_a_reason:
            asked = urlencode({"next": request.get_full_path()})
            return redirect(f"{reverse('why', kwargs={'person': person})}?{asked}")
        raise Http404
    rights = reader.rights(person)
    request.person, request.rows, request.edits = person, rights.view, rights.edit
    if reading:
        viewed(reader=reader, person=person, page=page.name, why=why)
    return None


def _person(page: Page, arguments: dict[str, Any]) -> int:
    """The person that the page is about, as known now. KeyError where there is none."""
    return current(page.person_of(**arguments) if page.person_of else arguments["person"])


def _found(ask: Callable[..., Any], arguments: dict[str, Any]) -> Any:
    """What is asked of the page's subject; not found where there is no such subject."""
    try:
        return ask(**arguments)
    except KeyError:
        raise Http404 from None
