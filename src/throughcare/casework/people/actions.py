"""Giving rows to people, moving people's facts when it turns out who is who, and keeping each person's details.

A row is given to the person who has its identifier; whether two people are one is the linkage's to say
(`casework.linking`). A fact follows the identifier by which it came, so it can follow a record out of a person again.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl
from django.db import models
from django.db.models import Case, Value, When

from throughcare.casework.audit.actions import recording
from throughcare.casework.imports.actions import insert
from throughcare.casework.imports.models import Fact
from throughcare.casework.imports.queries import parts_of
from throughcare.casework.people.keys import keys_kept, keys_now, new_spellings, spellings
from throughcare.casework.people.models import AgencyRecord, Clue, Identifier, Person, SearchKey, Spelling
from throughcare.core.contracts import Feed, Loader

BEST_FIRST = ("NPS", "CRC", "police", "prison", "courts", "providers")
DETAILS = ("forenames", "surname", "date_of_birth", "sex", "ethnicity")
NUMBERS = ("crn", "pnc", "cro", "prison_number")
ISSUED_BY = {"crn": ("NPS", "CRC"), "pnc": ("police",), "cro": ("police",), "prison_number": ("prison",)}
Rows = Sequence[tuple[str, int]]
"""Facts entered here, by table and number."""


def resolve(frame: pl.DataFrame, feed: Feed) -> pl.DataFrame:
    """Adds `person`, to whom each row is given, and `named_by`, the identifier that said so.

    Of several identifiers the first of the feed that is known decides; where none is, somebody new is on record. A corrected
    row of a feed that names people stays with its person until the linkage looks at it again. A row whose identifiers are
    of two people is kept as a clue for the linkage. Called inside an import's transaction.
    """
    kinds = list(feed.identifiers)
    known = _known(frame, kinds)
    _make_known(frame, kinds, known, feed)
    owner, named = (
        frame.with_columns(found=pl.coalesce(_mapped(kind, known[kind], place) for kind in kinds))["found"] for place in (0, 1)
    )
    if feed.names_people:
        stays = _people_of_records(frame.filter(pl.col("changed"))["source"].to_list())
        owner = frame["source"].replace_strict(stays, default=None, return_dtype=pl.Int64).fill_null(owner) if stays else owner
        nobody = owner.is_null().arg_true()
        if len(nobody):
            owner = owner.scatter(nobody, pl.Series(_new_people(len(nobody)), dtype=pl.Int64))
    else:
        _keep_clues(frame, kinds, known)
    return frame.with_columns(owner.alias("person"), named.alias("named_by"))


Known = dict[str, tuple[int, int]]
"""By value of an identifier: its person, and its own number."""


def _known(frame: pl.DataFrame, kinds: list[str]) -> dict[str, Known]:
    """The identifiers that stand in the frame and are on record, by kind."""
    known: dict[str, Known] = {kind: {} for kind in kinds}
    for kind in kinds:
        for part in parts_of(frame[kind].drop_nulls().unique().to_list()):
            found = Identifier.objects.filter(kind=kind, value__in=part).values_list("value", "person_id", "pk")
            known[kind].update({value: (person, pk) for value, person, pk in found})
    return known


def _mapped(kind: str, known: Known, place: int) -> pl.Expr:
    if not known:
        return pl.lit(None, dtype=pl.Int64)
    return pl.col(kind).replace_strict({v: k[place] for v, k in known.items()}, default=None, return_dtype=pl.Int64)


def _make_known(frame: pl.DataFrame, kinds: list[str], known: dict[str, Known], feed: Feed) -> None:
    """Puts identifiers that are new on record: with the first of the row that is known, or with somebody new."""
    new = pl.any_horizontal(
        pl.col(kind).is_not_null() & ~pl.col(kind).is_in(list(known[kind])) if known[kind] else pl.col(kind).is_not_null()
        for kind in kinds
    )
    stays = _people_of_records(frame.filter(new & pl.col("changed"))["source"].to_list()) if feed.names_people else {}
    owners: dict[tuple[str, str], int] = {}
    people = 0
    for source, *values in frame.filter(new).select("source", *kinds).iter_rows():
        told = [(kind, value) for kind, value in zip(kinds, values, strict=True) if value]
        owner = stays.get(source) or next((o for k, v in told if (o := _owner(k, v, known, owners))), 0)
        if not owner:
            people += 1
            owner = -people
        owners.update({(k, v): owner for k, v in told if v not in known[k] and (k, v) not in owners})
    made = _new_people(people)
    fresh = [Identifier(person_id=made[-o - 1] if o < 0 else o, kind=k, value=v) for (k, v), o in owners.items()]
    for identifier in Identifier.objects.bulk_create(fresh, batch_size=1000):
        known[identifier.kind][identifier.value] = (identifier.person_id, identifier.pk)


def _owner(kind: str, value: str, known: dict[str, Known], owners: Mapping[tuple[str, str], int]) -> int:
    """The person of an identifier, a negative number for somebody who is not on record yet, 0 where nobody has it."""
    return known[kind][value][0] if value in known[kind] else owners.get((kind, value), 0)


def _new_people(number: int) -> list[int]:
    return [person.pk for person in Person.objects.bulk_create([Person() for _ in range(number)], batch_size=1000)]


def _people_of_records(sources: list[int]) -> dict[int, int]:
    """The person of the agency's record that came from each of these rows."""
    found: dict[int, int] = {}
    for part in parts_of(sources):
        found.update(AgencyRecord.objects.filter(source__in=part).values_list("source_id", "person_id"))
    return found


