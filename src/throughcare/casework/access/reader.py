"""The reader: who is at the screen, through which posts, and so whom and what they may see. Every page asks it.

A permission is role x row of the policy x scope. A scope gives people by queries that the parts declare (`reach`), so a
list, a total, a search and a single page are held by one and the same query. Barred people are taken out of all of them.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from throughcare.casework.access.models import Account, Limit, LimitName, Opening, Post
from throughcare.casework.access.policy import (
    OF_NO_PERSON,
    PROVIDER_ROLES,
    ROLES,
    ROWS_OPENED,
    WITH_A_REASON,
    Action,
    Cell,
    policy,
)
from throughcare.casework.people.models import Person

Reach = Mapping[str, tuple[Callable[[Sequence[Post], date], QuerySet], ...]]
Scopes = frozenset[tuple[int, str, frozenset[int]]]
NOBODY_SEES = "subject_access"
LONGEST_ACTOR = 100
ONE_BY_ONE = frozenset({"caseload", "provider", "referrals", "matched"})
"""Scopes of people whom one post or one provider works with one by one. They are counted in tens, those of a large provider in
hundreds, and asked for once a request."""
MOST_ASKED_ONCE, FEW = 2_000, 500
"""Up to how many their numbers are kept for the request; and up to how many they stand in further questions by number."""
WITHHELD = "withheld"
"""In place of a scope, the queries of what is kept from posts although they reach the person: `person_id` and `row`."""


@dataclass(frozen=True, kw_only=True)
class Rights:
    """The rows of the policy that a reader may view, and those it may edit, of one person."""

    view: frozenset[str]
    edit: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Reader:
    """An account on a day, with the posts it holds then. `post` is the one it works as now; None where it holds none.

    Posts of one side only count together: a provider's role never adds to a justice role. `reach`: by scope, queries of the
    people that a post reaches; under `WITHHELD`, of the rows of those people that are kept from it all the same.
    `service_rows`: by service, the row that telling of it discloses.
    """

    account: Account
    post: Post | None
    posts: tuple[Post, ...]
    day: date
    reach: Reach = field(repr=False)
    service_rows: Mapping[str, str] = field(repr=False)
    _asked: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def by(self) -> str:
        """Who acts, for the audit: the account, and the post it works as."""
        return (f"{self.account.username} as {self.post.slug}" if self.post else self.account.username)[:LONGEST_ACTOR]

    @property
    def role(self) -> str:
        return ROLES[self.post.role] if self.post else "No post"

    @cached_property
    def acting(self) -> tuple[Post, ...]:
        """The posts that count now: those held that are of the side of the one worked as."""
        if self.post is None:
            return ()
        side = self.post.role in PROVIDER_ROLES
        return tuple(post for post in self.posts if (post.role in PROVIDER_ROLES) == side)

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(post.role for post in self.acting)

    def held(self, *roles: str) -> tuple[Post, ...]:
        """The acting posts of these roles."""
        return tuple(post for post in self.acting if post.role in roles)

    def row_of(self, row: str) -> str:
        """The row itself; of "service:<slug>", the row that this service discloses. An unknown service is for nobody."""
        kind, _, slug = row.partition(":")
        return self.service_rows.get(slug, NOBODY_SEES) if kind == "service" else row

    def cells(self, action: Action, row: str) -> Iterator[tuple[Post, Cell]]:
        """The posts through which the reader may do this, each with its cell."""
        for post in self.acting:
            cell = policy().cell(self.row_of(row), post.role)
            if cell and cell.allows(action):
                yield post, cell

    def may(self, row: str, action: Action = "view") -> bool:
        """Whether the reader may do this at all, of whomever."""
        return any(True for _ in self.cells(action, row))

    def whole_pilot(self, row: str) -> bool:
        """Whether the reader may see figures of the whole pilot."""
        return any(cell.scope == "pilot" for _, cell in self.cells("view", row))

    def _queries(self, action: Action, row: str) -> Iterator[tuple[str, QuerySet]]:
        """By scope, the queries of people (`person_id`) that make up what the reader may do."""
        for post, cell in self.cells(action, row):
            kept = self._withheld(post, row)
            for query in self._of([post], cell.scope):
                yield cell.scope, query.exclude(person_id__in=kept) if kept else query

    def _withheld(self, post: Post, row: str) -> frozenset[int]:
        """The people of whom this row is kept from the post. Every row of a post is asked for at once, once a request."""
        asked = ("withheld", post.pk)
        if asked not in self._asked:
            found: dict[str, set[int]] = {}
            for query in self.reach.get(WITHHELD, ()):
                for person, kept in query([post], self.day):
                    found.setdefault(kept, set()).add(person)
            self._asked[asked] = {kept: frozenset(people) for kept, people in found.items()}
        kept_people: frozenset[int] = self._asked[asked].get(self.row_of(row), frozenset())
        return kept_people

    def _of(self, posts: Sequence[Post], scope: str) -> Iterator[QuerySet]:
        if scope == "office":
            for theirs, charges in _office(posts).items():
                yield from self._of(charges, theirs)
        elif scope not in OF_NO_PERSON:
            for reach in self.reach.get(scope, ()):
                yield reach(posts, self.day)

    def people(self, row: str, action: Action = "view") -> QuerySet[Person]:
        """The people of whom the reader may do this, less those from whom it is barred. Nobody where it may not."""
        scopes = self._scopes(action, row)
        asked = ("people", scopes)
        if asked not in self._asked:  # making the query costs more than most answers: rows of the same scopes share it
            reached = [query.order_by().values("person_id") for _, query in self._queries(action, row)]
            wanted = reached[0].union(*reached[1:], all=True) if reached[1:] else reached[0] if reached else []
            found = Person.objects.filter(pk__in=wanted, merged_into=None).exclude(self._barred)
            self._asked[asked] = self._once(found, scopes)
        return self._asked[asked].all()

    def _once(self, found: QuerySet[Person], scopes: Scopes) -> QuerySet[Person]:
        """The same people by their numbers, where they are few: whoever is asked for among them costs no more than a look-up."""
        if not scopes or not {scope for _, scope, _ in scopes} <= ONE_BY_ONE:
            return found
        numbers = list(found.values_list("pk", flat=True)[: MOST_ASKED_ONCE + 1])
        if len(numbers) > MOST_ASKED_ONCE:
            return found
        self._asked["few", scopes] = frozenset(numbers)
        return Person.objects.filter(pk__in=numbers) if len(numbers) <= FEW else found

    def _scopes(self, action: Action, row: str) -> Scopes:
        """By which posts and scopes the reader reaches people for this, and whom of them not: the same have one answer."""
        return frozenset((post.pk, cell.scope, self._withheld(post, row)) for post, cell in self.cells(action, row))

    def why(self, row: str, person: int, action: Action = "view") -> str:
        """The scope through which the reader may do this of the person; "" where it may not. Barred people: ""."""
        if not self.may_know(person):
            return ""
        for scope, query in self._queries(action, row):
            if query.filter(person_id=person).exists():
                return scope
        opened = action == "view" and self.row_of(row) in ROWS_OPENED and self.opened(person)
        return "reason" if opened and self.may(row) else ""

    def sees(self, row: str, person: int, action: Action = "view") -> bool:
        return bool(self.why(row, person, action))

    def rights(self, person: int) -> "Rights":
        """Every row that the reader may view or edit of this person: one answer a page, whatever it shows."""
        if not self.may_know(person):
            return Rights(view=frozenset(), edit=frozenset())
        reached: dict[tuple[int, str], bool] = {}
        may: dict[str, set[str]] = {"view": set(), "edit": set()}
        for row in policy().rows:
            for post, cell in self.cells("view", row):
                key = (post.pk, cell.scope)
                if key not in reached:
                    reached[key] = any(q.filter(person_id=person).exists() for q in self._of([post], cell.scope))
                if reached[key] and person not in self._withheld(post, row):
                    may["view"].add(row)
                    may[cell.action].add(row)
        if ROWS_OPENED - may["view"] and self.opened(person):
            may["view"] |= {row for row in ROWS_OPENED if self.may(row)}
        return Rights(view=frozenset(may["view"]), edit=frozenset(may["edit"]))

    @property
    def may_give_a_reason(self) -> bool:
        """Whether the policy lets the reader open a record outside its scope for a reason, that is told to the manager."""
        return bool(self.roles & WITH_A_REASON)

    def opened(self, person: int) -> bool:
        """Whether the reader gave a reason for this person today."""
        return self.may_give_a_reason and Opening.objects.filter(account=self.account, person=person, on=self.day).exists()

    @cached_property
    def _barred(self) -> Q:
        running = Limit.objects.filter(person=OuterRef("pk"), start__lte=self.day).exclude(end__lte=self.day)
        named = Exists(LimitName.objects.filter(limit=OuterRef("pk"), account=self.account))
        excluded = running.filter(named, kind="excluded")
        restricted = running.filter(~named).exclude(kind="excluded")
        return Q(Exists(excluded)) | Q(Exists(restricted))

    def not_barred(self, people: QuerySet[Person]) -> QuerySet[Person]:
        """These people, less those who are kept from this reader."""
        return people.exclude(self._barred)

    def barred_among(self, people: Collection[int]) -> frozenset[int]:
        """Those of these people who are kept from this reader."""
        return self._kept_from.intersection(people) if people else frozenset()

    @property
    def _kept_from(self) -> frozenset[int]:
        """Everybody kept from this reader: limits are few, and every page asks, of several people. Asked once a request."""
        if "kept from" not in self._asked:
            naming = frozenset(LimitName.objects.filter(account=self.account).values_list("limit_id", flat=True))
            running = Limit.objects.filter(start__lte=self.day).exclude(end__lte=self.day)
            self._asked["kept from"] = frozenset(
                person for limit, person, kind in running.values_list("pk", "person_id", "kind")
                if (limit in naming) == (kind == "excluded")
            )  # fmt: skip
        return self._asked["kept from"]

    def allowed(self, row: str, people: Collection[int]) -> frozenset[int]:
        """Those of these people of whom the reader may view the row."""
        if not people or not self.may(row):
            return frozenset()
        scopes = self._scopes("view", row)
        asked = ("allowed", scopes, frozenset(people))
        if asked not in self._asked:  # rows of the same scopes have the same answer, and a page asks of many
            found = self.people(row)
            few = self._asked.get(("few", scopes))
            self._asked[asked] = few.intersection(people) if few is not None else frozenset(
                found.filter(pk__in=list(people)).values_list("pk", flat=True))
        return self._asked[asked]

    def may_know(self, person: int) -> bool:
        """Whether it is somebody, under the id of today, and nobody kept from this reader. Asked once a request."""
        asked = ("known", person)
        if asked not in self._asked:
            there = person not in self._kept_from
            self._asked[asked] = there and Person.objects.filter(pk=person, merged_into=None).exists()
        return self._asked[asked]

    def barred(self, person: int) -> bool:
        """Whether an exclusion or restriction keeps the person from this reader: whatever the policy says."""
        return Person.objects.filter(self._barred, pk=person).exists()


def _office(seniors: Sequence[Post]) -> dict[str, list[Post]]:
    """By scope, the posts in the charge of these seniors' that reach people by it; held or vacant. Another senior's is not."""
    offices = [senior.office for senior in seniors if senior.office]
    found: dict[str, list[Post]] = {}
    charges = Post.objects.filter(office__in=offices, closed_on=None).exclude(role__in={s.role for s in seniors})
    for charge in charges.order_by("pk"):
        for scope in _scopes_of(charge.role):
            found.setdefault(scope, []).append(charge)
    return found


@cache
def _scopes_of(role: str) -> tuple[str, ...]:
    """The scopes by which a role reaches people at all."""
    of_role = {cell.scope for (_, held), cell in policy().cells.items() if held == role}
    return tuple(sorted(of_role - OF_NO_PERSON - {"office", "request"}))


def whom_to_ring(people: Collection[int], day: date) -> dict[int, str]:
    """By person, the post that others ring about the person, in words: of the first limit running that names one. One query."""
    running = Limit.objects.filter(person__in=list(people), start__lte=day).exclude(end__lte=day).exclude(ring=None)
    last_wins = running.select_related("ring").order_by("-pk")
    return {each.person_id: f"{each.ring.title} {each.ring.telephone}".strip() for each in last_wins}


def limits_of(person: int, day: date) -> list[Any]:
    """The limits running on a person, with the post to ring: for who decides of them, and for "restricted: ring"."""
    running = Limit.objects.filter(person=person, start__lte=day).exclude(end__lte=day)
    return list(running.select_related("ring").order_by("pk"))
