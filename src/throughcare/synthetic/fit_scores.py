"""The two-year percents of many lives on any day, by the product's own history and score rules and no others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from throughcare.rules.history import inputs_as_at
from throughcare.rules.ogrs3 import score
from throughcare.synthetic.lives import Life


@dataclass(frozen=True, kw_only=True, slots=True)
class Records:
    """The conviction records of some lives, as `rules.history` takes them; `person` is the candidate number."""

    convictions: pl.DataFrame
    sentences: pl.DataFrame
    people: pl.DataFrame

    def percents(self, on: date) -> dict[int, int]:
        """By number the percent on a day; without an entry for who has no conviction by then, or no score."""
        scored = score(inputs_as_at(self.convictions, self.sentences, self.people, as_at=on))
        known = scored.filter(pl.col("percent_2y").is_not_null())
        return {int(number): percent for number, percent in known.select("id", "percent_2y").iter_rows()}


def records(lives: Sequence[Life]) -> Records:
    """The records of lives, all of them: what is later than the day asked about plays no part."""
    convictions = [
        (life.number, sanction.on, offence.code, offence.principal, sanction.disposal)
        for life in lives
        for sanction in life.sanctions
        for offence in sanction.offences
    ]
    sentences = [
        (life.number, sanction.on, sanction.sentence.kind, sanction.sentence.released_on, sanction.sentence.release_planned_on)
        for life in lives
        for sanction in life.sanctions
        if sanction.sentence
    ]
    return Records(
        convictions=pl.DataFrame(
            convictions,
            orient="row",
            schema={
                "person": pl.Int64,
                "convicted_on": pl.Date,
                "offence_code": pl.String,
                "principal": pl.Boolean,
                "disposal": pl.String,
            },
        ),
        sentences=pl.DataFrame(
            sentences,
            orient="row",
            schema={
                "person": pl.Int64,
                "imposed_on": pl.Date,
                "kind": pl.String,
                "released_on": pl.Date,
                "release_planned_on": pl.Date,
            },
        ),
        people=pl.DataFrame(
            [(life.number, life.sex, life.date_of_birth) for life in lives],
            orient="row",
            schema={"person": pl.Int64, "sex": pl.String, "date_of_birth": pl.Date},
        ),
    )
