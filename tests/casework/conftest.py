"""Small extracts written as an agency would send them."""

from pathlib import Path

import pytest

from throughcare.casework.imports.actions import Outcome, import_extracts
from throughcare.casework.people.actions import resolve
from throughcare.casework.people.extracts import FEEDS

BY_SLUG = {feed.slug: feed for feed in FEEDS}
PEOPLE = "record_id,pnc,cro,forenames,surname,date_of_birth,sex,ethnicity\n"
ARRESTS = "record_id,pnc,arrested_on,asn,offence_code\n"


@pytest.fixture
def extract(tmp_path: Path):
    """Writes an extract: extract("police-arrests", header + rows)."""

    def write(name: str, text: str | bytes) -> Path:
        path = tmp_path / f"{name}.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


@pytest.fixture
def load(db):
    def run(*paths: Path, dry_run: bool = False) -> list[Outcome]:
        return import_extracts(by="test", paths=list(paths), feeds=BY_SLUG, resolve=resolve, dry_run=dry_run)

    return run