def _keep_clues(frame: pl.DataFrame, kinds: list[str], known: dict[str, Known]) -> None:
    """Keeps, of rows with identifiers of two people, which two: what a corrected row said before is forgotten."""
    if len(kinds) < 2:
        return
    for part in parts_of(frame.filter(pl.col("changed"))["source"].to_list()):
        Clue.objects.filter(source__in=part).delete()
    owners = [_mapped(kind, known[kind], 0).alias(f"{kind}_owner") for kind in kinds]
    numbers = [_mapped(kind, known[kind], 1).alias(f"{kind}_number") for kind in kinds]
    rows = frame.select("source", *owners, *numbers)
    for n, one in enumerate(kinds):
        for other in kinds[n + 1 :]:
            differ = rows.filter(pl.col(f"{one}_owner") != pl.col(f"{other}_owner"))
            insert(Clue, differ.select("source", one=f"{one}_number", other=f"{other}_number"))


@dataclass(frozen=True, kw_only=True)
class Change:
    """Two people found to be one (`merge`: `other` now redirects to `kept`), or one found to be two (`part`: `other` has left
    `kept`). `records`: the agencies' records that passed; `rows`: facts entered here, by table and number, that passed too.
    """

    kind: str
    kept: int
    other: int
    records: tuple[int, ...]
    rows: tuple[tuple[str, int], ...] = ()


@dataclass(kw_only=True)
class _Settling:
    """`now` and `then`: the person of each record before and after; `merged`: who redirects to whom; `parted`: who has left
    whom; `passed`: by person merged, the facts entered here that passed; `touched`: whose names may be others now.
    """

    now: dict[int, int]
    then: dict[int, int] = field(default_factory=dict)
    merged: dict[int, int] = field(default_factory=dict)
    parted: dict[int, int] = field(default_factory=dict)
    passed: dict[int, list[tuple[str, int]]] = field(default_factory=dict)
    touched: set[int] = field(default_factory=set)


def settle(
    groups: Collection[Sequence[int]], *, returning: Mapping[int, int] | None = None,
    returning_rows: Mapping[int, Rows] | None = None, rows: Mapping[int, Rows] | None = None,
) -> list[Change]:  # fmt: skip
    """Makes each group of agencies' records one person, and nobody else's; gives what changed. Call inside a `recording`.

    All records of each person concerned are in the groups. An id stays with the person's oldest record, and of several in a
    group the oldest id stays; the others redirect. `returning`: a record, and the redirecting id that its group takes up again
    where it leaves; others that leave get a new id. Facts follow their identifier, and an identifier the record of the agency
    that issues it. `returning_rows`: by a record, facts entered here that go with it where it leaves; `rows`: that go to
    its person in any case.
    """
    state = _Settling(now=_people_now([record for group in groups for record in group]))
    _choose(groups, state, returning or {})
    gone = {r for r, person in state.then.items() if person != state.now[r]}
    going = {record: told for record, told in (returning_rows or {}).items() if record in gone} | dict(rows or {})
    _merge(state, dict(state.merged))
    for person in {state.then[r] for r in gone}:
        AgencyRecord.objects.filter(pk__in=[r for r in gone if state.then[r] == person]).update(person=person)
    _pass_identifiers(state)
    for record, told in going.items():
        _pass_rows(told, to=state.then[record])
    _best_details(sorted({state.then[r] for r in gone} | {state.merged.get(state.now[r], state.now[r]) for r in gone}))
    _keep_keys(state.touched | {person for r in gone for person in (state.now[r], state.then[r])})
    changes = [
        Change(kind="merge", kept=kept, other=other, records=_of(state.now, other), rows=tuple(state.passed.get(other, ())))
        for other, kept in sorted(state.merged.items())
    ]
    for other, kept in sorted(state.parted.items()):
        left = _of(state.then, other)
        changes.append(Change(kind="part", kept=kept, other=other, records=left,
                              rows=tuple(row for r in left for row in going.get(r, ()))))  # fmt: skip
    return changes


