"""From people's conviction histories to what OGRS3 asks for, as things stood on any day.

As the cohort's definition has it, the latest conviction is the current one, all sanctions up to it count, and the follow-up
starts on the date of a non-custodial sentence or on release from a custodial one. A sanction is a day on which one or
more offences were dealt with, by conviction or by caution (a reprimand or final warning counts as a caution).
"""

from datetime import date
from typing import Literal

import polars as pl

from throughcare.core.errors import UserError

DISPOSALS = ("conviction", "caution")
SENTENCES = ("custody", "suspended", "community", "fine", "other")


def inputs_as_at(convictions: pl.DataFrame, sentences: pl.DataFrame, people: pl.DataFrame, *, as_at: date) -> pl.DataFrame:
    """One row for each row of `people`, in its order, with the columns that `ogrs3.score` takes; id is the person.

    `convictions`: person, convicted_on (the day dealt with), offence_code, principal, disposal (one of `DISPOSALS`).
    `sentences`: person, imposed_on, kind (one of `SENTENCES`), released_on and release_planned_on (null: not known).
    `people`: person, sex, date_of_birth.

    Nothing dated after `as_at` counts; a plan of release counts whenever it is for. Sanctions are all those on or
    before the current conviction; a caution since then does not count. Somebody without a date of birth, or not
    convicted by then, has nulls, which `score` refuses with the reason: never a guess, and never left out. Refuses,
    with `UserError`, a conviction or sentence without its date or of another kind than those named.
    """
    _refuse_unknown(convictions, day="convicted_on", kind="disposal", known=DISPOSALS, as_at=as_at)
    _refuse_unknown(sentences, day="imposed_on", kind="kind", known=SENTENCES, as_at=as_at)
    return _inputs(convictions.lazy(), sentences.lazy(), people.lazy(), pl.lit(as_at))


def inputs_at(convictions: pl.DataFrame, sentences: pl.DataFrame, people: pl.DataFrame, *, moments: pl.DataFrame) -> pl.DataFrame:
    """What `inputs_as_at` gives of one person on one day, for each row of `moments` (person, as_at), in its order.

    id is the row's place in `moments`, from 0. All rows are worked out together, which is many times faster than day by day.
    Somebody who is not among `people` has nulls, as has nobody's history. Refuses what `inputs_as_at` does, of any of the days.
    """
    if not moments.is_empty():
        last = moments.select(pl.col("as_at").max()).item()
        _refuse_unknown(convictions, day="convicted_on", kind="disposal", known=DISPOSALS, as_at=last)
        _refuse_unknown(sentences, day="imposed_on", kind="kind", known=SENTENCES, as_at=last)
    places = moments.lazy().select("person", "as_at").with_row_index("place")

    def of_each(facts: pl.DataFrame, how: Literal["inner", "left"] = "inner") -> pl.LazyFrame:
        joined = places.join(facts.lazy(), on="person", how=how, maintain_order="left_right")
        return joined.drop("person").rename({"place": "person"})

    return _inputs(of_each(convictions), of_each(sentences), of_each(people, "left"), pl.col("as_at"))


def _inputs(convictions: pl.LazyFrame, sentences: pl.LazyFrame, people: pl.LazyFrame, as_at: pl.Expr) -> pl.DataFrame:
    """The inputs of each of `people`; `as_at` is one day, or the column of each row's own."""
    dealt_with = convictions.filter(pl.col("convicted_on") <= as_at)
    current = _current_offence(dealt_with)
    followup = _followup(sentences, current, as_at)
    inputs = people.select("person", "sex", "date_of_birth")
    for facts in (_sanctions(dealt_with, current), current, followup):
        inputs = inputs.join(facts, on="person", how="left", maintain_order="left")
    # Without a sentence on the day of the conviction, that day is when the person could first reoffend.
    followup_date = pl.coalesce("followup_date", "conviction_date")
    return (
        inputs.with_columns(followup_date=followup_date)
        .rename({"person": "id"})
        .select(
            "id",
            "sex",
            "date_of_birth",
            "conviction_date",
            "followup_date",
            "first_sanction_date",
            "sanctions",
            "offence_code",
        )
        .collect()
    )


def _sanctions(dealt_with: pl.LazyFrame, current: pl.LazyFrame) -> pl.LazyFrame:
    """By person the number of sanctions up to the current conviction, itself included, and the day of the first.

    A caution since the current conviction is not yet part of a score; who was never convicted has all cautions counted.
    """
    day = pl.col("convicted_on")
    known = dealt_with.join(current.select("person", "conviction_date"), on="person", how="left")
    counted = known.filter((day <= pl.col("conviction_date")).fill_null(True))
    return counted.group_by("person").agg(first_sanction_date=day.min(), sanctions=day.n_unique().cast(pl.Int64))


def _current_offence(dealt_with: pl.LazyFrame) -> pl.LazyFrame:
    """By person the latest day of conviction and its principal offence; where none is, the first listed [decided]."""
    convicted = dealt_with.filter(pl.col("disposal") == "conviction")
    latest = convicted.filter(pl.col("convicted_on") == pl.col("convicted_on").max().over("person"))
    principal_first = latest.sort(~pl.col("principal").fill_null(False), maintain_order=True)
    return principal_first.group_by("person", maintain_order=True).agg(
        conviction_date=pl.col("convicted_on").first(), offence_code=pl.col("offence_code").first()
    )


def _followup(sentences: pl.LazyFrame, current: pl.LazyFrame, as_at: pl.Expr) -> pl.LazyFrame:
    """By person the day from which the person could reoffend, where a sentence was imposed on the current day.

    Of custody it is the release, if that was on or before `as_at`; else the planned release; else `as_at` [decided]. Of
    several sentences custody decides, and of several in custody the last release.
    """
    imposed = sentences.join(current, left_on=("person", "imposed_on"), right_on=("person", "conviction_date"))
    in_custody = pl.col("kind") == "custody"
    released_on = pl.col("released_on")
    released = pl.coalesce(pl.when(released_on <= as_at).then(released_on), "release_planned_on", as_at)
    return imposed.group_by("person").agg(
        followup_date=pl.coalesce(released.filter(in_custody).max(), pl.col("imposed_on").max())
    )


def _refuse_unknown(rows: pl.DataFrame, *, day: str, kind: str, known: tuple[str, ...], as_at: date) -> None:
    is_later = (pl.col(day) > as_at).fill_null(False)
    is_known = pl.col(day).is_not_null() & pl.col(kind).is_in(known).fill_null(False)
    wrong = rows.filter(~is_later & ~is_known)
    if not wrong.is_empty():
        first = wrong.row(0, named=True)
        raise UserError(
            what=f"{wrong.height} rows of a history cannot be counted",
            record=f"person {first['person']}, {day} {first[day]}, {kind} {first[kind]!r}",
            expected=f"a date, and {kind} one of {', '.join(known)}",
            mend="correct the record at its source and load it again",
        )
