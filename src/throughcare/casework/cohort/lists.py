"""Members and proposals as one reader may be told of them: who is in the list at all, and which of their columns are."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from throughcare.casework.access.queries import managers
from throughcare.casework.access.reader import Reader
from throughcare.casework.cohort.as_stood import cohort_as_it_stood
from throughcare.casework.cohort.queries import members
from throughcare.casework.frames import only
from throughcare.casework.people.names import Named, named
from throughcare.casework.people.queries import stays
from throughcare.core.dates import age_band

CUSTODY, COMMUNITY = "In custody", "In the community"
NOT_RATED = "Not rated"


class Sight:
    """What a reader may be told of these people. `boroughs`: by person, those responsible on the days that are looked at.

    A borough is told of who was its own on that day, for as long as they were; everybody else of those whom its posts reach
    now. Somebody kept from the reader is not there, nor in a total, whatever the day. A reader with figures of the whole
    pilot is told of everybody, by number alone: it `sees` them, and `reads` nothing of them.
    """

    def __init__(self, reader: Reader, boroughs: Mapping[int, Collection[str]]) -> None:
        self.reader, self.boroughs = reader, boroughs
        self.barred = reader.barred_among(boroughs)
        self._told: dict[str, tuple[frozenset[int], frozenset[str], bool]] = {}

    def reads(self, row: str, person: int, boroughs: Collection[str] = ()) -> bool:
        """Whether the words of this row may be told of the person, of a day on which these boroughs were responsible."""
        if person in self.barred:
            return False
        reached, mine, _ = self._of(row)
        return person in reached or not mine.isdisjoint(boroughs)

    def _of(self, row: str) -> tuple[frozenset[int], frozenset[str], bool]:
        """Whom the posts reach now, their boroughs, and whether figures of the whole pilot are theirs: of a row, asked once."""
        if row not in self._told:
            mine = frozenset(post.place for post, cell in self.reader.cells("view", row) if cell.scope == "borough")
            self._told[row] = self.reader.allowed(row, self.boroughs), mine, self.reader.whole_pilot(row)
        return self._told[row]

    def sees(self, row: str, person: int, boroughs: Collection[str] = ()) -> bool:
        """Whether it may be told that there is such a thing of the person, be it by number."""
        return person not in self.barred and (self._of(row)[2] or self.reads(row, person, boroughs))

    def of(self, row: str) -> frozenset[int]:
        """Those of whom the reader sees the row."""
        return frozenset(person for person, boroughs in self.boroughs.items() if self.sees(row, person, boroughs))

    def names(self) -> dict[int, Named]:
        """By person the name, or the first name alone, of those of whom it may be told."""
        return named(self.of("contact"), known=self.of("identity"))

    def opens(self) -> frozenset[int]:
        """Those whose page may be opened now."""
        return self.reader.allowed("contact", self.boroughs)


@dataclass(frozen=True, kw_only=True)
class Member:
    """A line of the list of members. What may not be told is None or "". `open`: their page may be opened."""

    person: int
    name: Named | None
    open: bool
    age: int | None
    borough: str
    rag: str
    score: int | None
    anew: int | None
    since: date
    off_rule: bool
    manager: str
    where: str

    @property
    def shown(self) -> str:
        return self.name.shown if self.name else f"Person {self.person}"

    @property
    def age_band(self) -> str:
        return age_band(self.age) if self.age is not None else ""


@dataclass(frozen=True, kw_only=True)
class Members:
    """The members of a day as a reader may be told of them; `columns`: the rows of the policy told of any of them."""

    day: date
    rows: tuple[Member, ...]
    columns: frozenset[str]


COLUMNS = ("identity", "contact", "rag", "score", "caseload", "custody")


def members_seen(reader: Reader, day: date) -> Members:
    """The members on the day, by name, then number. A handful of queries, however many they are."""
    on = members(day).select("person", "borough")
    sight = Sight(reader, {person: (borough,) for person, borough in on.iter_rows()})
    seen = sight.of("cohort_membership")
    may = {row: sight.of(row) & seen for row in COLUMNS}
    found = cohort_as_it_stood(day, seen, scored=bool(may["score"]))
    names, managers = sight.names(), managers_of(may["caseload"], day)
    inside, reached = _in_custody(may["custody"], day), sight.opens()
    rows = [
        _member(line, names=names, may=may, managers=managers, inside=inside, reached=reached, day=day)
        for line in found.iter_rows(named=True)
    ]
    return Members(
        day=day, rows=tuple(sorted(rows, key=lambda r: (r.name is None, r.shown, r.person))),
        columns=frozenset(row for row, people in may.items() if people or reader.whole_pilot(row)),
    )  # fmt: skip


def _member(
    line: Mapping[str, object], *, names: Mapping[int, Named], may: Mapping[str, frozenset[int]], managers: Mapping[int, str],
    inside: frozenset[int], reached: frozenset[int], day: date,
) -> Member:  # fmt: skip
    person = int(str(line["person"]))
    name, scored = names.get(person), person in may["score"]
    where = CUSTODY if person in inside else COMMUNITY
    return Member(
        person=person, name=name, open=person in reached, age=name.age(day) if name else None, borough=str(line["borough"]),
        rag=str(line["rag"]) if person in may["rag"] else "", score=line["score"] if scored else None,
        anew=line["anew"] if scored else None, since=line["since"], off_rule=bool(line["off_rule"]),
        manager=managers.get(person, ""), where=where if person in may["custody"] else "",
    )  # fmt: skip


def managers_of(people: Collection[int], day: date) -> dict[int, str]:
    """By person the title of the post on whose caseload they are; of several the latest. One query."""
    return {person: post.title for person, post in managers(people, day).items()}


def _in_custody(people: Collection[int], day: date) -> frozenset[int]:
    """Those of these people who are in prison on the day, on remand too."""
    with only(*people):
        held = stays()
    inside = (pl.col("stay_start") <= day) & (pl.col("stay_end").is_null() | (pl.col("stay_end") > day))
    return frozenset(held.filter(inside)["person"])
