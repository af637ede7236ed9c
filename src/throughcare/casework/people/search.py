"""Finding a person by what is known: names in any order and spelling, a day or year of birth, any identifier, an id.

Who may be found is decided inside the search: the page is filled with people whom the reader is allowed, and neither hits nor
`more` nor `understood` depend on anybody else. At most six queries.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import add, and_, or_

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from throughcare.casework.people.asked import TITLES, Asked, understand
from throughcare.casework.people.keys import ALIAS, BORN, BORN_RECORD, NAME, RECORD, words_alike
from throughcare.casework.people.models import Arrest, Charge, Identifier, Person, SearchKey

MISSING = 20
"""Behind all who have every word, however spelled."""

ALL_BUT_ONE = "nobody fits all of it; shown are those who fit all but one part"

SAID = {
    (NAME, 0): "same name", (RECORD, 0): "same name in an agency's record", (ALIAS, 0): "same alias",
    (NAME, 1): "name begins alike", (RECORD, 1): "name in an agency's record begins alike", (ALIAS, 1): "alias begins alike",
    (NAME, 2): "name spelled alike", (RECORD, 2): "name in an agency's record spelled alike", (ALIAS, 2): "alias spelled alike",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A person found, and why, such as "same CRN" or "alias spelled alike: BAILEY; date of birth"."""

    person: int
    why: str


@dataclass(frozen=True, kw_only=True)
class Found:
    """The best hits, best first; whether there are more of them; what the words were taken for."""

    hits: tuple[Hit, ...]
    more: bool
    understood: str


@dataclass(frozen=True, kw_only=True)
class _Term:
    """One thing that a person should have: keys that are it exactly, keys that are nearly it by how far, the beginning of a key.

    `alone`: whether it says enough to be looked for where the other terms are not met; what does not (an initial, a year) is
    only a beginning, and one person has it as much as another.
    """

    exact: str
    prefix: str = ""
    near: Mapping[str, int] = field(default_factory=dict)
    alone: bool = True

    def held(self) -> list[QuerySet[SearchKey]]:
        """Keys of all who have it, however spelled."""
        keys = SearchKey.objects.filter(key__in=[self.exact, *self.near]).values("person")
        return [keys, _beginning(self.prefix)] if self.prefix else [keys]

    def cost(self) -> Case:
        """How far the person's best key is from it. What begins alike goes before what is spelled alike."""
        own = SearchKey.objects.filter(key=self.exact, kind__in=(NAME, BORN))
        tiers = [(own, 0), (SearchKey.objects.filter(key=self.exact), 1)]
        if self.prefix:
            tiers.append((_beginning(self.prefix), 2))
        for far in sorted(set(self.near.values())):
            tiers.append((SearchKey.objects.filter(key__in=[k for k, f in self.near.items() if f == far]), 2 + far))
        return Case(*(When(pk__in=keys.values("person"), then=Value(cost)) for keys, cost in tiers), default=Value(MISSING))

    def why(self, keys: Sequence[tuple[str, str]]) -> tuple[str, str] | None:
        """What is said of the best of a person's keys (key and kind), and the key where that is to be shown."""
        told = [(far, kind != NAME, key, kind) for key, kind in keys if (far := self._far(key)) is not None]
        if not told:
            return None
        far, _, key, kind = min(told)
        if kind not in (BORN, BORN_RECORD):
            return SAID[kind, min(far, 2)], key
        what = "date of birth" if len(self.exact) > 4 else "year of birth"
        told_by = " in an agency's record" if kind == BORN_RECORD else ""
        return what + told_by + (" with day and month exchanged" if key in self.near else ""), ""

    def _far(self, key: str) -> int | None:
        if key == self.exact:
            return 0
        if self.prefix and key.startswith(self.prefix):
            return 1
        return 1 + self.near[key] if key in self.near else None


def _beginning(prefix: str) -> QuerySet[SearchKey]:
    """Keys that begin so. A range, for the index; keys are capital letters and figures, ordered alike in every collation."""
    return SearchKey.objects.filter(key__gte=prefix, key__lte=prefix + "Z" * 20).values("person")


