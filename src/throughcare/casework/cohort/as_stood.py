"""The cohort as it stood on a past day: members, ratings, and scores from what was known then. Reads only."""

from collections.abc import Collection
from datetime import date

import polars as pl
from django.db.models import Exists, OuterRef, Q

from throughcare.casework.cohort.facts import scores_of
from throughcare.casework.cohort.queries import members, rated
from throughcare.casework.frames import only
from throughcare.casework.imports.models import FileLoad, SupersededRow
from throughcare.casework.people import queries as people
from throughcare.core.clock import london_day


def known_by(day: date) -> Q:
    """Of a table of facts, the rows that were here at the end of the day.

    What a feed's first load brought counts as known before it: the past came with it, and nobody worked without. A row that
    was here then and has been corrected since is taken as it stands corrected.
    """
    _, end = london_day(day)
    first: dict[str, int] = {}
    for feed, load in FileLoad.objects.order_by("pk").values_list("feed", "pk"):
        first.setdefault(feed, load)
    before = SupersededRow.objects.filter(source=OuterRef("source"))
    before = before.filter(Q(file__loaded_at__lt=end) | Q(file__in=list(first.values())))
    here = Q(source=None) | Q(source__file__loaded_at__lt=end) | Q(source__file__in=list(first.values()))
    return here | Exists(before)


def scores_then(day: date) -> pl.DataFrame:
    """person, score: the two-year percent on the day, from what was known by the end of it; null where there is none."""
    then = known_by(day)
    found = scores_of(people.people(), people.convictions(then), people.sentences(then), as_at=day)
    return found.select("person", score="percent_2y")


def scores_now_of(day: date) -> pl.DataFrame:
    """person, score: the same, from all that is known now of the time until the day."""
    found = scores_of(people.people(), people.convictions(), people.sentences(), as_at=day)
    return found.select("person", score="percent_2y")


def cohort_as_it_stood(day: date, wanted: Collection[int], *, scored: bool) -> pl.DataFrame:
    """person, borough, since, off_rule, rag ("": not rated), score, anew: those of `wanted` who were members, by person.

    `score` is as it stood on the day, `anew` what it is found to be from what is known now; both null where there is none, and
    where nobody asks for scores.
    """
    with only(*wanted):
        found = members(day).join(rated(day), on="person", how="left", maintain_order="left")
        found = found.with_columns(pl.col("rag").fill_null("")).sort("person")
    if not scored:
        none = pl.lit(None, dtype=pl.Int64)
        return found.with_columns(score=none, anew=none)
    with only(*found["person"]):
        then, now = scores_then(day), scores_now_of(day).rename({"score": "anew"})
    return found.join(then, on="person", how="left").join(now, on="person", how="left").sort("person")
