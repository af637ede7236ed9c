"""Every error of the API in one shape: what failed, on which record, what was expected, how to mend it. Never an HTML page."""

import json
import logging
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.parser import Parser

from throughcare.casework.access.admission import NotThere
from throughcare.core.errors import UserError

LOG = logging.getLogger("django.request")
SHOWN = 5
"""So many faults of one request are told at most."""

WORDS = {
    400: ("The request cannot be read", "a request with a JSON body of at most 2.5 MB", "send JSON in UTF-8"),
    401: ("No token that is good today was given", "a header Authorization: Bearer with a token", "ask for a new token"),
    404: ("There is no such thing, or none that this post may know of",
          "an address of the API, and a number that the post may see",
          "look at /api/v1/openapi.json, and at /api/v1/me for what the post may see"),
    405: ("The method is not taken here", "a method of the Allow header", "look at /api/v1/openapi.json"),
    415: ("The body is not JSON", "Content-Type: application/json", "send JSON"),
    429: ("Too many requests with this token", "at most so many a minute as the operator allows", "wait as Retry-After says"),
    500: ("The service failed", "an answer", "tell the operator what was asked and when; nothing has been changed in part"),
}  # fmt: skip


class NotJson(Exception):
    """A body of another kind."""


class JsonOnly(Parser):
    """A form's body, which another site could send, is not looked at."""

    def parse_body(self, request: HttpRequest) -> Any:
        if request.content_type != "application/json":
            raise NotJson
        return super().parse_body(request)


def fault(status: int, *, what: str = "", record: str = "", expected: str = "", mend: str = "") -> HttpResponse:
    """An error as the API tells it; what is not said is what is usual for the status."""
    usual = WORDS.get(status, WORDS[400])
    told = {"what": what or usual[0], "record": record, "expected": expected or usual[1], "mend": mend or usual[2]}
    response = HttpResponse(json.dumps({"error": told}), status=status, content_type="application/json; charset=utf-8")
    if status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="Throughcare"'
    return response


def add_faults(api: NinjaAPI) -> None:
    """Says to the API how each cause is told. Whatever is not foreseen is a failure: logged here, told in the same shape."""
    api.add_exception_handler(Exception, _failed)
    api.add_exception_handler(AuthenticationError, lambda request, error: fault(401))
    api.add_exception_handler(HttpError, _not_taken)
    api.add_exception_handler(ValidationError, _not_valid)
    api.add_exception_handler(NotThere, lambda request, error: fault(404, record=request.path))
    api.add_exception_handler(Http404, lambda request, error: fault(404, record=request.path))
    api.add_exception_handler(UserError, _refused)
    api.add_exception_handler(SuspiciousOperation, lambda request, error: fault(400, record=request.path))
    api.add_exception_handler(UnreadablePostError, lambda request, error: fault(400, record=request.path))


def _not_taken(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What ninja itself does not take: too many requests, a body that cannot be read or is not JSON."""
    return fault(415 if isinstance(error.__cause__, NotJson) else error.status_code, record=request.path)


def _refused(request: HttpRequest, error: UserError) -> HttpResponse:
    """Well formed, and refused as the records stand: what the page says in the same case."""
    return fault(409, what=error.what, record=error.record, expected=error.expected, mend=error.mend)


def _not_valid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What is wrong with the input, and where. What was sent is not told again."""
    faults = error.errors[:SHOWN]
    return fault(
        422, what="The input is not as it should be", record=", ".join(_place(each["loc"]) for each in faults),
        expected="; ".join(f"{_place(each['loc'])}: {each['msg']}" for each in faults),
        mend="correct the input; /api/v1/openapi.json has the form of each operation",
    )  # fmt: skip


def _place(loc: tuple[Any, ...]) -> str:
    """Where in the request: "query limit", "body until"."""
    source, *names = (str(part) for part in loc)
    return " ".join([source, *(names[1:] if source == "body" and names[1:] else names)])


def _failed(request: HttpRequest, error: Exception) -> HttpResponse:
    LOG.error("The API failed at %s", request.path, exc_info=error)
    return fault(500, record=request.path)
