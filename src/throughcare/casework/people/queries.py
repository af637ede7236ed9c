"""Reading people: the frames that rules and measures start from."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl
from django.db.models import Q

from throughcare.casework.frames import held, once, only, read
from throughcare.casework.imports.queries import parts_of
from throughcare.casework.people.models import (
    Address,
    Arrest,
    Conviction,
    CustodySpell,
    Identifier,
    Need,
    Person,
    Sentence,
    Supervision,
)
from throughcare.rules.eligibility.facts import RESTRICTION
from throughcare.rules.ogrs3.ages import completed_years

NOT_KNOWN = "not known"
EVERY = Q()


def on_the_day(day: date) -> Q:
    """Rows of a table with a span [start, end) that hold the day."""
    return Q(start__lte=day) & (Q(end=None) | Q(end__gt=day))


def running(rows: Iterable[Any], day: date) -> list[Any]:
    """Those of these rows whose span [start, end) holds the day, the one that began last at the end."""
    held = [row for row in rows if row.start <= day and (row.end is None or row.end > day)]
    return sorted(held, key=lambda row: (row.start, row.pk))


def latest(rows: Iterable[Any], day: date, *, dated: str = "start") -> Any:
    """Of rows dated by the day the last; of several of one day the last written; None where there is none."""
    known = [row for row in rows if getattr(row, dated) <= day]
    return max(known, key=lambda row: (getattr(row, dated), row.pk), default=None)


def people() -> pl.DataFrame:
    """person, sex, date_of_birth, ethnicity: everyone who has not been merged into another."""
    found = Person.objects.filter(merged_into=None).order_by("pk")
    return read(found, person="pk", sex="sex", date_of_birth="date_of_birth", ethnicity="ethnicity")


def addresses(which: Q = EVERY) -> pl.DataFrame:
    """person, borough, start, end of main addresses, by start."""
    found = Address.objects.filter(which).order_by("start", "pk")
    return read(found, person="person", borough="borough", start="start", end="end")


def supervision() -> pl.DataFrame:
    """person, agency, kind, start, end, office_borough, by start."""
    found = Supervision.objects.order_by("start", "pk")
    return read(
        found, person="person", agency="agency", kind="kind", start="start", end="end", office_borough="office_borough"
    )


def custody() -> pl.DataFrame:
    """person, prison, kind (remand or sentenced), start, end, by start."""
    found = CustodySpell.objects.order_by("start", "pk")
    return read(found, person="person", prison="prison", kind="kind", start="start", end="end")


def convictions(which: Q = EVERY) -> pl.DataFrame:
    """person, convicted_on, committed_on, offence_code, principal, disposal, in the order of the extract."""
    return read(
        Conviction.objects.filter(which).order_by("pk"),
        person="person",
        convicted_on="convicted_on",
        committed_on="committed_on",
        offence_code="offence_code",
        principal="principal",
        disposal="disposal",
    )


def sentences(which: Q = EVERY) -> pl.DataFrame:
    """person, imposed_on, kind, released_on, release_planned_on."""
    return read(
        Sentence.objects.filter(which).order_by("pk"),
        person="person",
        imposed_on="imposed_on",
        kind="kind",
        released_on="released_on",
        release_planned_on="release_planned_on",
    )


def arrests() -> pl.DataFrame:
    """person, arrested_on."""
    return read(Arrest.objects.order_by("pk"), person="person", arrested_on="arrested_on")


def needs() -> pl.DataFrame:
    """person, assessed_on, pathway."""
    return read(Need.objects.order_by("pk"), person="person", assessed_on="assessed_on", pathway="pathway")


def with_breakdowns(frame: pl.DataFrame, *, on: str = "on") -> pl.DataFrame:
    """Adds sex, ethnicity, age (completed years), age_band, borough, agency and needs (a list), as on the day in `on`.

    Borough and agency are those of the rule (`rules.eligibility.facts`: residence and supervised_by); where nobody manages
    the person on the day, the agency that did last. What is not known says so: it is a group of its own, never left out.
    Columns already there are kept.
    """
    stood = held(Stood).on(frame.select("person", day=on)).lazy()
    told = stood.with_columns(age=completed_years(pl.col("date_of_birth"), pl.col("day"))).with_columns(
        age_band=_band(pl.col("age")))  # fmt: skip
    added = [c for c in ("sex", "ethnicity", "age", "age_band", "borough", "agency", "needs") if c not in frame.columns]
    return frame.hstack(told.select(added).collect())


@dataclass
class Stood:
    """How people stood from each day on which that changed, worked out once for each person who is asked about.

    turns: key, sex, ethnicity, date_of_birth, borough, agency, needs, by key: the person's number and the day as one number,
    so that a day is found by halving. Each person's first row is of a day before all others.
    """

    known: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema={"person": pl.Int64}))
    turns: pl.DataFrame = field(default_factory=pl.DataFrame)

    def on(self, days: pl.DataFrame) -> pl.DataFrame:
        """The rows (person, day), in their order, with what `turns` has. Of no person, or one not on record: not known."""
        keys = days.select(_key(pl.col("person").fill_null(-1), pl.col("day").fill_null(date.min))).to_series()
        theirs = self._rows(keys) if self.turns.height else None
        if theirs is None or theirs.has_nulls():  # whoever is on record and was asked about before has a row
            self._ask_about(days if theirs is None else days.filter(theirs.is_null()))
            theirs = self._rows(keys)
        return days.hstack(self.turns.select(
            pl.col("sex", "ethnicity", "borough", "agency").gather(theirs).fill_null(NOT_KNOWN),
            pl.col("date_of_birth", "needs").gather(theirs),
        ))  # fmt: skip

    def _rows(self, keys: pl.Series) -> pl.Series:
        """For each key the number of the row in `turns` that holds then; null where its person has none."""
        at = self.turns["key"].search_sorted(keys, side="right").cast(pl.Int64) - 1
        at = at.set(at < 0, None)
        another = self.turns["key"].gather(at) // DAYS != keys // DAYS
        return at.set(another.fill_null(value=True), None)

    def _ask_about(self, days: pl.DataFrame) -> None:
        new = days.select("person").drop_nulls().unique().join(self.known, on="person", how="anti")
        if new.height or self.turns.is_empty():
            found = _turns(new["person"])
            self.turns = pl.concat([self.turns, found]).sort("key") if self.turns.height else found
            self.known = pl.concat([self.known, new])


DAYS = 10_000_000
"""More than there are days in a calendar from year 1 to 9999, twice."""


def _key(person: pl.Expr, day: pl.Expr) -> pl.Expr:
    return (person * DAYS + DAYS // 2 + day.cast(pl.Int32).cast(pl.Int64)).alias("key")


def _turns(whom: pl.Series) -> pl.DataFrame:
    """`Stood.turns` of these people: every day on which supervision, address, custody or assessed needs begin or end."""
    with only(*whom):
        known, managed, homes = people(), with_a_day(supervision()), with_a_day(addresses())
        inside, assessed = stays(), _assessments()
    changes = [
        frame.select("person", day=column)
        for frame, columns in (
            (known.with_columns(day=pl.lit(date.min)), ("day",)), (managed, ("start", "end")), (homes, ("start", "end")),
            (inside, ("stay_start", "start", "stay_end")), (assessed, ("start",)),
        )
        for column in columns
    ]  # fmt: skip
    told = pl.concat(changes).drop_nulls().unique().with_row_index("row_of_frame")
    told = _latest(_at_home(_managed(told, managed), homes, inside), assessed)
    told = told.join(known, on="person", how="left")
    told = told.with_columns(pl.col("sex", "ethnicity", "borough", "agency").replace("", None).fill_null(NOT_KNOWN))
    wanted = (_key(pl.col("person"), pl.col("day")), "sex", "ethnicity", "date_of_birth", "borough", "agency", "needs")
    return told.select(*wanted).sort("key")


MOST_RESTRICTIVE_FIRST = pl.Enum(list(RESTRICTION))


def _managed(told: pl.DataFrame, spells: pl.DataFrame) -> pl.DataFrame:
    """Adds agency and office_borough: of the supervision running on the day, of several the most restrictive.

    Where none runs, the agency of the last before, without an office.
    """
    running = told.select("row_of_frame", "person", "day").join(spells, on="person")
    running = running.filter(_on_the_day("end")).sort(pl.col("kind").cast(MOST_RESTRICTIVE_FIRST), maintain_order=True)
    first = running.unique("row_of_frame", keep="first", maintain_order=True)
    told = told.join(first.select("row_of_frame", "agency", "office_borough"), on="row_of_frame", how="left")
    before = _latest(told, spells.select("person", "start", agency_before="agency"))
    return before.with_columns(agency=pl.coalesce("agency", "agency_before")).drop("agency_before")


def _at_home(told: pl.DataFrame, homes: pl.DataFrame, inside: pl.DataFrame) -> pl.DataFrame:
    """Adds borough: in custody that of the last main address begun before; else the day's, the last, the office's."""
    held = _latest(told, inside).filter(pl.col("stay_end").is_null() | (pl.col("stay_end") > pl.col("day")))
    held = held.filter(pl.col("stay_start").is_not_null()).select("row_of_frame", eve=pl.col("stay_start") - pl.duration(days=1))
    told = told.join(held, on="row_of_frame", how="left").with_columns(eve=pl.coalesce("eve", "day"))
    begun = homes.select("person", "start", "borough", until="end")
    before = _latest(told.rename({"day": "today", "eve": "day"}), begun.drop("until")).rename({"today": "day", "day": "eve"})
    now = _latest(told, begun.select("person", "start", last="borough")).select("row_of_frame", "last")
    current = told.select("row_of_frame", "person", "day", "eve").join(begun, on="person")
    current = current.filter(_on_the_day("until")).unique("row_of_frame", keep="last", maintain_order=True)
    current = current.select("row_of_frame", today="borough")
    joined = before.join(current, on="row_of_frame", how="left").join(now, on="row_of_frame", how="left")
    before_custody = pl.when(pl.col("eve") < pl.col("day")).then(pl.col("borough"))
    return joined.with_columns(borough=pl.coalesce(before_custody, "today", "last", pl.col("office_borough").replace("", None)))


def with_a_day(spans: pl.DataFrame) -> pl.DataFrame:
    """The spans [start, end) that have a day in them: the others tell nothing, and are not the last of anything."""
    return spans.filter(pl.col("end").is_null() | (pl.col("end") > pl.col("start")))


def _on_the_day(end: str) -> pl.Expr:
    """Whether the span [start, end) holds the day."""
    return (pl.col("start") <= pl.col("day")) & (pl.col(end).is_null() | (pl.col(end) > pl.col("day")))


@once
def stays() -> pl.DataFrame:
    """person, start, stay_start, stay_end: time in custody, moves between prisons within one stay (null end: goes on).

    Also what only probation knows as custody.
    """
    served = supervision().filter(pl.col("kind") == "custody").select("person", "start", "end")
    spells = with_a_day(pl.concat([custody().select("person", "start", "end"), served]))
    return joined_up(spells).select("person", "start", stay_start="start", stay_end="end").sort("start")


def joined_up(spans: pl.DataFrame, *, apart: int = 0) -> pl.DataFrame:
    """person, start, end of the spans [start, end) of each person, by person and start; those that overlap, or lie no more than
    these days apart, as one (null end: goes on).

    Person and day as one number grow along the rows, so that no person need be looked at apart.
    """
    spans = spans.select("person", "start", pl.col("end").fill_null(date.max)).sort("person", "start")
    starts, ends = _key(pl.col("person"), pl.col("start")), _key(pl.col("person"), pl.col("end"))
    reach = ends.cum_max().shift(1, fill_value=0)
    whole = spans.with_columns(chain=(starts > reach + apart).cum_sum()).group_by("chain", maintain_order=True).agg(
        pl.col("person", "start").first(), pl.col("end").max())  # fmt: skip
    return whole.select("person", "start", end=pl.when(pl.col("end") < date.max).then(pl.col("end")))


def _latest(told: pl.DataFrame, facts: pl.DataFrame) -> pl.DataFrame:
    """Joins the person's last fact begun on or before the day; `facts` has person, start and what is added."""
    facts = facts.sort("start", maintain_order=True)
    joined = told.sort("day").join_asof(
        facts, left_on="day", right_on="start", by="person", strategy="backward", check_sortedness=False
    )
    return joined.drop("start", strict=False)


