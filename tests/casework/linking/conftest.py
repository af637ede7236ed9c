"""Small worlds of who is who: rows as agencies would send them, loaded by the real import and linked."""

import csv
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from throughcare.casework.imports.actions import import_extracts
from throughcare.casework.linking.actions import Outcome, link
from throughcare.casework.people.actions import resolve
from throughcare.casework.people.extracts import FEEDS
from throughcare.casework.people.models import AgencyRecord, Identifier, Person
from throughcare.core.identifiers import make_cro, make_pnc

BY_SLUG = {feed.slug: feed for feed in FEEDS}
PNC = {letter: make_pnc(2001, 1000 + n) for n, letter in enumerate("ABCDEFGH")}
CRO = {letter: make_cro(2001, 2000 + n) for n, letter in enumerate("ABCDEFGH")}
CRN = {letter: f"X{100000 + n}" for n, letter in enumerate("ABCDEFGH")}
PRISON = {letter: f"A{1000 + n}BC" for n, letter in enumerate("ABCDEFGH")}
NUMBERS = {"pnc": PNC, "cro": CRO, "crn": CRN, "prison": PRISON}
BRELLAN = "Tavik Brellan 1990-02-03 M"

Rows = Mapping[str, str]


@pytest.fixture
def load(db, tmp_path: Path) -> Callable[[str], None]:
    """Loads rows, one a line: `nps N1 Tavik Brellan 1990-02-03 M crn=A pnc=A`. The letter A is a number of each kind.

    Other lines: `arrest A1 pnc=A 2015-03-02`, `address D1 crn=A E8 1DY`, `order S1 crn=A 2015-05-01`, `spell H1 prison=A
    2015-05-01`. A name or a date of birth of - is empty. A record_id that comes again corrects its row.
    """

    def run(told: str) -> None:
        files: dict[str, list[dict[str, str]]] = {}
        for line in filter(None, (line.split("#")[0].strip() for line in told.splitlines())):
            slug, row = _row(*line.split())
            files.setdefault(slug, []).append(row)
        folder = tmp_path / "extracts"
        folder.mkdir(exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
        for slug, rows in files.items():
            with (folder / f"{slug}.csv").open("w", newline="") as file:
                writer = csv.DictWriter(file, [column.name for column in BY_SLUG[slug].columns], restval="")
                writer.writeheader()
                writer.writerows(rows)
        outcomes = import_extracts(by="test", paths=[folder], feeds=BY_SLUG, resolve=resolve)
        assert not sum(o.quarantined for o in outcomes), [o.faults for o in outcomes]

    return run


@pytest.fixture
def world(load) -> Callable[[str], Outcome]:
    """Loads rows and links what is new."""

    def run(told: str) -> Outcome:
        load(told)
        return link(by="test")

    return run


def _row(what: str, record_id: str, *words: str) -> tuple[str, dict[str, str]]:
    numbers = {k: NUMBERS[k].get(v, v) for k, v in (w.split("=") for w in words if "=" in w)}
    numbers = {("prison_number" if kind == "prison" else kind): value for kind, value in numbers.items()}
    plain = ["" if w == "-" else w.replace("_", " ") for w in words if "=" not in w]
    row = {"record_id": record_id, **numbers}
    if what in ("nps", "crc", "police", "prison"):
        return f"{what}-people", row | dict(zip(("forenames", "surname", "date_of_birth", "sex"), plain, strict=True))
    if what == "arrest":
        return "police-arrests", row | {"arrested_on": plain[0], "offence_code": "02800"}
    if what == "address":
        return "nps-addresses", row | {"postcode": " ".join(plain), "borough": "Hackney", "start": "2010-01-01"}
    if what == "alias":
        return "police-aliases", row | {"forenames": plain[0], "surname": plain[1]}
    if what == "order":
        return "nps-supervision", row | {"kind": "community", "start": plain[0]}
    return "prison-spells", row | {"prison": "Pentonville", "kind": "sentenced", "start": plain[0]}


def person(record_id: str) -> int:
    """The person of an agency's record."""
    return AgencyRecord.objects.get(source__record_id=record_id).person_id


def record(record_id: str) -> int:
    return AgencyRecord.objects.get(source__record_id=record_id).pk


def people() -> list[set[str]]:
    """Who is who: the records of each person, by record_id."""
    found: dict[int, set[str]] = {}
    for owner, record_id in AgencyRecord.objects.order_by("person", "pk").values_list("person_id", "source__record_id"):
        found.setdefault(owner, set()).add(record_id)
    return sorted(found.values(), key=min)


def owner(kind: str, letter: str) -> int:
    """The person to whom a number belongs."""
    return Identifier.objects.get(kind="prison_number" if kind == "prison" else kind, value=NUMBERS[kind][letter]).person_id


def redirects() -> dict[int, int]:
    return dict(Person.objects.exclude(merged_into=None).values_list("pk", "merged_into_id"))
