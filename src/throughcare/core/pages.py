"""What a part gives to the people at the screen: addresses, things to do, appointments. The web shows them behind its guard."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

Harm = Literal[1, 2, 3, 4]
"""How bad it is if nobody does it: 1 somebody may come to harm today, 2 a duty is missed, 3 a service is late, 4 tidiness."""

SIGNED_IN = "signed-in"
ANYBODY = "anybody"


@dataclass(frozen=True, kw_only=True)
class Page:
    """One address of the service, guarded by the row of the access policy that it `needs`.

    needs: a row of the policy that the reader must be able to view; SIGNED_IN for what discloses nothing of anybody, ANYBODY
        for what is before sign-in. changes: the row that the reader must be able to edit to send a form to it; "": no form
        is taken ("POST" is refused). Where the route has `<int:person>`, both are asked of that person, and the view is
        audited. form: it is nothing but a form, so that seeing it needs the right to send it.
    person_of: where it has another subject, from its keyword arguments the person it is about; KeyError where there is no
        such thing. row_of: where the row depends on the subject, as a referral's on its service; `needs` is then its
        commonest one.
    roles: where it is the desk of these roles alone, whoever else may view the row.
    logged: the name under which the log keeps its views, where its own would tell what the log may not; "": its own.
    menu: its words in the menu, for those who may view it; place: its order there.
    beside: its words on the page of a referral to a service of its strand, for those who may view it; its one argument is
        then `referral`.
    """

    name: str
    route: str
    view: Callable[..., Any]
    needs: str
    changes: str = ""
    form: bool = False
    person_of: Callable[..., int] | None = None
    row_of: Callable[..., str] | None = None
    roles: tuple[str, ...] = ()
    logged: str = ""
    menu: str = ""
    place: int = 50
    beside: str = ""


@dataclass(frozen=True, kw_only=True)
class Tab:
    """A section of a person's record that a part adds, beside the web's own: its address, its words, what stands in it.

    told: called with the request, gives what the template shows; the template begins with `{% extends frame %}`. needs: the
    row of the policy that it shows.
    """

    name: str
    route: str
    words: str
    needs: str
    told: Callable[[Any], dict[str, Any]]
    template: str


@dataclass(frozen=True, kw_only=True)
class Task:
    """One thing that waits for a post, with the one action it wants.

    key: stable while the thing waits, so that "ask me again" finds it. kind: what tasks of its kind are called, in the
    plural, as the heading of their list. row: the row of the access policy that the words disclose. act: the words on its
    button, and the address. waiting: it is for others to act; the reader only watches. sent: somebody sent
    it to this post,
    so it is shown whoever it is about; without a name where the reader may not know it. elsewhere: may be marked as done
    in another system. later: may be put off to another day.
    """

    key: str
    kind: str
    words: str
    harm: Harm
    row: str
    act: tuple[str, str]
    person: int | None = None
    due_on: date | None = None
    waiting: bool = False
    sent: bool = False
    elsewhere: bool = True
    later: bool = True


@dataclass(frozen=True, kw_only=True)
class Appointment:
    """A meeting of today: `at` which instant (None where no time is known), what to raise there."""

    person: int
    words: str
    row: str
    at: datetime | None = None
    address: str = ""