def find(words: str, *, among: QuerySet[Person] | None = None, limit: int = 20) -> Found:
    """The people who fit what was typed, best first; of equals the older id. `among`: whom the reader may see; None, everybody.

    An identifier or an id decides, and comes first. Of names and births each must be met, if need be in another spelling;
    only where nobody meets all, those are shown who meet all but one. A merged person is found as whom the id redirects to.
    """
    if limit < 1:
        raise ValueError(f"a search for {limit} people: ask for one at least")
    asked = understand(words)
    allowed = Person.objects.filter(_allowed(among, "pk"), merged_into=None)
    found = dict([*_by_id(asked, allowed), *_by_number(asked, _allowed(among, "person"), limit)])
    terms = _terms(asked)
    if terms and len(found) <= limit:
        costs = [term.cost() for term in terms if term.alone]
        order = [reduce(add, costs), "pk"] if costs else ["pk"]
        ordered = allowed.exclude(pk__in=list(found)).order_by(*order).values_list("pk", flat=True)
        people = list(ordered.filter(_all_of(terms))[: limit + 1])
        if not people and not found and (fewer := _all_but_one(terms)):
            people = list(ordered.filter(fewer)[: limit + 1])
            if people:
                asked = replace(asked, remarks=(*asked.remarks, ALL_BUT_ONE))
        found |= _why(people, terms)
    hits = tuple(Hit(person=person, why=why) for person, why in found.items())
    return Found(hits=hits[:limit], more=len(hits) > limit, understood=asked.understood)


def _allowed(among: QuerySet[Person] | None, column: str) -> Q:
    """Looked up for each who fits, so that the time goes with those and not with all who are allowed."""
    return Q() if among is None else Q(Exists(among.filter(pk=OuterRef(column))))


def _by_id(asked: Asked, allowed: QuerySet[Person]) -> Iterator[tuple[int, str]]:
    if asked.ids:
        own = Q(pk__in=asked.ids) | Q(pk__in=Person.objects.filter(pk__in=asked.ids).values("merged_into"))
        for person in allowed.filter(own).order_by("pk").values_list("pk", flat=True):
            (number,) = asked.ids
            yield person, f"Throughcare id {number}" + ("" if person == number else f", which redirects to {person}")


def _by_number(asked: Asked, allowed: Q, limit: int) -> Iterator[tuple[int, str]]:
    """Who has an identifier; an arrest summons number is of an arrest or a charge. Neither stays with an id that redirects."""
    wanted, asns = Q(), []
    for number in asked.numbers:
        if number.kind == "asn":
            asns.append(number.value)
        else:
            wanted |= Q(kind=number.kind, value=number.value)
    if wanted:
        held = Identifier.objects.filter(wanted, allowed).order_by("pk").values_list("person_id", "kind")
        yield from ((person, f"same {TITLES[kind]}") for person, kind in held)
    if asns:
        of = [table.objects.filter(allowed, asn__in=asns).values_list("person_id") for table in (Arrest, Charge)]
        for (person,) in of[0].union(of[1]).order_by("person_id")[: limit + 1]:
            yield person, f"same {TITLES['asn']}"


def _terms(asked: Asked) -> list[_Term]:
    near = words_alike(asked.names)
    terms = [_Term(exact=name, prefix=name, near=near.get(name, {})) for name in asked.names]
    terms += [_Term(exact=letter, prefix=letter, alone=False) for letter in asked.initials]
    for birth in asked.births:
        whole = len(birth.key) > 4
        swapped = {birth.swapped: 1} if birth.swapped else {}
        terms.append(_Term(exact=birth.key, prefix="" if whole else birth.key, near=swapped, alone=whole))
    return terms


def _any_of(terms: Iterable[_Term]) -> Q:
    first, *others = (keys for term in terms for keys in term.held())
    return Q(pk__in=first.union(*others, all=True) if others else first)


def _all_of(terms: Sequence[_Term]) -> Q:
    """Terms that say little are met by many: beside others they are looked up for each who has those."""
    narrow = any(term.alone for term in terms)
    return reduce(and_, (_any_of([term]) if term.alone or not narrow else _own(term) for term in terms))


def _own(term: _Term) -> Q:
    return Q(Exists(_beginning(term.prefix).filter(person=OuterRef("pk"))))


def _all_but_one(terms: Sequence[_Term]) -> Q:
    """Any of the terms may fail where the others say enough; nothing where none may."""
    fewer = [[*terms[:n], *terms[n + 1 :]] for n in range(len(terms))]
    enough = [_all_of(rest) for rest in fewer if any(term.alone for term in rest)]
    return _any_of(term for term in terms if term.alone) & reduce(or_, enough) if enough else Q()


def _why(people: Sequence[int], terms: Sequence[_Term]) -> dict[int, str]:
    keys: dict[int, list[tuple[str, str]]] = {person: [] for person in people}
    for person, key, kind in SearchKey.objects.filter(person__in=people).values_list("person_id", "key", "kind"):
        keys[person].append((key, kind))
    return {person: _in_words(keys[person], terms) for person in people}


def _in_words(keys: Sequence[tuple[str, str]], terms: Sequence[_Term]) -> str:
    said: dict[str, list[str]] = {}
    for term in terms:
        why = term.why(keys)
        if why:
            said.setdefault(why[0], []).extend([why[1]] if why[1] else [])
    return "; ".join(f"{what}: {' '.join(dict.fromkeys(shown))}" if shown else what for what, shown in said.items())
