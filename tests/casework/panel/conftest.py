"""A borough with a co-ordinator, a tasking officer, an offender manager, a charity and people, to hold panels about."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import pytest

from throughcare.casework.access import actions as access
from throughcare.casework.access.models import Post
from throughcare.casework.access.reader import Reader
from throughcare.casework.audit.actions import recording
from throughcare.casework.cohort.models import Membership
from throughcare.casework.panel import actions
from throughcare.casework.panel import models as m
from throughcare.casework.people.models import Person
from throughcare.registry.parts import reach

JOINED = date(2016, 1, 4)


@dataclass(frozen=True, kw_only=True)
class Borough:
    """Hackney: its posts by name, its people by letter, all members since `JOINED` and on the manager's caseload."""

    posts: dict[str, Post]
    people: dict[str, int]

    def reader(self, name: str, day: date) -> Reader:
        (held,) = self.posts[name].holdings.all()
        post = self.posts[name]
        return Reader(account=held.account, post=post, posts=(post,), day=day, reach=reach(), service_rows=MappingProxyType({}))


@pytest.fixture
def borough(db) -> Borough:
    told = {
        "iom": {"role": "iom_coordinator", "place": "Hackney"}, "tasking": {"role": "tasking_officer", "place": "Hackney"},
        "manager": {"role": "offender_manager", "office": "CRC Hackney"}, "charity": {"role": "provider_worker", "place": "pact"},
    }  # fmt: skip
    posts = {}
    for name, fields in told.items():
        posts[name] = access.make_post(by="test", slug=name, title=name.capitalize(), **fields)
        access.hold(by="test", post=posts[name], account=access.make_account(by="test", username=name), start=JOINED)
    people = {}
    with recording(by="test", verb="test.people"):
        for letter in "ABCD":
            person = Person(forenames=letter, surname="Somebody")
            person.save()
            Membership(person=person, start=JOINED, borough="Hackney", because="put forward", reasons="", joined_by="test").save()
            people[letter] = person.pk
    for person in people.values():
        access.allocate(by="test", person=person, post=posts["manager"], on=JOINED)
    return Borough(posts=posts, people=people)


@pytest.fixture
def held(borough: Borough) -> Callable[..., m.Meeting]:
    """held(day, "AB", closed=True): a panel of that day that discusses these people."""

    def hold(day: date, people: str, *, closed: bool = True) -> m.Meeting:
        by = borough.reader("iom", day).by
        meeting = actions.plan(by=by, borough="Hackney", on=day)
        items = actions.put_on(by=by, meeting=meeting, people={borough.people[p]: [m.Why("red", "rag", "Red")] for p in people})
        actions.start(by=by, meeting=meeting, on=day)
        for item in items:
            item.meeting = meeting
            actions.decide(by=by, item=item, text=f"Decided on {day}", room=[])
        if closed:
            actions.close(by=by, meeting=meeting)
            actions.send(by=by, meeting=meeting)
        return meeting

    return hold
