"""Giving rows to people, and keeping each person's details from the best source.

Until linkage exists, records that carry the same CRN, PNC, CRO or prison number are one person.
"""

import polars as pl

from throughcare.casework.audit.actions import recording
from throughcare.casework.imports.actions import insert
from throughcare.casework.imports.queries import parts_of
from throughcare.casework.people.models import AgencyRecord, Identifier, Person
from throughcare.core.contracts import Feed

BEST_FIRST = ("NPS", "CRC", "police", "prison")
DETAILS = ("forenames", "surname", "date_of_birth", "sex", "ethnicity")


def resolve(frame: pl.DataFrame, feed: Feed) -> pl.DataFrame:
    """Adds `person`, the id of the person whose identifiers a row carries, to each row.

    A row with none that is known makes a new person; one that carries identifiers of two people shows them to be one,
    and the younger record redirects to the older. Called inside an import's transaction.
    """
    kinds = list(feed.identifiers)
    known = _known(frame, kinds)
    mapped = frame.select(_person_of(frame[kind], known.get(kind, {})) for kind in kinds)
    agreed = mapped.select(pl.min_horizontal(pl.all()).alias("low"), pl.max_horizontal(pl.all()).alias("high"))
    new_identifier = pl.Series([False] * frame.height)
    for kind in kinds:
        new_identifier = new_identifier | (frame[kind].is_not_null() & mapped[kind].is_null())
    unsettled = new_identifier | (agreed["low"] != agreed["high"]).fill_null(value=False)
    if not unsettled.any():
        return frame.with_columns(agreed["low"].alias("person"))
    people, into = _settle(frame.filter(unsettled).select(kinds).rows(), kinds, known)
    person = agreed["low"].to_list()
    for place, owner in zip(unsettled.arg_true(), people, strict=True):
        person[place] = owner
    while gone := set(into) & set(person):
        person = [into[p] if p in gone else p for p in person]
    return frame.with_columns(pl.Series("person", person, dtype=pl.Int64))


def _known(frame: pl.DataFrame, kinds: list[str]) -> dict[str, dict[str, int]]:
    """The people of the identifiers that stand in the frame, by kind and value."""
    known: dict[str, dict[str, int]] = {kind: {} for kind in kinds}
    for kind in kinds:
        for part in parts_of(frame[kind].drop_nulls().unique().to_list()):
            known[kind].update(Identifier.objects.filter(kind=kind, value__in=part).values_list("value", "person_id"))
    return known


def _person_of(values: pl.Series, known: dict[str, int]) -> pl.Series:
    if not known:
        return pl.Series(values.name, [None] * len(values), dtype=pl.Int64)
    return values.replace_strict(known, default=None, return_dtype=pl.Int64)


def _settle(
    rows: list[tuple[str | None, ...]], kinds: list[str], known: dict[str, dict[str, int]]
) -> tuple[list[int], dict[int, int]]:
    """Gives a person to each of these rows, and says who was merged into whom; `known` is brought up to date.

    Rows are few: new people and new identifiers.
    """
    owners: list[int] = []
    fresh: list[Identifier] = []
    into: dict[int, int] = {}
    for row in rows:
        told = [(kind, value) for kind, value in zip(kinds, row, strict=True) if value]
        found = sorted({known[kind][value] for kind, value in told if value in known[kind]})
        if found:
            owner = found[0]
            for other in found[1:]:
                _merge(owner, other)
                into[other] = owner
                for values in known.values():
                    values.update({v: owner for v, p in values.items() if p == other})
                for identifier in fresh:
                    identifier.person_id = owner if identifier.person_id == other else identifier.person_id
                owners = [owner if o == other else o for o in owners]
        else:
            person = Person()
            person.save()
            owner = person.pk
        for kind, value in told:
            if value not in known[kind]:
                known[kind][value] = owner
                fresh.append(Identifier(person_id=owner, kind=kind, value=value))
        owners.append(owner)
    Identifier.objects.bulk_create(fresh, batch_size=1000)
    return owners, into


def _merge(keep: int, gone: int) -> None:
    """Everything held on `gone` becomes `keep`'s; the id redirects."""
    with recording(by="import", verb="people.merge") as entry:
        for relation in Person._meta.related_objects:
            if relation.field.name != "merged_into":
                relation.related_model._base_manager.filter(**{relation.field.name: gone}).update(
                    **{relation.field.name: keep}
                )
        Person.objects.filter(pk=gone).update(merged_into=keep)
        _best_details([keep])
        entry.subject_type, entry.subject_id, entry.person_id = "people.person", str(gone), keep
        entry.details = {"same_identifier": True, "into": keep}


def keep_details(frame: pl.DataFrame) -> None:
    """A loader to follow the agency records of a frame: each person's details anew, from the best source that has them."""
    _best_details(frame["person"].unique().to_list())


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