@once
def _assessments() -> pl.DataFrame:
    """person, start (day assessed), needs: the pathways with a need found then."""
    found = needs().group_by("person", "assessed_on").agg(needs=pl.col("pathway").sort())
    return found.rename({"assessed_on": "start"}).sort("start")


def _band(age: pl.Expr) -> pl.Expr:
    """The bands of definitions.md: 18-25, 26-34, 35 and over; under 18 apart; not known where the age is not."""
    return (
        pl.when(age.is_null())
        .then(pl.lit(NOT_KNOWN))
        .when(age < 18)
        .then(pl.lit("under 18"))
        .when(age <= 25)
        .then(pl.lit("18-25"))
        .when(age <= 34)
        .then(pl.lit("26-34"))
        .otherwise(pl.lit("35 and over"))
    )


def person_of(kind: str, values: list[str]) -> dict[str, int]:
    """The person of each identifier of a kind; those that nobody has are left out."""
    owners: dict[str, int] = {}
    for part in parts_of(values):
        owners |= dict(Identifier.objects.filter(kind=kind, value__in=part).values_list("value", "person_id"))
    return owners


def borough_on(person_id: int, day: date) -> str:
    """The borough of the person's last main address begun by the day; empty where none is known."""
    found = Address.objects.filter(person=person_id, start__lte=day).order_by("-start", "-pk")
    return found.values_list("borough", flat=True).first() or ""


def current(person_id: int) -> int:
    """The id under which the person is known now: its own, or the one that it redirects to. KeyError where nobody has it."""
    for pk, into in Person.objects.filter(pk=person_id).values_list("pk", "merged_into_id"):
        return into or pk
    raise KeyError(person_id)


def ids_of(person_id: int) -> tuple[int, ...]:
    """The person's id, then those that redirect to it: the audit and messages name people by the id of their day."""
    return (person_id, *Person.objects.filter(merged_into=person_id).order_by("pk").values_list("pk", flat=True))
