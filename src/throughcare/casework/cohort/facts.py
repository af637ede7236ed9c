"""From frames of everybody to the facts of each person that the eligibility rules take. Reads nothing, decides nothing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import polars as pl

from throughcare.casework.people.queries import with_a_day
from throughcare.core.dates import months_before
from throughcare.core.pilot import CriterionParameters, Pilot
from throughcare.core.spans import Span
from throughcare.rules.eligibility.facts import Address, Facts, Offence, Supervision
from throughcare.rules.history import inputs_as_at, inputs_at
from throughcare.rules.ogrs3 import OFFENCE_GROUPS, score
from throughcare.rules.ogrs3.offences import group_of_code


@dataclass(frozen=True, kw_only=True)
class Frames:
    """Everybody's records, as `people.queries` gives them."""

    people: pl.DataFrame
    addresses: pl.DataFrame
    supervision: pl.DataFrame
    custody: pl.DataFrame
    convictions: pl.DataFrame
    sentences: pl.DataFrame


def scores_of(people: pl.DataFrame, convictions: pl.DataFrame, sentences: pl.DataFrame, *, as_at: date) -> pl.DataFrame:
    """person, percent_1y, percent_2y, error ("" where there is a score), score_since, in the order of `people`.

    `score_since` is a day since which the score is known to have held: the latest of the last sanction and the follow-up.
    """
    inputs = inputs_as_at(convictions, sentences, people, as_at=as_at)
    last = convictions.filter(pl.col("convicted_on") <= as_at).group_by("person").agg(last=pl.col("convicted_on").max())
    since = inputs.select("id", "followup_date").join(last, left_on="id", right_on="person", how="left", maintain_order="left")
    followup = pl.when(pl.col("followup_date") <= as_at).then(pl.col("followup_date"))
    return score(inputs).select(
        "percent_1y", "percent_2y", "error", person="id",
        score_since=since.select(pl.max_horizontal("last", followup).alias("since"))["since"],
    ).select("person", pl.exclude("person"))  # fmt: skip


def facts_of(frames: Frames, *, as_at: date, pilot: Pilot) -> dict[int, Facts]:
    """Everybody's facts, by person. Spans without a day in them tell nothing and are left out."""
    told = pilot.criterion("risk")
    homes = _by_person(with_a_day(frames.addresses), lambda r: Address(borough=r["borough"], span=_span(r)))
    managed = _by_person(with_a_day(frames.supervision), lambda r: Supervision(
        kind=r["kind"], agency=r["agency"], office_borough=r["office_borough"], span=_span(r)))  # fmt: skip
    held = _by_person(with_a_day(frames.custody), _span)
    offences = _by_person(
        _offences(frames.convictions, told.with_groups if told else ()),
        lambda r: Offence(group=r["group"], committed_on=r["committed_on"], convicted_on=r["convicted_on"]),
    )
    scored = scores_of(frames.people, frames.convictions, frames.sentences, as_at=as_at)
    rows = frames.people.join(scored, on="person", how="left", maintain_order="left")
    rows = rows.join(_first_convictions(frames.convictions), on="person", how="left", maintain_order="left")
    return {
        r["person"]: Facts(
            person=r["person"], date_of_birth=r["date_of_birth"], sex=r["sex"], addresses=homes[r["person"]],
            supervision=managed[r["person"]], custody=held[r["person"]], offences=offences[r["person"]],
            first_convicted_on=r["first_convicted_on"], percent_2y=r["percent_2y"], score_error=r["error"] or "",
            score_since=r["score_since"],
        )
        for r in rows.iter_rows(named=True)
    }  # fmt: skip


def as_of_each_day(known: Frames, asked: pl.DataFrame) -> Frames:
    """The records of each pair asked about, numbered as a person of its own, as they stood on its day.

    The score is taken once for all, as at the last day: so what was later than its own day is taken out here. A release
    later than the day has not happened; custody without a planned release is followed up from the day itself.
    """
    frames = {}
    for each in fields(Frames):
        frame = asked.join(getattr(known, each.name), on="person", maintain_order="left_right")
        frames[each.name] = frame.with_columns(person=pl.col("asked").cast(pl.Int64))
    day, released = pl.col("on"), pl.col("released_on")
    frames["convictions"] = frames["convictions"].filter(pl.col("convicted_on") <= day)
    frames["sentences"] = frames["sentences"].filter(pl.col("imposed_on") <= day).with_columns(
        released_on=pl.when(released <= day).then(released), release_planned_on=pl.coalesce("release_planned_on", day)
    )  # fmt: skip
    return Frames(**{name: frame.drop("asked", "on") for name, frame in frames.items()})


def of_the_risk(
    asked: pl.DataFrame, told: CriterionParameters, *, people: pl.DataFrame, convictions: pl.DataFrame, sentences: pl.DataFrame
) -> pl.DataFrame:
    """The pairs (person, on) on whose day the score is high, or middling of somebody with an offence that may count for it."""
    scored = score(inputs_at(convictions, sentences, people, moments=asked.select("person", as_at="on")))
    high = scored["percent_2y"] >= (told.at_or_above or 100)
    if told.or_at_or_above is None:
        return asked.filter(high)
    recent = pl.col("committed_on") > months_before(asked["on"].min(), told.committed_within_months or 0)
    offences = _offences(convictions, told.with_groups).filter(recent)
    middling = (scored["percent_2y"] >= told.or_at_or_above) & asked["person"].is_in(offences["person"].unique().implode())
    return asked.filter(high | middling)


def _span(row: Mapping[str, Any]) -> Span:
    return Span(start=row["start"], end=row["end"])


def _by_person(frame: pl.DataFrame, made: Any) -> Mapping[int, tuple[Any, ...]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in frame.iter_rows(named=True):
        found[row["person"]].append(made(row))
    return defaultdict(tuple, {person: tuple(each) for person, each in found.items()})


def _first_convictions(convictions: pl.DataFrame) -> pl.DataFrame:
    """person, first_convicted_on: the day of the first conviction; cautions are none."""
    convicted = convictions.filter(pl.col("disposal") == "conviction")
    return convicted.group_by("person").agg(first_convicted_on=pl.col("convicted_on").min())


def _offences(convictions: pl.DataFrame, groups: Iterable[str]) -> pl.DataFrame:
    """Convicted offences of these OGRS3 groups: person, group, committed_on, convicted_on."""
    names = dict(enumerate(OFFENCE_GROUPS))
    group = group_of_code(pl.col("offence_code")).replace_strict(names, default=None, return_dtype=pl.String)
    found = convictions.filter(pl.col("disposal") == "conviction").with_columns(group=group)
    return found.filter(pl.col("group").is_in(list(groups))).select("person", "group", "committed_on", "convicted_on")
