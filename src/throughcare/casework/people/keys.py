"""The keys by which people are found: words of all names that they go by, and days of birth.

A word is cleaned as for the linkage (`linkage.cleaning.NAME`). So that a misspelling meets the word, every different word is
kept once more under each form with one letter left out (two words one slip apart share such a form) and under its sound
(Metaphone). Words repeat from person to person, so this costs little; whether two that met are alike, `alike` says.
"""

from collections.abc import Collection, Iterable, Iterator

import polars as pl
from django.db.models import F, QuerySet
from jellyfish import damerau_levenshtein_distance, jaro_winkler_similarity, metaphone

from throughcare.casework.frames import read
from throughcare.casework.imports.queries import parts_of
from throughcare.casework.people.models import AgencyRecord, Alias, Person, SearchKey, Spelling
from throughcare.linkage.cleaning import NAME as CLEANING

NAME, RECORD, ALIAS, BORN, BORN_RECORD = KINDS = ("name", "record", "alias", "born", "born_rec")
"""Whose word it is: the name or birth that the best source gives, that some agency's record gives, an alias. Best first."""

LONGEST = 40
SPELLED = range(3, 21)
"""Letters that a word has whose misspellings are looked for: shorter ones would meet everything, longer ones are joined names."""

FOLDED = {"Ł": "L", "Ø": "O", "Đ": "D", "Ð": "D", "Þ": "TH", "Æ": "AE", "Œ": "OE", "İ": "I"}
"""Letters that do not come apart into a plain one and an accent."""

SOUNDS_ALIKE = 0.75
"""The Jaro-Winkler similarity from which two words of one sound are alike: BEAL and BULLEY, both BL, are not. Measured, ours."""


def words_of(text: str) -> list[str]:
    """The words of a name as they are compared: upper case without accents and signs; single letters are left out."""
    return _cleaned(pl.Series("text", [text]))["key"].to_list()


def _cleaned(texts: pl.Series) -> pl.DataFrame:
    """text, key: the words of each different text, a row a word."""
    done = pl.col("text")
    for step in CLEANING:
        done = step.do(done)
    words = done.str.replace_many(FOLDED).str.slice(0, 200).str.split(" ")
    told = texts.rename("text").drop_nulls().unique().to_frame().with_columns(key=words).explode("key").drop_nulls()
    return told.with_columns(pl.col("key").str.slice(0, LONGEST)).filter(pl.col("key") != "")


def keys_now(people: Collection[int]) -> pl.DataFrame:
    """person, key, kind: each key of these people once, with the best of its kinds. Who has been merged has none."""
    names = {"forenames": "forenames", "surname": "surname"}
    live = _held(Person.objects.filter(merged_into=None), people, "pk", **names, born="date_of_birth")
    records = _held(AgencyRecord.objects.all(), people, **names, born="date_of_birth")
    aliases = _held(Alias.objects.all(), people, **names)
    told = [(live, NAME, BORN), (records, RECORD, BORN_RECORD), (aliases, ALIAS, None)]
    keys = [keys_of_names(frame).with_columns(kind=pl.lit(name)) for frame, name, _ in told]
    keys += [_of_births(frame).with_columns(kind=pl.lit(born)) for frame, _, born in told if born]
    best = pl.concat(keys).with_columns(pl.col("kind").cast(pl.Enum(KINDS))).join(live, on="person", how="semi").sort("kind")
    return best.unique(["person", "key"], keep="first").with_columns(pl.col("kind").cast(pl.String))


def _held(rows: QuerySet, people: Collection[int], person: str = "person", **columns: str) -> pl.DataFrame:
    """The rows of these people. Ids that lie close, as those of one import do, are asked for as a range: that is faster."""
    first, last = min(people), max(people)
    close = last - first < 4 * len(people)
    wanted = {f"{person}__gte": first, f"{person}__lte": last} if close else {f"{person}__in": people}
    frame = read(rows.filter(**wanted), person=person, **columns)
    return frame.filter(pl.col("person").is_in(list(people))) if close else frame


def keys_of_names(frame: pl.DataFrame) -> pl.DataFrame:
    """person, key. What is written in several words or with hyphens is found as one word too: Smith-Jones as SMITHJONES."""
    surname, hyphened = pl.col("surname"), pl.col("forenames").str.contains("-")
    texts = [
        pl.col("forenames"), surname, pl.when(hyphened).then(pl.col("forenames").str.replace_all("-", "")),
        pl.when(surname.str.contains(r"[-\s]")).then(surname.str.replace_all(r"[-\s]+", "")),
    ]  # fmt: skip
    rows = pl.concat([frame.select("person", text=text) for text in texts]).filter(pl.col("text") != "").unique()
    return rows.join(_cleaned(rows["text"]), on="text").select("person", "key")


def _of_births(frame: pl.DataFrame) -> pl.DataFrame:
    """person, key: a day as 19900705, so that its beginning is the year."""
    return frame.drop_nulls("born").select("person", key=pl.col("born").dt.to_string("%Y%m%d"))


def keys_kept(people: Collection[int]) -> pl.DataFrame:
    """id, person, key, kind of the keys in the store."""
    return _held(SearchKey.objects.all(), people, id="pk", key="key", kind="kind")


def new_spellings(keys: pl.DataFrame) -> pl.DataFrame:
    """key, word: the spellings of words that the store does not know yet."""
    words = set(keys.filter(~pl.col("kind").is_in([BORN, BORN_RECORD]))["key"])
    for part in parts_of(sorted(words)):
        words.difference_update(Spelling.objects.filter(key__in=part, word=F("key")).values_list("word", flat=True))
    told = [(key, word) for word in sorted(words) for key in sorted(spellings(word))]
    return pl.DataFrame(told, schema={"key": pl.String, "word": pl.String}, orient="row")


def spellings(word: str) -> set[str]:
    """The keys of a word: itself, itself with any one letter left out, and its sound in small letters."""
    if len(word) not in SPELLED:
        return {word}
    return {word, _sound(word) or word, *(word[:n] + word[n + 1 :] for n in range(len(word)))}


def _sound(word: str) -> str:
    return metaphone(word).replace(" ", "").lower()


def alike(asked: str, word: str) -> int:
    """How far a word is from what was asked: 0 the same, 1 one slip (a letter more, fewer, other, or two exchanged), 2 two
    slips in a long word or the same sound; 3 is not alike.
    """
    slips = damerau_levenshtein_distance(asked, word)
    if slips <= 1:
        return slips
    if slips == 2 and min(len(asked), len(word)) >= 7:
        return 2
    same_sound = _sound(asked) == _sound(word) and jaro_winkler_similarity(asked, word) >= SOUNDS_ALIKE
    return 2 if same_sound else 3


def words_alike(asked: Iterable[str]) -> dict[str, dict[str, int]]:
    """By word asked for, the words in the store that are alike, and how far each is. One query."""
    by_key: dict[str, list[str]] = {}
    for word in asked:
        for key in spellings(word) if len(word) in SPELLED else ():
            by_key.setdefault(key, []).append(word)
    found: dict[str, dict[str, int]] = {word: {} for words in by_key.values() for word in words}
    for asked_word, word in _met(by_key):
        far = alike(asked_word, word)
        if 0 < far < 3:
            found[asked_word][word] = far
    return found


def _met(by_key: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    if by_key:
        rows = Spelling.objects.filter(key__in=list(by_key)).values_list("key", "word")
        yield from {(asked, word) for key, word in rows for asked in by_key[key]}
