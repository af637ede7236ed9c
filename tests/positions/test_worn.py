"""Fixes are read only while somebody wore the tag, and only of the period and the area asked for."""

from datetime import timedelta

import polars as pl
import pytest

from tests.positions.made import DAY, LATER, at, fix, fixes, table
from throughcare.positions import worn
from throughcare.positions.store import import_fixes

WEARINGS = """
ann-1 | T1 | 08:00 | 10:00
bob-1 | T1 | 10:00 | 12:00
ann-2 | T2 | 09:00 | 11:00
"""


@pytest.fixture
def store(tmp_path):
    """A fix an hour of three tags, over one day."""
    rows = [fix(f"{hour:02}:00", 100.0 * hour, tag=tag) for hour in range(24) for tag in ("T1", "T2", "T3")]
    fixes(*rows).write_parquet(tmp_path / "a.parquet")
    import_fixes([tmp_path / "a.parquet"], tmp_path / "positions", at=LATER)
    return tmp_path / "positions"


def worn_by(text: str) -> pl.DataFrame:
    rows = [(wearer, tag, at(start), at(end)) for wearer, tag, start, end in table(text)]
    return pl.DataFrame(rows, schema=worn.WORN, orient="row")


READ = """
00:00 | +1 00:00 | ann-1 08 ann-1 09 ann-2 09 ann-2 10 bob-1 10 bob-1 11
09:00 | 10:00    | ann-1 09 ann-2 09
09:01 | 10:00    |
10:00 | 10:00    |
"""


@pytest.mark.parametrize(("start", "end", "told"), table(READ))
def test_who_is_read_when(store, start, end, told):
    found = worn.read(store, worn_by(WEARINGS), start=at(start), end=at(end))
    assert " ".join(f"{row['tag']} {row['time']:%H}" for row in found.iter_rows(named=True)) == told
    assert dict(found.schema) == dict(worn.READ)


def test_the_tag_itself_is_kept_beside_its_wearer_and_only_the_area_is_read(store):
    found = worn.read(store, worn_by(WEARINGS), start=DAY, end=DAY + timedelta(days=1))
    assert set(found.select("tag", "device").rows()) == {("ann-1", "T1"), ("bob-1", "T1"), ("ann-2", "T2")}
    nine = found.filter(pl.col("time") == at("09:00"))["latitude"][0]
    box = worn.Box(south=nine - 1e-6, north=nine + 1e-6, west=-1.0, east=1.0)
    near = worn.read(store, worn_by(WEARINGS), start=DAY, end=DAY + timedelta(days=1), box=box)
    assert near["time"].dt.hour().unique().to_list() == [9]


def test_what_is_written_is_what_is_read_and_its_hash_changes_with_a_fix(store, tmp_path):
    span = {"start": DAY, "end": DAY + timedelta(days=1)}
    read = worn.read(store, worn_by(WEARINGS), **span)
    first = worn.write(store, worn_by(WEARINGS), tmp_path / "out.parquet", **span)
    written = pl.read_parquet(tmp_path / "out.parquet")
    assert written.rows() == read.select(written.columns).rows()
    assert worn.write(store, worn_by(WEARINGS), tmp_path / "again.parquet", **span) == first
    before = worn.parts_digest(store, **span)
    fixes(fix("09:30", tag="T1")).write_parquet(tmp_path / "late.parquet")
    import_fixes([tmp_path / "late.parquet"], store, at=LATER)
    assert worn.write(store, worn_by(WEARINGS), tmp_path / "more.parquet", **span) != first
    assert worn.parts_digest(store, **span) != before
    assert worn.digest(worn.read(store, worn_by(WEARINGS), **span)) != worn.digest(read)


def test_nobody_wearing_anything_reads_nothing(store, tmp_path):
    span = {"start": DAY, "end": DAY + timedelta(days=1)}
    assert worn.read(store, worn_by(""), **span).height == 0
    worn.write(store, worn_by(""), tmp_path / "out.parquet", **span)
    assert pl.read_parquet(tmp_path / "out.parquet").height == 0
