"""The police's file of 13 columns: what is taken, and each of the 17 causes for which a row is refused."""

from datetime import UTC, datetime

import polars as pl
import pytest

from throughcare.positions.places import from_grid
from throughcare.positions.police_file import FORCES, RULES, TYPES, PoliceFileRefused, is_batch, read_batch
from throughcare.positions.versions import latest, versioned

GOOD = {
    "policeForce": "Metropolitan", "crimeTypeId": "BIAD", "crimeTypeDescription": "Burglary", "batchId": "MPS20170323",
    "crimeReference": "01/234567/17", "dateFrom": "20170322013000", "dateTo": "20170322050000", "easting": "", "northing": "",
    "latitude": "51.55", "longitude": "-0.06", "datum": "WGS84", "crimeText": "By the back door",
}  # fmt: skip


def line(**changes: str) -> str:
    cells = {**GOOD, **changes}
    return ",".join(f'"{cell}"' if set(cell) & set(',"\n') else cell for cell in cells.values()) + "\n"


def batch(folder, text, encoding="utf-8"):
    path = folder / "batch.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return read_batch(path)


def test_a_good_row_is_taken_with_its_window_in_utc(tmp_path):
    told = batch(tmp_path, line())
    assert (told.status, told.refusals) == ("successful", ())
    row = told.crimes.row(0, named=True)
    assert (row["police_force"], row["crime_type"], row["crime_id"], row["batch_id"]) == (
        "Metropolitan",
        "BIAD",
        "01/234567/17",
        "MPS20170323",
    )
    assert (row["time_from"], row["time_to"]) == (datetime(2017, 3, 22, 1, 30, tzinfo=UTC), datetime(2017, 3, 22, 5, tzinfo=UTC))
    assert (row["latitude"], row["longitude"]) == (51.55, -0.06)


TAKEN = [
    {"policeForce": "METROPOLITAN"},
    {"policeForce": " metropolitan "},
    {"policeForce": "CITY_OF_LONDON", "batchId": "CoLP20170323"},
    {"policeForce": "City of London", "batchId": "CoLP20170323-2-R"},
    {"crimeTypeId": "rb"},
    {"crimeReference": "  A 1  "},
    {"batchId": "MPS20170323-1"},
    {"batchId": "MPS20170323-R"},
    {"batchId": "MPS20170323-9-A"},
    {"batchId": "MPS20170323-a"},
    {"dateTo": "20170322133000"},
    {"dateTo": "20170322013000"},
    {"datum": "anything"},
    {"crimeText": ""},
    {"crimeText": "text, with a comma\nand a second line"},
    {"latitude": "49.5", "longitude": "-8.5"},
    {"latitude": "61.5", "longitude": "2.6"},
    {"latitude": "", "longitude": "", "easting": "534638", "northing": "185423"},
    {"latitude": "", "longitude": "", "easting": "600000", "northing": "1300000"},
    {"latitude": "", "longitude": "", "easting": "0", "northing": "0"},
]


@pytest.mark.parametrize("changes", TAKEN, ids=str)
def test_what_is_taken(tmp_path, changes):
    assert batch(tmp_path, line(**changes)).status == "successful"


# code | column | cells changed
REFUSED = """
police_force            | policeForce    | policeForce=Surrey, batchId=SRY20170323
police_force            | policeForce    | policeForce=
crime_type              | crimeTypeId    | crimeTypeId=BURG
batch_id_missing        | batchId        | batchId=
batch_id_form           | batchId        | batchId=20170323
batch_id_form           | batchId        | batchId=KNT20170323
batch_id_form           | batchId        | batchId=MPS20170323-1-RX
batch_id_form           | batchId        | batchId=MPS20170323 and more
batch_id_form           | batchId        | batchId=MPS2017032
batch_id_form           | batchId        | batchId=MPS20170323-12
batch_id_date           | batchId        | batchId=MPS20170229
batch_id_date           | batchId        | batchId=MPS20170001
crime_reference_missing | crimeReference | crimeReference=
date_from               | dateFrom       | dateFrom=22/03/2017 01:30
date_from               | dateFrom       | dateFrom=2017032201300
date_from               | dateFrom       | dateFrom=20170230013000
date_to                 | dateTo         | dateTo=
date_to                 | dateTo         | dateTo=20170322246000
to_before_from          | dateTo         | dateTo=20170322012959
window_too_long         | dateTo         | dateTo=20170322133001
window_too_long         | dateTo         | dateTo=20170322143000
number                  | latitude       | latitude=north
number                  | latitude       | latitude=NaN
number                  | longitude      | longitude=0x1
location_missing        |                | latitude=, longitude=
location_half           | latitude       | longitude=
location_half           | northing       | latitude=, longitude=, northing=185423
location_both           | easting, northing, latitude, longitude | easting=534638, northing=185423
location_both           | easting, latitude, longitude | easting=534638
location_range          | latitude       | latitude=49.4
location_range          | longitude      | longitude=2.7
location_range          | easting        | latitude=, longitude=, easting=600001, northing=185423
location_range          | northing       | latitude=, longitude=, easting=534638, northing=-1
"""


