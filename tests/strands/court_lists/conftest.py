"""Small pilots of people known and lists that name them: loaded by the real import, linked by the real linkage.

A list is written as a table: a line an entry, columns parted by "|"; what is left out is empty, or "no".
"""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from throughcare.casework.imports.actions import Outcome, import_extracts
from throughcare.casework.linking.actions import link
from throughcare.casework.people.actions import resolve
from throughcare.casework.people.extracts import FEEDS as PEOPLE
from throughcare.casework.people.models import Person
from throughcare.strands.courts.lists.actions import match_new
from throughcare.strands.courts.lists.extracts import FEED

DAY = date(2016, 6, 14)
BY_SLUG = {feed.slug: feed for feed in (*PEOPLE, FEED)}
KNOWN = """
record_id | crn     | pnc           | forenames    | surname   | date_of_birth | sex
N-1       | X100001 | {pnc1}  | Tavik Oren   | Brellan   | 1991-03-14    | M
N-2       | X100002 |               | Jamie        | Bailey    | 1994-07-02    | M
N-3       | X100003 |               | Osric        | Quenby    | 1988-11-30    | M
N-4       | X100004 |               | Merrin       | Quenby    | 1988-11-30    | F
"""


def csv_of(slug: str, table: str) -> str:
    """The extract of a table: the columns that it leaves out are empty, or no."""
    header, *lines = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    rows = []
    for line in lines:
        row = dict(zip(header, line, strict=True))
        rows.append([row.get(c.name) or ("no" if c.kind == "boolean" else "") for c in BY_SLUG[slug].columns])
    return "".join(",".join(row) + "\n" for row in [[c.name for c in BY_SLUG[slug].columns], *rows])


@pytest.fixture
def load(db, tmp_path: Path):
    """load("court-hearings", table, at=instant): loads one extract as it came then."""
    number = iter(range(1, 1000))

    def run(slug: str, table: str, *, at: datetime | None = None) -> Outcome:
        path = tmp_path / f"{slug}-{next(number)}.csv"
        path.write_text(csv_of(slug, table), encoding="utf-8")
        (outcome,) = import_extracts(by="test", paths=[path], feeds=BY_SLUG, resolve=resolve, at=at)
        return outcome

    return run


@pytest.fixture
def known(load):
    """People known and linked: by surname and forename, their ids."""
    from throughcare.core.identifiers.pnc import make_pnc

    load("nps-people", KNOWN.format(pnc1=make_pnc(2009, 1234)))
    link(by="test")
    return {person.forenames.split()[0]: person.pk for person in Person.objects.filter(merged_into=None)}


@pytest.fixture
def listed(load):
    """listed(table, at=instant): a court's list that came, matched."""

    def run(table: str, *, at: datetime = datetime(2016, 6, 13, 16, 58, tzinfo=UTC)) -> Outcome:
        outcome = load("court-hearings", table, at=at)
        match_new(by="test", since=DAY)
        return outcome

    return run
