"""Asking a page as a reader, without the middleware: for the many thousand questions of a table. A few tests ask with it."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.test import RequestFactory
from django.urls import resolve
from pypdf import PdfReader

from throughcare.casework.access.reader import Reader


class Session(dict):
    """As much of a session as pages use."""

    session_key = "attack"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came back: `status` as a browser would get it, the words of the page, where it sends to."""

    status: int
    text: str = ""
    to: str = ""

    @property
    def outcome(self) -> str:
        """shown, not there, asked (for a reason), sign-in or refused (the method); a redirect elsewhere is shown."""
        if self.status in (301, 302):
            return "sign-in" if self.to.startswith("/sign-in/") else "asked" if "/why/" in self.to else "shown"
        return {200: "shown", 404: "not there", 405: "refused", 403: "refused"}[self.status]


def ask(reader: Reader | None, path: str, method: str = "get", data: Any = None, *, addresses: Any = None) -> Answer:
    """The answer of the page at that address to this reader. `addresses`: patterns to look in, in place of the service's."""
    request = getattr(RequestFactory(), method.lower())(path, data or {})
    request.reader, request.user = reader, getattr(reader, "account", None)
    request.session = Session()
    request._messages = CookieStorage(request)
    found = resolve(request.path_info, addresses)
    request.resolver_match = found
    try:
        response = found.func(request, *found.args, **found.kwargs)
    except Http404:
        return Answer(status=404)
    except PermissionDenied:
        return Answer(status=403)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    said = " ".join(str(message) for message in request._messages._queued_messages)
    text = f"{_words(body)}\n{said}"
    return Answer(status=response.status_code, text=text, to=response.headers.get("Location", ""))


def _words(body: bytes) -> str:
    """The text of an answer; of a PDF, the words on its pages."""
    if not body.startswith(b"%PDF-"):
        return body.decode(errors="replace")
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(body)).pages)


def tried(reader: Reader | None, path: str, method: str = "post", data: Any = None, *, addresses: Any = None) -> Answer:
    """The same, with what it wrote taken back."""
    with transaction.atomic():
        answer = ask(reader, path, method, data, addresses=addresses)
        transaction.set_rollback(True)
    return answer
