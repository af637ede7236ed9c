"""The guard in front of every page: who may see it, of whom, and the audit of each view of a person.

Every address is made from a `Page`, through here; there is no other way to one. What a role may not see answers as what
is not there. Whatever shows a person, be it a form sent back with its mistakes, is a view and is audited, once.
"""

from collections.abc import Callable
from functools import partial, wraps
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse

from throughcare.casework.access.actions import viewed
from throughcare.casework.access.admission import NotThere, admission, row_asked, subject
from throughcare.casework.access.policy import ROWS_OPENED, Action
from throughcare.casework.access.reader import Reader
from throughcare.core.pages import ANYBODY, SIGNED_IN, Page

READING = ("GET", "HEAD")
METHODS = (*READING, "POST")
View = Callable[..., HttpResponse]


def guarded(page: Page) -> View:
    """The view of the page, behind the guard. `request.person` is the person's number; `rows` and `edits`, what may be."""

    @wraps(page.view)
    def view(request: HttpRequest, **arguments: Any) -> HttpResponse:
        if page.needs == ANYBODY:
            taken = page.changes or request.method in READING
            return page.view(request, **arguments) if taken else HttpResponseNotAllowed(READING)
        reader: Reader | None = request.reader
        if reader is None:
            return redirect_to_login(request.get_full_path())
        allowed = METHODS if page.changes else READING
        if request.method not in allowed:
            return HttpResponseNotAllowed(allowed)
        refused = _refused(request, page, reader, arguments)
        if refused is not None:
            return refused
        if "person" in arguments and hasattr(request, "person"):
            arguments["person"] = request.person  # as known now: nothing is written on an id that redirects
        answer = page.view(request, **arguments)
        if answer.status_code == HTTPStatus.OK and getattr(request, "why", ""):
            viewed(reader=reader, person=request.person, page=page.logged or page.name, why=request.why)
        return answer

    return view


def _refused(request: HttpRequest, page: Page, reader: Reader, arguments: dict[str, Any]) -> HttpResponse | None:
    """What is answered in place of the page; None where it may be shown. What may not be seen is not there."""
    if page.roles and not reader.held(*page.roles):
        raise Http404
    reading = request.method in READING
    action: Action = "view" if reading and not page.form else "edit"
    row = page.needs if action == "view" else page.changes
    if row == SIGNED_IN:
        return None
    try:
        row = row_asked(row, partial(page.row_of, **arguments) if page.row_of else None)
        person = subject(reader, row=row, action=action, person_of=_person_of(page, arguments))
    except NotThere:
        raise Http404 from None
    if person is None:
        return None
    if "person" in arguments and arguments["person"] != person and reading:
        return redirect(reverse(page.name, kwargs={**arguments, "person": person}))
    admitted = admission(reader, row=row, action=action, person=person)
    if admitted is None:
        if action == "view" and row in ROWS_OPENED and reader.may_give_a_reason:
            asked = urlencode({"next": request.get_full_path()})
            return redirect(f"{reverse('why', kwargs={'person': person})}?{asked}")
        raise Http404
    request.person, request.why, request.rows, request.edits = person, admitted.why, admitted.rights.view, admitted.rights.edit
    return None


def _person_of(page: Page, arguments: dict[str, Any]) -> Callable[[], int] | None:
    """What answers whom the page is about; None where it is about nobody."""
    if page.person_of is not None:
        return partial(page.person_of, **arguments)
    return (lambda: int(arguments["person"])) if "person" in arguments else None