@pytest.mark.parametrize("told", REFUSED.strip().splitlines())
def test_a_row_is_refused_for_its_cause_alone_and_the_good_row_is_kept(tmp_path, told):
    code, column, changes = (cell.strip() for cell in told.split("|"))
    cells = dict(change.strip().split("=") for change in changes.split(", "))
    found = batch(tmp_path, line() + line(**cells))
    assert [(r.row, r.code, r.column) for r in found.refusals] == [(2, code, column)]
    assert (found.status, found.crimes.height) == ("partial", 1)
    assert found.refusals[0].rule and found.refusals[0].mend


@pytest.mark.parametrize("row", ["Metropolitan,BIAD\n", line().strip() + ",one more\n"])
def test_a_row_with_other_than_13_columns_is_refused(tmp_path, row):
    found = batch(tmp_path, line() + row)
    assert [(r.row, r.code) for r in found.refusals] == [(2, "column_count")]


@pytest.mark.parametrize("text", [b"By the \x00 door", b"By the \x1b[31m door", b"By the \xff door"])
def test_text_that_is_none_refuses_its_row(tmp_path, text):
    found = batch(tmp_path, line().encode() + line(crimeText="HERE").encode().replace(b"HERE", text))
    assert [(r.row, r.code, r.column) for r in found.refusals] == [(2, "text", "crimeText")]


def test_each_of_the_17_causes_is_tested():
    tested = {row.split("|")[0].strip() for row in REFUSED.strip().splitlines()} | {"column_count", "text"}
    assert tested == set(RULES)
    assert len(RULES) == 17
    assert (len(FORCES), len(TYPES)) == (19, 7)


def test_a_row_says_all_that_is_wrong_with_it(tmp_path):
    found = batch(tmp_path, line(crimeTypeId="?", dateFrom="?", latitude="?", crimeReference="X1"))
    assert [r.code for r in found.refusals] == ["crime_type", "date_from", "number"]
    assert {r.crime_reference for r in found.refusals} == {"X1"}
    assert found.status == "failed"


def test_a_byte_order_mark_is_no_part_of_the_force(tmp_path):
    assert batch(tmp_path, line(), encoding="utf-8-sig").status == "successful"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no rows"),
        (line() + line(policeForce="Kent", batchId="KNT20170323"), "several forces"),
        (line() + line(batchId="MPS20170324"), "several batches"),
    ],
)
def test_a_file_that_is_no_batch_is_refused_whole(tmp_path, text, says):
    with pytest.raises(PoliceFileRefused, match=says):
        batch(tmp_path, text)


def test_the_two_kinds_of_file_are_told_apart(tmp_path):
    batch(tmp_path, line())
    assert is_batch(tmp_path / "batch.csv")
    (tmp_path / "headed.csv").write_text("crime_id,time_from,time_to,latitude,longitude" + ",x" * 8 + "\n")
    assert not is_batch(tmp_path / "headed.csv")


def test_the_grid_is_right_to_a_few_metres():
    """Ordnance Survey's worked example: TG 51409 13177 is 52°39'28.72"N 1°42'57.79"E in WGS84, to 5 m without the shift grid."""
    latitude, longitude = from_grid(651409.903, 313177.270)
    assert latitude == pytest.approx(52.6579786, abs=5e-5)
    assert longitude == pytest.approx(1.7160519, abs=8e-5)


NONE_KNOWN = pl.DataFrame(schema={"version": pl.Int64})


def test_every_sending_makes_a_version_and_only_window_and_place_ask_for_a_new_match(tmp_path):
    sent = [
        line(),
        line(),
        line(crimeText="By the window"),
        line(dateTo="20170322060000"),
        line(latitude="51.56", crimeTypeId="RB"),
    ]
    first = batch(tmp_path, "".join(sent[:1])).crimes
    known = versioned(first, first.head(0).hstack(NONE_KNOWN))
    rest = versioned(batch(tmp_path, "".join(sent[1:])).crimes, known.drop("changed", "rerun"))
    told = [(r["version"], r["changed"], r["rerun"]) for r in pl.concat([known, rest]).iter_rows(named=True)]
    assert told == [
        (1, [], True), (2, [], False), (3, ["crime text"], False), (4, ["crime window", "crime text"], True),
        (5, ["crime type", "crime window", "crime location"], True),
    ]  # fmt: skip
    assert latest(pl.concat([known, rest]))["version"].to_list() == [5]
