"""The guard in front of every operation: the decision of the pages' guard, without a way round it for a reason.

Every operation is made from an `Operation`, through here. What the post may not see answers as what is not there. Whatever shows
a person is a view and is audited.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial, wraps
from http import HTTPStatus
from inspect import signature
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Status
from ninja.errors import ValidationError

from throughcare.casework.access.actions import viewed
from throughcare.casework.access.admission import Admission, NotThere, admission, row_asked, subject
from throughcare.casework.access.policy import Action
from throughcare.casework.access.reader import Reader
from throughcare.core.pages import SIGNED_IN

NOT_IN_THE_QUERY = frozenset({"request", "number", "slug", "told"})
"""What an operation's view takes besides: the request, the number or the measure in the address, the body."""


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One operation, guarded by the row of the access policy that it `needs`: to view for a GET, to edit for a POST.

    SIGNED_IN: any good token. person_of: from the number in the address the person it is about, KeyError where there is none;
    None: it is about nobody. row_of: where the row depends on the subject; `needs` is then its commonest one. `name` is its
    operationId; the audit names it as the page, with "api-" before it. gives: what it answers, with this status. by_rule: a GET
    that a rule may refuse, as every POST may be.
    """

    name: str
    method: Literal["GET", "POST"]
    path: str
    view: Callable[..., Any]
    gives: type
    needs: str
    group: str
    person_of: Callable[[int], int] | None = None
    row_of: Callable[[int], str] | None = None
    status: int = 200
    by_rule: bool = False

    @property
    def action(self) -> Action:
        return "view" if self.method == "GET" else "edit"


def the_person(number: int) -> int:
    """Of an address that names the person itself."""
    return number


def guarded(operation: Operation) -> Callable[..., Any]:
    """The operation's view behind the guard. `request.person` is the person's number; `rows` and `edits`, what may be."""

    taken = frozenset(signature(operation.view).parameters) - NOT_IN_THE_QUERY

    @wraps(operation.view)
    def view(request: HttpRequest, **arguments: Any) -> Any:
        _refuse_unknown(request, taken)
        admitted = _let_in(request, operation, arguments.get("number", 0)) if operation.needs != SIGNED_IN else None
        answer = operation.view(request, **arguments)
        if admitted is not None and operation.status == HTTPStatus.OK:
            viewed(reader=request.reader, person=request.person, page=f"api-{operation.name}", why=admitted.why)
        return Status(operation.status, answer)

    return view


def _refuse_unknown(request: HttpRequest, taken: frozenset[str]) -> None:
    """A parameter that the operation does not have, as a misspelled one, is refused: else it would be lost unseen."""
    if unknown := sorted(set(request.GET) - taken):
        raise ValidationError([{"loc": ("query", name), "msg": "there is no such parameter"} for name in unknown])


def _let_in(request: HttpRequest, operation: Operation, number: int) -> Admission | None:
    """How the reader is let in to the person; None: it is about nobody.

    `NotThere`, whether the role has no cell, nobody is there, the person is barred or outside the post's scope.
    """
    reader: Reader = request.reader
    row = row_asked(operation.needs, partial(operation.row_of, number) if operation.row_of else None)
    about = partial(operation.person_of, number) if operation.person_of else None
    person = subject(reader, row=row, action=operation.action, person_of=about)
    if person is None:
        return None
    admitted = admission(reader, row=row, action=operation.action, person=person)
    if admitted is None:
        raise NotThere(person)
    request.person, request.rows, request.edits = person, admitted.rights.view, admitted.rights.edit
    return admitted
