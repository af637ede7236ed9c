"""Extracts of the strands as small tables, loaded as an agency's files are; and the figures that follow from them.

A table is written with its column names in the first line and "|" between cells; a column left out is empty, or "no" where
the feed asks for yes or no. A column `person` with a letter gives that person's identifiers in every feed.
"""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from throughcare.casework.access import actions as access
from throughcare.casework.access.models import Account, Post
from throughcare.casework.access.reader import Reader
from throughcare.casework.audit.actions import recording
from throughcare.casework.cohort.models import Membership
from throughcare.casework.imports.actions import Outcome, import_extracts
from throughcare.casework.people import extracts as people
from throughcare.casework.people.actions import resolve
from throughcare.casework.people.models import Identifier
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals import extracts as referrals
from throughcare.core.contracts import Feed, Measure
from throughcare.core.identifiers.check_letters import pnc_check_letter
from throughcare.core.pilot import Period
from throughcare.measures.calculate import calculate
from throughcare.registry.parts import reach, service_rows
from throughcare.strands.courts import extracts as courts
from throughcare.strands.crime import extracts as crime
from throughcare.strands.mental_health import extracts as mental_health
from throughcare.strands.policing import extracts as policing
from throughcare.strands.policing.picture import extracts as pictures
from throughcare.strands.prison import extracts as prison
from throughcare.strands.tagging import extracts as tagging

BY_PART = (
    people.FEEDS, referrals.FEEDS, courts.FEEDS, mental_health.FEEDS, policing.FEEDS, (pictures.FEED,), prison.FEEDS,
    tagging.FEEDS, crime.FEEDS,
)  # fmt: skip
FEEDS = {feed.slug: feed for feeds in BY_PART for feed in feeds}
PILOT_YEAR = Period(start=date(2016, 1, 1), end=date(2017, 1, 1))


def identifiers(letter: str) -> dict[str, str]:
    """The identifiers of the person of a letter."""
    number = ord(letter) - ord("A") + 1
    return {
        "crn": f"X{number:06d}", "pnc": f"2000/{number:07d}{pnc_check_letter(2000, number)}",
        "prison_number": f"A{1000 + number}BC",
    }  # fmt: skip


def csv_of(feed: Feed, table: str) -> str:
    header, *lines = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    rows = []
    for line in lines:
        row = dict(zip(header, line, strict=True))
        if letter := row.pop("person", ""):
            known = identifiers(letter)
            row |= {name: value for name, value in known.items() if name in {c.name for c in feed.columns}}
        assert set(row) <= {c.name for c in feed.columns}, row
        rows.append([row.get(c.name) or ("no" if c.kind == "boolean" else "") for c in feed.columns])
    return "".join(",".join(row) + "\n" for row in [[c.name for c in feed.columns], *rows])


@pytest.fixture
def load(db, tmp_path: Path):
    """load({"court-cases": table, ...}): loads the extracts in the order their feeds need, and says what came of each."""

    def run(tables: Mapping[str, str], *, faults: int = 0) -> list[Outcome]:
        paths = []
        for slug, table in tables.items():
            paths.append(tmp_path / f"{slug}.csv")
            paths[-1].write_text(csv_of(FEEDS[slug], table))
        outcomes = import_extracts(by="test", paths=paths, feeds=FEEDS, resolve=resolve)
        assert sum(o.quarantined for o in outcomes) == faults
        return outcomes

    return run


@pytest.fixture
def person_id(db):
    """The id in the store of the person of a letter."""
    def of(letter: str) -> int:
        known = identifiers(letter).values()
        return Identifier.objects.filter(value__in=known).values_list("person_id", flat=True).distinct().get()

    return of


@pytest.fixture
def join(person_id):
    """join("AB"): makes members of the people of these letters, over [start, end), end None while it goes on."""

    def run(letters: str, *, start: date = date(2015, 12, 31), end: date | None = None) -> None:
        with recording(by="test", verb="test.join"):
            for letter in letters:
                Membership(person_id=person_id(letter), start=start, end=end, borough="Hackney").save()

    return run


@pytest.fixture
def reader_of(db) -> Callable[..., Reader]:
    """reader_of("offender_manager", day): a reader with a new post of that role, and the account that holds it."""

    def make(role: str, day: date, slug: str = "", **fields: str) -> Reader:
        slug = slug or role.replace("_", "-")
        post = Post.objects.filter(slug=slug).first() or access.make_post(
            by="test", slug=slug, title=f"Post {slug}", role=role, **fields
        )
        account = Account.objects.filter(username=slug).first() or access.make_account(by="test", username=slug)
        return Reader(account=account, post=post, posts=(post,), day=day, reach=reach(), service_rows=service_rows())

    return make


def figures_of(measures: tuple[Measure, ...], slug: str, period: Period = PILOT_YEAR) -> dict[str, float | None]:
    """What is shown of a measure, by group."""
    (measure,) = [m for m in measures if m.slug == slug]
    results = calculate(measure, pilot=current_pilot(), period=period)
    return {r.group: None if r.shown is None else float(r.shown) for r in results}
