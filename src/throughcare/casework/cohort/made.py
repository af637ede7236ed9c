"""How one person's score is made on a day: each input as the store holds it, what it adds, and what would change it next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from throughcare.casework.frames import only
from throughcare.casework.people import queries as people
from throughcare.casework.pilot import current_pilot
from throughcare.core.dates import day_in_words
from throughcare.rules.history import inputs_at
from throughcare.rules.ogrs3 import MEANING, PROFILES, Explained, explain, score, workings
from throughcare.rules.ogrs3.explain import OFFENCES, band_birthdays

PUBLISHED = PROFILES["published"]
IDENTITY = ("sex", "date_of_birth")


@dataclass(frozen=True, kw_only=True)
class Sanction:
    """A day on which offences were dealt with: how many, and whether a court found the person guilty of any."""

    on: date
    offences: int
    convicted: bool


@dataclass(frozen=True, kw_only=True)
class Input:
    """One input of the score: what it is, as it is held, and where that comes from."""

    what: str
    value: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Missing:
    """Why there is no score: what is missing or wrong, and in which system it is mended."""

    what: str
    kept_in: str


@dataclass(frozen=True, kw_only=True)
class Made:
    """A score and all that it rests on; where there is none, what is missing.

    `counted`: the sanctions that count, newest first; `later`: those since the current conviction, which do not yet.
    `next_change`: the first later day on which it differs if nothing new happens, and the two-year percent then.
    """

    percent_1y: int | None
    percent_2y: int | None
    oasys_2y: int | None
    years: tuple[Explained, ...]
    inputs: tuple[Input, ...]
    counted: tuple[Sanction, ...]
    later: tuple[Sanction, ...]
    missing: tuple[Missing, ...]
    next_change: tuple[date, int] | None
    followup_on: date | None


def made(person: int, day: date) -> Made:
    """The score of the day, from the history as it stands on record now."""
    with only(person):
        convictions, sentences, who = people.convictions(), people.sentences(), people.people()
    born = who["date_of_birth"].item() if who.height == 1 else None
    birthdays = band_birthdays(born, after=day, parameters=PUBLISHED) if born else ()
    moments = pl.DataFrame({"person": [person] * (1 + len(birthdays)), "as_at": [day, *birthdays]})
    taken = inputs_at(convictions, sentences, who, moments=moments)
    scored = score(taken)
    now, held = scored.row(0, named=True), taken.row(0, named=True)
    known = now["percent_2y"] is not None
    dealt_with = _sanctions(convictions, day)
    current = held["conviction_date"]
    working = workings(taken.head(1)).row(0, named=True)
    return Made(
        percent_1y=now["percent_1y"], percent_2y=now["percent_2y"],
        oasys_2y=score(taken.head(1), profile="oasys")["percent_2y"].item(),
        years=tuple(explain(working, parameters=PUBLISHED, years=y) for y in (2, 1)) if known else (),
        inputs=tuple(_inputs(held, working, _followup(sentences, current, day))) if known else (),
        counted=tuple(s for s in dealt_with if current is None or s.on <= current),
        later=tuple(s for s in dealt_with if current is not None and s.on > current),
        missing=() if known else tuple(_missing(now["error"])),
        next_change=_next_change(birthdays, scored["percent_2y"].to_list()) if known else None,
        followup_on=held["followup_date"] if known else None,
    )  # fmt: skip


def _sanctions(convictions: pl.DataFrame, day: date) -> list[Sanction]:
    by_day: dict[date, list[str]] = {}
    for on, disposal in convictions.filter(pl.col("convicted_on") <= day).select("convicted_on", "disposal").iter_rows():
        by_day.setdefault(on, []).append(disposal)
    newest_first = sorted(by_day.items(), reverse=True)
    return [Sanction(on=on, offences=len(how), convicted="conviction" in how) for on, how in newest_first]


def _inputs(held: Mapping[str, Any], working: Mapping[str, Any], followup: str) -> Iterable[Input]:
    homes = current_pilot().homes
    identity, record = homes["identity"].system, homes["convictions"].system
    yield Input(what="Sex", value={"M": "male", "F": "female"}[held["sex"]], source=identity)
    yield Input(what="Date of birth", value=day_in_words(held["date_of_birth"]), source=identity)
    yield Input(
        what="Latest offence found guilty of", value=f"{OFFENCES[working['offence_group']]} (code {held['offence_code']})",
        source=f"{record}: the principal offence of {day_in_words(held['conviction_date'])}",
    )  # fmt: skip
    yield Input(
        what="Sanctions", value=f"{held['sanctions']}, the latest included",
        source=f"{record}: days on which offences were dealt with by a court or a caution, listed below",
    )  # fmt: skip
    yield Input(
        what="Age at the first sanction", value=str(working["age_at_first"]),
        source=f"{record}: {day_in_words(held['first_sanction_date'])}",
    )  # fmt: skip
    yield Input(
        what="Age at the latest conviction", value=str(working["age_at_conviction"]),
        source=f"{record}: {day_in_words(held['conviction_date'])}",
    )  # fmt: skip
    yield Input(what="Age when the two years begin", value=str(working["age_at_followup"]), source=followup)


def _followup(sentences: pl.DataFrame, current: date | None, day: date) -> str:
    """From when the person could reoffend, in words: by the rule of `rules.history`."""
    imposed = sentences.filter(pl.col("imposed_on") == current)
    in_custody = imposed.filter(pl.col("kind") == "custody")
    if imposed.is_empty():
        return "the day of the conviction, as no sentence of that day is on record"
    if in_custody.is_empty():
        return f"sentenced in the community on {day_in_words(current)}" if current else ""
    left = in_custody["released_on"].drop_nulls()
    if left.len() == in_custody.height and max(left) <= day:
        return f"released from prison on {day_in_words(max(left))}"
    planned = in_custody["release_planned_on"].drop_nulls()
    if planned.len():
        return f"release from prison, planned for {day_in_words(max(planned))}"
    return "in prison with no planned release on record, so today"


def _next_change(birthdays: Iterable[date], percents: list[int | None]) -> tuple[date, int] | None:
    now, *later = percents
    changes = ((on, then) for on, then in zip(birthdays, later, strict=True) if then is not None and then != now)
    return next(changes, None)


def _missing(error: str) -> Iterable[Missing]:
    """The error of `ogrs3.score` in words, with the system in which each is kept."""
    homes = current_pilot().homes
    words = {"sex": "No sex is on record.", "date_of_birth": "No date of birth is on record."}
    convicted = {"conviction_date": "No conviction by a court is on record.", "offence_code": "The latest offence has no code."}
    for told in error.split(";"):
        code, _, columns = told.partition(":")
        about = columns.split()
        if code == "MISSING_MANDATORY_INPUT":
            for name in about:
                if name in words:
                    yield Missing(what=words[name], kept_in=homes["identity"].system)
            lacking = next((name for name in convicted if name in about), "")
            if lacking:
                yield Missing(what=convicted[lacking], kept_in=homes["convictions"].system)
        else:
            of_identity = any(name in IDENTITY for name in about) or code.startswith("SEX_")
            yield Missing(what=MEANING[code], kept_in=homes["identity" if of_identity else "convictions"].system)
