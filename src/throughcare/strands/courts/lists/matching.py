"""Who on a list may be somebody known: candidates by the index of names and numbers, weighed by the linkage.

Nothing is weighed that no index brings, so forty names cost seconds whatever the number of people known. Candidates share a
number; or the day of birth and a word or both initials of the name; or forename and surname, and the year or the day of birth
where the list says one.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from throughcare.casework.frames import read
from throughcare.casework.imports.queries import parts_of
from throughcare.casework.linking.queries import as_model, model_in_use, records
from throughcare.casework.people.keys import keys_of_names
from throughcare.casework.people.models import Identifier, SearchKey
from throughcare.linkage.blocking import NAME_ALONE, RULES
from throughcare.linkage.cleaning import clean
from throughcare.linkage.listed import LIKELY, banded, because
from throughcare.linkage.model import Model
from throughcare.linkage.scoring import score_between
from throughcare.strands.courts.lists.identity import as_records
from throughcare.strands.courts.models import Hearing

NUMBERS = ("pnc", "cro", "crn")
BORN = r"^[0-9]{8}$"
PAIR = {"listed": pl.Int64, "person": pl.Int64}
NOTHING_ELSE = "A number is the same; no agency has told who this person is, so there is nothing else to compare."


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """Somebody whom a name on a list may be, with the evidence in sentences."""

    person: int
    kind: str
    weight: float | None
    because: tuple[str, ...]


def matched(hearings: Sequence[Hearing]) -> list[list[Likeness]] | None:
    """For each hearing, in their order, whom it may be about, the strongest first; None where people were never linked yet."""
    row = model_in_use()
    if row is None:
        return None
    return weigh(hearings, as_model(row))


def weigh(hearings: Sequence[Hearing], model: Model) -> list[list[Likeness]]:
    """The same with a model."""
    told: list[list[Likeness]] = [[] for _ in hearings]
    found = candidates(hearings)
    known = _records_of(found["person"].unique().sort().to_list())
    for place, person in found.filter("number").join(known, on="person", how="anti").select("listed", "person").iter_rows():
        told[place].append(Likeness(person=person, kind=LIKELY, weight=None, because=(NOTHING_ELSE,)))
    if not known.height:
        return told
    first = int(known["id"].max() or 0) + 1  # type: ignore[arg-type]
    listed = as_records(hearings, first=first)
    pairs = score_between(_cleaned(known), _cleaned(listed), model, looked_at=(*RULES, NAME_ALONE))
    for each in banded(pairs, known).iter_rows(named=True):
        told[each["listed"] - first].append(Likeness(
            person=each["person"], kind=each["kind"], weight=each["weight"], because=tuple(because(each, prior=model.prior))
        ))  # fmt: skip
    return told


def _cleaned(told: pl.DataFrame) -> pl.DataFrame:
    return told.select("id").hstack(clean(told))


def _records_of(people: Collection[int]) -> pl.DataFrame:
    frames = [records(part) for part in parts_of(people)]
    return pl.concat(frames).sort("id") if frames else pl.DataFrame(schema=PAIR | {"id": pl.Int64})


def candidates(hearings: Sequence[Hearing]) -> pl.DataFrame:
    """listed (the place of the hearing), person, and whether a `number` is the same: those worth weighing, each once."""
    listed = as_records(hearings, first=0).rename({"id": "listed"})
    names = listed.select("listed", forenames=pl.col("forename"), surname="surname").fill_null("")
    words = keys_of_names(names.rename({"listed": "person"})).rename({"person": "listed"}).unique()
    days = listed.drop_nulls("date_of_birth").select("listed", key=pl.col("date_of_birth").dt.to_string("%Y%m%d"))
    numbers = _by_numbers(listed).unique().with_columns(number=pl.lit(value=True))
    found = pl.concat([_by_birth(days, words), _by_name(names, days)]).unique().join(numbers, on=["listed", "person"], how="anti")
    return pl.concat([numbers, found.with_columns(number=pl.lit(value=False))]).sort("listed", "person")


def _by_numbers(listed: pl.DataFrame) -> pl.DataFrame:
    """Those who have a number that the list gives, in its canonical form."""
    numbers = clean(listed).select(NUMBERS).hstack(listed.select("listed"))
    told = [pl.DataFrame(schema=PAIR)]
    for kind in NUMBERS:
        given = numbers.select("listed", value=kind).drop_nulls()
        for part in parts_of(given["value"].unique().to_list()):
            held = read(Identifier.objects.filter(kind=kind, value__in=part), person="person", value="value")
            told.append(given.join(held, on="value").select("listed", "person"))
    return pl.concat(told)


def _by_birth(days: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """Those born on the day who share a word of the name, or the initials of two."""
    born = days.join(_holders(days["key"]), on="key").select("listed", "person")
    theirs = _keys_of(born["person"]).filter(~pl.col("key").str.contains(BORN))
    word = born.join(words, on="listed").join(theirs, on=["person", "key"]).select("listed", "person")
    first, letters = pl.col("key").str.slice(0, 1), pl.col("letter")
    mine = words.select("listed", letter=first).unique()
    have = theirs.select("person", letter=first).unique()
    both = born.join(mine, on="listed").join(have, on=["person", "letter"]).group_by("listed", "person").agg(letters.n_unique())
    return pl.concat([word, both.filter(letters > 1).select("listed", "person")]).unique()


def _by_name(names: pl.DataFrame, days: pl.DataFrame) -> pl.DataFrame:
    """Those who have a word of the surname and a word of the forenames, and the year or the day and month of birth if told."""
    sur, fore = _words(names, "surname"), _words(names, "forenames")
    held = _holders(pl.concat([sur["key"], fore["key"]]))
    by_surname = sur.join(held, on="key").select("listed", "person").unique()
    both = by_surname.join(fore, on="listed").join(held, on=["person", "key"]).select("listed", "person").unique()
    told = both.join(days, on="listed", how="left")
    unborn = told.filter(pl.col("key").is_null()).select("listed", "person")
    dated = told.drop_nulls("key")
    theirs = _keys_of(dated["person"]).filter(pl.col("key").str.contains(BORN)).rename({"key": "born"})
    key, born = pl.col("key").str, pl.col("born").str
    near = dated.join(theirs, on="person").filter((key.head(4) == born.head(4)) | (key.slice(4) == born.slice(4)))
    return pl.concat([unborn, near.select("listed", "person")]).unique()


def _words(names: pl.DataFrame, which: str) -> pl.DataFrame:
    """listed, key: the words of the surname or of the forenames."""
    other = "forenames" if which == "surname" else "surname"
    told = keys_of_names(names.select(pl.col("listed").alias("person"), which, pl.lit("").alias(other)))
    return told.rename({"person": "listed"}).unique()


def _holders(keys: pl.Series) -> pl.DataFrame:
    """person, key of everybody who has one of these keys."""
    return _read("key__in", keys)


def _keys_of(people: pl.Series) -> pl.DataFrame:
    """person, key: all keys of these people."""
    return _read("person__in", people)


def _read(by: str, values: Iterable[object]) -> pl.DataFrame:
    distinct = sorted(set(values), key=str)
    told = [read(SearchKey.objects.filter(**{by: part}), person="person", key="key") for part in parts_of(distinct)]
    return pl.concat(told).unique() if told else pl.DataFrame(schema={"person": pl.Int64, "key": pl.String})
