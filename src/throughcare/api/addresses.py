"""Every address below /api/v1/: the operations behind their guard, the schema and its page, and a plain answer for the rest."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path

from throughcare.api import docs
from throughcare.api.faults import fault
from throughcare.api.service import ROOT, made
from throughcare.web.guard import guarded as guarded_page


def patterns() -> list[URLPattern]:
    """What is at the address of the API: nothing there answers a page, but the page that tells of it."""
    operations = [pattern for pattern in made().urls[0] if pattern.name != "api-root"]
    for pattern in operations:
        pattern.callback = _json(pattern.callback)
    page = docs.PAGE
    return [
        path(f"{ROOT}docs/", guarded_page(page), name=page.name),
        path(f"{ROOT}openapi.json", _json(docs.schema), name="api-schema"),
        *(path(f"{ROOT}{pattern.pattern}", pattern.callback, name=f"api-{pattern.name}") for pattern in operations),
        re_path(f"^{ROOT}", _json(_nothing)),
    ]


def _json(view: Callable[..., Any]) -> Callable[..., HttpResponse]:
    """Whatever is answered is JSON, also that a method is not taken; and kept by nobody on the way."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **arguments: Any) -> HttpResponse:
        response = view(request, *args, **arguments)
        if response.status_code == 405:
            allowed, response = response.headers["Allow"], fault(405, record=request.path)
            response.headers["Allow"] = allowed
        response.headers["Cache-Control"] = "no-store"
        return response

    answered.csrf_exempt = True
    return answered


def _nothing(request: HttpRequest) -> HttpResponse:
    return fault(404, record=request.path)
