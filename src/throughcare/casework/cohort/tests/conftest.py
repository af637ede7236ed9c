"""Small pilots, written as the agencies' extracts would be and loaded by the real import.

A person is a row: how many convictions of theft, how far apart, make the score; the rest says where and under whom.
"""

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from throughcare.casework.imports.actions import import_extracts
from throughcare.casework.people.actions import resolve
from throughcare.casework.people.extracts import FEEDS
from throughcare.casework.people.models import Identifier
from throughcare.core.identifiers.pnc import make_pnc

BY_SLUG = {feed.slug: feed for feed in FEEDS}
THEFT, ROBBERY = "03900", "03400"


@dataclass(frozen=True, kw_only=True)
class Someone:
    """One person: `thefts` convictions a quarter apart up to `last`; spans as (what, start, end), end "" while it goes on.

    Of the age given, 12 make a two-year score of 93, 2 make 65; a robbery is dealt with on the last of the days.
    """

    name: str
    born: str = "1995-06-01"
    sex: str = "M"
    agency: str = "NPS"
    homes: tuple[tuple[str, str, str], ...] = (("Hackney", "2000-01-01", ""),)
    supervision: tuple[tuple[str, str, str], ...] = (("community", "2015-01-10", ""),)
    prison: tuple[tuple[str, str, str], ...] = ()
    thefts: int = 12
    last: str = "2015-01-10"
    sentence: str = "community"
    robbery: str = ""
    arrests: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()

    @property
    def days(self) -> list[date]:
        last = date.fromisoformat(self.last)
        return [last - timedelta(days=91 * back) for back in range(self.thefts)]


def _rows(people: list[Someone]) -> dict[str, list[dict[str, object]]]:
    """The rows of each feed."""
    pnc = {p.name: make_pnc(2001, 1000 + n) for n, p in enumerate(people)}
    rows: dict[str, list[dict[str, object]]] = {slug: [] for slug in BY_SLUG}
    for number, p in enumerate(people):
        crn, prison, who = f"X{100000 + number}", f"A{1000 + number}BC", pnc[p.name]
        agency = p.agency.lower()
        rows[f"{agency}-people"].append(
            {"crn": crn, "pnc": who, "prison_number": prison, "surname": p.name, "date_of_birth": p.born, "sex": p.sex}
        )
        rows[f"{agency}-addresses"] += [{"crn": crn, "borough": b, "start": s, "end": e} for b, s, e in p.homes]
        rows[f"{agency}-supervision"] += [
            {"crn": crn, "kind": k, "start": s, "end": e, "office_borough": ""} for k, s, e in p.supervision
        ]
        rows["prison-spells"] += [
            {"prison_number": prison, "prison": "Pentonville", "kind": k, "start": s, "end": e} for k, s, e in p.prison
        ]
        rows["police-convictions"] += [
            {"pnc": who, "convicted_on": d, "offence_code": THEFT, "principal": "yes", "disposal": "conviction"} for d in p.days
        ]
        rows["police-convictions"] += [
            {"pnc": who, "convicted_on": p.last, "committed_on": p.robbery, "offence_code": ROBBERY, "principal": "no",
             "disposal": "conviction"}
        ] * bool(p.robbery)  # fmt: skip
        rows["police-convictions"] += [
            {"pnc": who, "convicted_on": d, "offence_code": THEFT, "principal": "yes", "disposal": "caution"} for d in p.cautions
        ]
        rows["police-sentences"] += [{"pnc": who, "imposed_on": d, "kind": p.sentence} for d in p.days]
        rows["police-arrests"] += [{"pnc": who, "arrested_on": d, "offence_code": THEFT} for d in p.arrests]
    return rows


@pytest.fixture
def world(db, tmp_path: Path):
    """Loads people and gives their ids by name: world(Someone(name="A"), ...). Called again, it adds or corrects."""

    def load(*people: Someone) -> dict[str, int]:
        folder = tmp_path / "extracts"
        folder.mkdir(exist_ok=True)
        for slug, rows in _rows(list(people)).items():
            columns = [column.name for column in BY_SLUG[slug].columns]
            with (folder / f"{slug}.csv").open("w", newline="") as file:
                writer = csv.DictWriter(file, columns, restval="")
                writer.writeheader()
                writer.writerows({"record_id": f"{slug}-{number}", **row} for number, row in enumerate(rows))
        import_extracts(by="test", paths=[folder], feeds=BY_SLUG, resolve=resolve)
        owner = dict(Identifier.objects.filter(kind="crn").values_list("value", "person_id"))
        return {p.name: owner[f"X{100000 + number}"] for number, p in enumerate(people)}

    return load