def _of(people: Mapping[int, int], person: int) -> tuple[int, ...]:
    return tuple(sorted(record for record, p in people.items() if p == person))


def _people_now(records: Collection[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for part in parts_of(records):
        found.update(AgencyRecord.objects.filter(pk__in=part).values_list("pk", "person_id"))
    return found


def _choose(groups: Collection[Sequence[int]], state: _Settling, returning: Mapping[int, int]) -> None:
    """Which person each group is."""
    oldest: dict[int, int] = {}
    for record, person in state.now.items():
        oldest[person] = min(record, oldest.get(person, record))
    leaving: list[Sequence[int]] = []
    for group in groups:
        heirs = sorted(state.now[r] for r in group if oldest[state.now[r]] == r)
        if not heirs:
            leaving.append(group)
            continue
        state.then.update(dict.fromkeys(group, heirs[0]))
        state.merged.update(dict.fromkeys(heirs[1:], heirs[0]))
    back = [next((returning[r] for r in group if r in returning), 0) for group in leaving]
    fresh = iter(_new_people(back.count(0)))
    for group, again in zip(leaving, back, strict=True):
        person = again or next(fresh)
        left = state.now[min(group)]
        state.then.update(dict.fromkeys(group, person))
        state.parted[person] = state.merged.get(left, left)
    again_here = [person for person in back if person]
    Person.objects.filter(pk__in=again_here).update(merged_into=None)


def _relations() -> Iterator[tuple[type[models.Model], str]]:
    """Every table with a person, hidden from `Person` or not, and the name of that column.

    Not the redirects between people, nor the search keys, which are worked out anew.
    """
    for relation in Person._meta.get_fields(include_hidden=True):
        own = relation.is_relation and relation.auto_created and relation.field.name != "merged_into"
        if own and relation.related_model is not SearchKey:
            yield relation.related_model, relation.field.name


def _merge(state: _Settling, merged: Mapping[int, int]) -> None:
    """Everything held on each person merged becomes the other's, and the id redirects."""
    state.merged.update(merged)
    state.touched.update(merged, merged.values())
    for part in parts_of(sorted(merged), 200):
        for model, column in _relations():
            held = model._base_manager.filter(**{f"{column}__in": part})
            if model not in (Identifier, AgencyRecord):
                entered = held.filter(source=None) if issubclass(model, Fact) else held
                for pk, person in entered.values_list("pk", f"{column}_id"):
                    state.passed.setdefault(person, []).append((f"{model._meta.label}.{column}", pk))
            held.update(**{column: _into(column, part, merged)})
        Person.objects.filter(merged_into__in=part).update(merged_into=_into("merged_into", part, merged))
        Person.objects.filter(pk__in=part).update(merged_into=_into("pk", part, merged))


def _into(column: str, part: Sequence[object], merged: Mapping[int, int]) -> Case:
    told = [When(**{column: gone}, then=Value(merged[int(str(gone))])) for gone in part]
    return Case(*told, output_field=models.BigIntegerField())


Claim = tuple[bool, int]
"""Who has the better claim to an identifier: a record of the agency that issues it, then the older record."""


def _pass_identifiers(state: _Settling) -> None:
    """Gives each identifier that these records carry to the person of the record with the best claim to it."""
    claims: dict[tuple[str, str], tuple[Claim, int]] = {}
    for part in parts_of(list(state.then)):
        for pk, agency, *values in AgencyRecord.objects.filter(pk__in=part).values_list("pk", "agency", *NUMBERS):
            for kind, value in zip(NUMBERS, values, strict=True):
                claim = ((agency not in ISSUED_BY[kind], pk), state.then[pk])
                if value and ((kind, value) not in claims or claim < claims[kind, value]):
                    claims[kind, value] = claim
    for kind in NUMBERS:
        wanted = {value: claim for (k, value), claim in claims.items() if k == kind}
        for part in parts_of(wanted):
            held = Identifier.objects.filter(kind=kind, value__in=part).values_list("pk", "value", "person_id")
            for pk, value, person in held:
                claim, after = wanted[value]
                if person != after and not _better_claim(kind, value, person, claim, state):
                    _pass_identifier(pk, person, after, state)


def _better_claim(kind: str, value: str, person: int, claim: Claim, state: _Settling) -> bool:
    """Whether a record that is not being settled leaves the identifier where it is."""
    told = AgencyRecord.objects.filter(person=person, **{kind: value}).values_list("pk", "agency")
    return any((agency not in ISSUED_BY[kind], pk) < claim for pk, agency in told if pk not in state.then)


def _pass_identifier(identifier: int, before: int, after: int, state: _Settling) -> None:
    """One identifier to another person, with all that came by it. Somebody left with nothing redirects there."""
    Identifier.objects.filter(pk=identifier).update(person=after)
    state.touched.update((before, after))
    for model, column in _relations():
        if issubclass(model, Fact) and model is not AgencyRecord:
            mine = model._base_manager.filter(**{column: before, "source__named_by": identifier})
            model._base_manager.filter(pk__in=list(mine.values_list("pk", flat=True))).update(**{column: after})
    nothing = not AgencyRecord.objects.filter(person=before).exists() and not Identifier.objects.filter(person=before).exists()
    if nothing and before not in state.merged:
        _merge(state, {before: after})


def _pass_rows(rows: Rows, *, to: int) -> None:
    """Facts entered here, by table and number, to a person. A table that names two people is told with its column."""
    tables = {f"{model._meta.label}.{column}": (model, column) for model, column in _relations()}
    tables |= {model._meta.label: (model, column) for model, column in _relations() if column == "person"}
    for label, pk in rows:
        model, column = tables[label]
        model._base_manager.filter(pk=pk).update(**{column: to})


def redirect(people: Collection[int], *, to: int) -> None:
    """Ids that redirect, and now to another person. Call inside a `recording`."""
    Person.objects.filter(pk__in=list(people)).exclude(merged_into=None).update(merged_into=to)


def keep_details(frame: pl.DataFrame) -> None:
    """A loader to follow the agency records of a frame: each person's details anew, from the best source that has them."""
    people = frame["person"].unique().to_list()
    _best_details(people)
    _keep_keys(people)


def _best_details(people: list[int]) -> None:
    """Each detail from the first of BEST_FIRST that has it; of one agency's records, from the latest."""
    rows: list[tuple[object, ...]] = []
    for part in parts_of(people):
        rows += AgencyRecord.objects.filter(person__in=part).values_list("person_id", "agency", "pk", *DETAILS)
    rank = {agency: place for place, agency in enumerate(BEST_FIRST)}
    best: dict[object, list[object]] = {}
    for person, _, _, *details in sorted(rows, key=lambda r: (rank.get(str(r[1]), 9), -int(str(r[2])))):
        kept = best.setdefault(person, [None] * len(DETAILS))
        best[person] = [old or new for old, new in zip(kept, details, strict=True)]
    told = [(person, *(value or None for value in details)) for person, details in best.items()]
    text = {"id": pl.Int64, **{name: pl.Date if name == "date_of_birth" else pl.String for name in DETAILS}}
    insert(Person, pl.DataFrame(told, schema=text, orient="row"), key=("id",))


def keeps_keys(load: Loader) -> Loader:
    """The loader of a table that holds names, and then the search keys of all whose names it changed, before and after."""

    def keep(frame: pl.DataFrame) -> None:
        people = set(frame["person"])
        for part in parts_of(frame.filter(pl.col("changed"))["source"].to_list()):
            people.update(load.model._default_manager.filter(source__in=part).values_list("person_id", flat=True))
        load(frame)
        _keep_keys(people)

    keep.model = load.model
    return keep


def _keep_keys(people: Collection[int]) -> None:
    """Makes the search keys of these people what their names and births are now. A word that nobody has any more is forgotten."""
    same = ["person", "key", "kind"]
    for part in parts_of(sorted(people)):
        now, before = keys_now(part), keys_kept(part)
        gone = before.join(now, on=same, how="anti")
        for some in parts_of(gone["id"].to_list()):
            SearchKey.objects.filter(pk__in=some).delete()
        fresh = now.join(before, on=same, how="anti").sort(same)
        insert(Spelling, new_spellings(fresh), key=("key", "word"))
        insert(SearchKey, fresh, key=("key", "person", "kind"))
        for some in parts_of(gone["key"].unique().to_list()):
            had = set(SearchKey.objects.filter(key__in=some).values_list("key", flat=True).distinct())
            for word in set(some) - had:
                Spelling.objects.filter(key__in=spellings(word), word=word).delete()


def reindex_names(*, by: str) -> int:
    """Works out all search keys anew, for a store made before there were any; gives the number of people who have not merged."""
    with recording(by=by, verb="people.reindex_names") as entry:
        SearchKey.objects.all().delete()
        Spelling.objects.all().delete()
        people = list(Person.objects.filter(merged_into=None).order_by("pk").values_list("pk", flat=True))
        _keep_keys(people)
        entry.details = {"people": len(people)}
    return len(people)
