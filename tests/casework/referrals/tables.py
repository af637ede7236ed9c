"""Extracts set out as small tables to be read: columns by spaces, "-" for absence, columns left out empty.

A referral whose table does not say its route comes by licence.
"""

import csv
from datetime import date
from pathlib import Path

from throughcare.casework.audit.actions import recording
from throughcare.casework.cohort.models import Membership
from throughcare.casework.imports.actions import Outcome, import_extracts
from throughcare.casework.imports.queries import waiting
from throughcare.casework.people import extracts as people
from throughcare.casework.people.actions import resolve
from throughcare.casework.people.models import Identifier
from throughcare.casework.referrals import extracts as referrals
from throughcare.core.contracts import Feed

CASEWORK = (*people.FEEDS, *referrals.FEEDS)


class Store:
    """Imports small tables, and finds what came of them."""

    def __init__(self, folder: Path, feeds: tuple[Feed, ...] = ()) -> None:
        self.folder, self.files = folder, 0
        self.feeds = {feed.slug: feed for feed in (*CASEWORK, *feeds)}

    def load(self, slug: str, text: str) -> Outcome:
        """Imports one table as a file of the feed."""
        self.files += 1
        header, *lines = [line.split() for line in text.strip().splitlines()]
        names = [column.name for column in self.feeds[slug].columns]
        assert set(header) <= set(names), set(header) - set(names)
        path = self.folder / f"{slug}-{self.files}.csv"
        with path.open("w", newline="") as file:
            rows = csv.DictWriter(file, names, restval="")
            rows.writeheader()
            usual = {"route": "licence"} if "route" in names else {}
            rows.writerows(
                usual | dict(zip(header, ("" if cell == "-" else cell for cell in line), strict=True)) for line in lines
            )
        return import_extracts(by="test", paths=[path], feeds=self.feeds, resolve=resolve)[0]

    def join(self, *crns: str, since: date = date(2016, 1, 1), until: date | None = None) -> None:
        """Makes members of the cohort of these people."""
        with recording(by="test", verb="test.members"):
            for crn in crns:
                Membership(person_id=self.person(crn), start=since, end=until, borough="Hackney").save()

    def supervise(self, kind: str, *crns: str, since: str = "2016-01-01") -> None:
        """Puts these people on a licence or an order of the CRC that goes on."""
        rows = [f"S{self.files}-{crn} {crn} {kind} {since}" for crn in crns]
        self.load("crc-supervision", "\n".join(["record_id crn kind start", *rows]))

    def person(self, crn: str) -> int:
        return Identifier.objects.get(kind="crn", value=crn).person_id

    def quarantined(self, slug: str) -> list[tuple[str, str]]:
        """record_id and column of each fault that waits, by record."""
        return sorted({(row.record_id, row.column) for row in waiting(slug)})
