"""What may be kept no longer is deleted, all of it and nothing else, whatever happens in between."""

from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.positions.made import DAY, LATER, at, fix, fixes, table
from throughcare.positions import store as kept
from throughcare.positions.forgetting import BESIDE, SPANS, forget, standing
from throughcare.positions.store import import_fixes

RULE = """
T1 | 08:00 |            | none          | stays: nobody wore it, and it is young
T1 | 03:00 |            | none          | goes: nobody wore it, and it is old
T1 | 08:00 | 07:00 09:00 over  | over   | goes: the wearing is over for long enough
T1 | 03:00 | 02:00 04:00 kept  | kept   | stays: it is old, and its wearing is kept
T1 | 09:00 | 07:00 09:00 over  | over   | stays: a wearing ends before its end
T1 | 07:00 | 07:00 09:00 over  | over   | goes: a wearing begins with its beginning
T2 | 08:00 | 07:00 09:00 over  | over   | stays: another tag
T1 | 08:00 | 07:00 09:00 over 08:00 10:00 kept | both | stays: one of two wearings is kept
"""
BEFORE = at("05:00")


def spans_of(text: str) -> pl.DataFrame:
    cells = text.split()
    rows = [
        (f"w{n}", "T1", at(cells[n]), at(cells[n + 1]), cells[n + 2] == "kept") for n in range(0, len(cells), 3)
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=SPANS, orient="row")


def brought(folder: Path, *rows) -> Path:
    fixes(*rows).write_parquet(folder / f"{len(list(folder.iterdir()))}.parquet")
    import_fixes(sorted(folder.glob("*.parquet")), folder / "positions", at=LATER)
    return folder / "positions"


@pytest.mark.parametrize(("tag", "clock", "spans", "_of", "what"), table(RULE), ids=lambda cell: cell)
def test_the_rule(tmp_path, tag, clock, spans, _of, what):
    where = brought(tmp_path, fix(clock, tag=tag))
    goes = what.startswith("goes")
    assert standing(where, spans_of(spans), before=BEFORE).to_go == goes
    assert forget(where, spans_of(spans), before=BEFORE) == goes
    assert kept.fixes(where).height == (not goes)
    after = standing(where, spans_of(spans), before=BEFORE)
    assert (after.to_go, after.fixes) == (0, int(not goes))


def test_what_stays_stays_as_it_was_and_a_file_sent_again_brings_nothing_back(tmp_path):
    rows = [fix(f"{hour:02}:00", 10.0 * hour, satellites=7.0) for hour in range(24)]
    where = brought(tmp_path, *rows)
    before = kept.fixes(where)
    forget(where, spans_of("07:00 09:00 over"), before=DAY)
    assert kept.fixes(where).rows() == before.filter(~pl.col("time").is_in([at("07:00"), at("08:00")])).rows()
    (again,) = import_fixes([tmp_path / "0.parquet"], where, at=LATER)
    assert again.already
    assert kept.fixes(where).height == 22


def test_counted_by_wearer(tmp_path):
    where = brought(tmp_path, *(fix(f"{hour:02}:00") for hour in range(24)))
    found = standing(where, spans_of("07:00 09:00 over 12:00 15:00 over"), before=at("02:00"))
    assert found.over.rows() == [("", 2), ("w0", 2), ("w3", 3)]
    assert (found.fixes, found.to_go) == (24, 7)


def test_cut_off_at_any_moment_it_goes_on_from_there(tmp_path, monkeypatch):
    where = brought(tmp_path, *(fix(at("08:00", DAY + timedelta(days=day))) for day in range(5)))
    spans, real, left = spans_of("07:00 09:00 over"), Path.unlink, [2]
    spans = spans.with_columns(end=pl.lit(DAY + timedelta(days=9)).cast(SPANS["end"]))

    def dies(self, *args, **options):
        if self.suffix == ".parquet":
            left[0] -= 1
            if left[0] < 0:
                raise KeyboardInterrupt
        return real(self, *args, **options)

    monkeypatch.setattr(Path, "unlink", dies)
    with pytest.raises(KeyboardInterrupt):
        forget(where, spans, before=DAY)
    monkeypatch.undo()
    assert kept.fixes(where).height == 3
    (where / "raw" / f"day={DAY.date()}").mkdir(exist_ok=True)
    stray = where / "raw" / f"day={DAY.date()}" / f"x_0.parquet{BESIDE}"
    stray.write_bytes(b"half")
    assert forget(where, spans, before=DAY) == 3
    assert not stray.exists()
    assert kept.fixes(where).height == 0


HOURS = st.integers(0, 23)


@given(
    taken=st.lists(st.tuples(st.sampled_from(("T1", "T2")), HOURS), min_size=1, max_size=12, unique=True),
    worn=st.lists(st.tuples(st.sampled_from(("T1", "T2")), HOURS, st.integers(1, 12), st.booleans()), max_size=5),
    cut=HOURS,
)
def test_agrees_with_the_rule_said_plainly(tmp_path_factory, taken, worn, cut):
    folder = tmp_path_factory.mktemp("f")
    where = brought(folder, *(fix(f"{hour:02}:00", tag=tag) for tag, hour in taken))
    rows = [
        (f"w{n}", tag, at(f"{a:02}:00"), at(f"{a:02}:00") + timedelta(hours=long), keep)
        for n, (tag, a, long, keep) in enumerate(worn)
    ]
    forget(where, pl.DataFrame(rows, schema=SPANS, orient="row"), before=at(f"{cut:02}:00"))

    def stays(tag: str, hour: int) -> bool:
        covering = [keep for of, a, long, keep in worn if of == tag and a <= hour < a + long]
        return any(covering) if covering else hour >= cut

    assert sorted(kept.fixes(where).select("tag", pl.col("time").dt.hour()).rows()) == sorted(t for t in taken if stays(*t))
