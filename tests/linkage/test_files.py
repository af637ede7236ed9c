"""Linking plain files: what is read, what is refused and how that is said, and what is written."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from tests.linkage.records import PARAMETERS, PNC
from throughcare.linkage.cleaning import clean
from throughcare.linkage.comparisons import COMPARISONS
from throughcare.linkage.files import COLUMNS, FileRefused, link_files, pairs_file, read_records

AS_AT = date(2017, 1, 1)


def write(folder: Path, text: str | bytes, name: str = "police.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def read(folder: Path, text: str | bytes, name: str = "police.csv"):
    return read_records([write(folder, text, name)], as_at=AS_AT)


def refusal(folder: Path, text: str | bytes, name: str = "police.csv") -> FileRefused:
    with pytest.raises(FileRefused) as caught:
        read(folder, text, name)
    assert caught.value.mend and caught.value.expected
    return caught.value


# What is read.


def test_the_columns_of_the_command_and_those_of_the_extracts_are_read(tmp_path):
    names = [name for names in COLUMNS.values() for name in names]
    assert set(names) >= set(
        "source record_id forename middle_names surname date_of_birth sex pnc_id cro_number prison_number crn postcode "
        "sentence_dates offence_dates other_forenames other_surnames forenames pnc cro postcodes".split()
    )
    told = read(tmp_path, "record_id,forenames,pnc,cro,postcodes\n1,Kadan Zoro,79/163001B,65656/91H,E8 1EA\n").frame
    assert told.row(0, named=True) == {
        "id": 0, "record_id": "1", "source": "police", "forename": "Kadan Zoro", "pnc": "79/163001B", "cro": "65656/91H",
        "postcodes": ["E8 1EA"], "date_of_birth": None,
    }  # fmt: skip


def test_columns_may_be_absent_and_others_are_ignored_and_named(tmp_path):
    records = read(tmp_path, "shoe_size,surname,record_id,hat\n9,Belaford,1,\n")
    assert records.ignored == ("shoe_size", "hat")
    assert records.frame.select("record_id", "surname", "source").rows() == [("1", "Belaford", "police")]
    assert clean(records.frame)["surname"].to_list() == ["BELAFORD"]


def test_cells_are_text_without_space_around_and_an_empty_one_is_nothing(tmp_path):
    told = read(tmp_path, "record_id,surname,crn\n007, Belaford ,\n 8,  ,X320741\n").frame
    assert told.select("record_id", "surname", "crn").rows() == [("007", "Belaford", None), ("8", None, "X320741")]


def test_several_values_stand_with_semicolons_between_them(tmp_path):
    told = read(tmp_path, (
        "record_id,postcode,other_surnames,sentence_dates,offence_dates\n"
        "1,E8 1EA; n16 8bx;,Kordin,2016-02-29;01/02/2015,\n"
        "2,,,,31/12/2016\n"
    )).frame  # fmt: skip
    assert told["postcodes"].to_list() == [["E8 1EA", "n16 8bx"], None]
    assert told["other_surnames"].to_list() == [["Kordin"], None]
    assert told["sentence_dates"].to_list() == [[date(2016, 2, 29), date(2015, 2, 1)], None]
    assert told["offence_dates"].to_list() == [None, [date(2016, 12, 31)]]


@pytest.mark.parametrize(
    ("written", "day"),
    [("1990-03-04", date(1990, 3, 4)), ("04/03/1990", date(1990, 3, 4)), ("13/03/1990", date(1990, 3, 13)),
     ("2017-01-01", AS_AT), ("1900-01-01", date(1900, 1, 1)), ("", None)],
)  # fmt: skip
def test_the_form_of_a_date_decides_between_day_and_month(tmp_path, written, day):
    assert read(tmp_path, f"record_id,surname,date_of_birth\n1,Belaford,{written}\n").frame["date_of_birth"].to_list() == [day]


def test_several_files_are_one_list_and_each_is_a_source_unless_it_says_otherwise(tmp_path):
    paths = [
        write(tmp_path, "record_id,surname\n1,Belaford\n", "police.csv"),
        write(tmp_path, "source,record_id,crn\nnps,1,X320741\n,2,X320742\n", "probation.csv"),
    ]
    told = read_records(paths, as_at=AS_AT).frame
    assert told.select("id", "source", "record_id", "surname", "crn").rows() == [
        (0, "police", "1", "Belaford", None), (1, "nps", "1", None, "X320741"), (2, "probation", "2", None, "X320742"),
    ]  # fmt: skip


def test_a_mark_of_the_byte_order_before_the_header_is_passed_over(tmp_path):
    """Spreadsheets write one."""
    assert read(tmp_path, b"\xef\xbb\xbfrecord_id,surname\n1,B\xc3\xa9l\n").frame["surname"].to_list() == ["Bél"]


def test_a_parquet_file_is_read_too(tmp_path):
    path = tmp_path / "police.parquet"
    pl.DataFrame({"record_id": [1, 2], "crn": ["X320741", None], "date_of_birth": [date(1990, 3, 4), None]}).write_parquet(path)
    told = read_records([path], as_at=AS_AT).frame
    assert told.select("record_id", "crn", "date_of_birth").rows() == [("1", "X320741", date(1990, 3, 4)), ("2", None, None)]


# What is refused.


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"), pytest.param("\n\n", id="empty lines"),
        pytest.param(b"record_id,surname\n1,B\xe9laford\n", id="not UTF-8"),
        pytest.param('record_id,surname\n1,"Belaford\n2,Kordin\n', id="a quotation mark that is never closed"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_csv_is_refused_by_its_name(tmp_path, text):
    error = refusal(tmp_path, text)
    assert "cannot be read" in error.what
    assert (error.record, error.expected) == ("police.csv", "a CSV in UTF-8 with a header, or Parquet")


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        ("1,Belaford\n2,Kordin,X320741\n", 2),
        ("1,Belaford,X320741\n2,Kordin,X320742,9\n", 3),
        ('1,"Bela\nford",X320741\n2,Kordin\n', 4),
    ],
    ids=["a cell too few", "a cell too many", "after a line break within quotes"],
)
def test_a_row_with_other_cells_than_the_header_is_refused_by_its_line(tmp_path, rows, line):
    assert refusal(tmp_path, "record_id,surname,crn\n" + rows).record == f"police.csv, line {line}"


def test_a_line_break_within_quotes_is_no_fault(tmp_path):
    assert read(tmp_path, 'record_id,surname,crn\n1,"Bela\nford",X320741\n').frame["surname"].to_list() == ["Bela\nford"]


def test_what_calls_itself_parquet_and_is_not_is_refused(tmp_path):
    assert "cannot be read" in refusal(tmp_path, "record_id,surname\n1,Belaford\n", "police.parquet").what


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(FileRefused, match=r"none\.csv"):
        read_records([tmp_path / "none.csv"], as_at=AS_AT)


@pytest.mark.parametrize("text", ["id,surname\n1,Belaford\n", "record_id;surname\n1;Belaford\n", "Record_ID,surname\n1,Kordin\n"])
def test_a_file_without_record_id_is_refused(tmp_path, text):
    error = refusal(tmp_path, text)
    assert (error.what, error.record, error.mend) == ("the file has no column record_id", "police.csv", "add the column")


def test_a_record_without_record_id_is_refused_by_its_line(tmp_path):
    error = refusal(tmp_path, "record_id,surname\n1,Belaford\n  ,Kordin\n")
    assert (error.what, error.record, error.mend) == ("a record has no record_id", "police.csv, line 3", "give it one")


@pytest.mark.parametrize("text", ["record_id,sex,middle_names\n1,M,Zoro\n", "record_id,surname\n1,\n", "record_id,surname\n"])
def test_a_file_with_nothing_to_link_by_is_refused_and_told_what_would_do(tmp_path, text):
    error = refusal(tmp_path, text)
    assert (error.what, error.record) == ("no column can be used to link by", "police.csv")
    assert "surname, date_of_birth, pnc_id, cro_number" in error.expected


def test_ids_that_stand_twice_are_refused_each_named_once_and_twenty_at_most(tmp_path):
    error = refusal(tmp_path, "record_id,surname\n1,Belaford\n2,Kordin\n 1 ,Wynemu\n1,Morham\n")
    assert (error.what, error.record) == ("1 ids stand more than once", "police 1")
    rows = "".join(f"{n // 2},Belaford\n" for n in range(50))
    assert refusal(tmp_path, "record_id,surname\n" + rows).record.endswith("police 19 and 5 more")


def test_one_id_in_two_files_is_refused_only_where_both_are_of_one_source(tmp_path):
    one = write(tmp_path, "record_id,surname\n1,Belaford\n", "police.csv")
    other = write(tmp_path, "source,record_id,surname\npolice,1,Belaford\n", "more.csv")
    assert read_records([one, write(tmp_path, "record_id,surname\n1,Belaford\n", "prison.csv")], as_at=AS_AT).frame.height == 2
    with pytest.raises(FileRefused, match="police 1"):
        read_records([one, other], as_at=AS_AT)


DAYS_REFUSED = "2016-02-30 30/02/2016 2017-01-02 02/01/2017 1899-12-31 1990-3-4 4/3/90 03/13/1990 1990 x".split()


@pytest.mark.parametrize("day", DAYS_REFUSED)
@pytest.mark.parametrize("column", ["date_of_birth", "sentence_dates", "offence_dates"])
def test_a_day_that_cannot_be_is_refused_with_its_record(tmp_path, column, day):
    """In no calendar, after as_at, before 1900, or in another form."""
    error = refusal(tmp_path, f"record_id,surname,{column}\n1,Belaford,1990-03-04\n2,Kordin,{day}\n3,Morham,\n")
    assert (error.what, error.record) == (f"1 dates in {column} are impossible", f"police 2 ({day})")
    assert error.expected == "YYYY-MM-DD or DD/MM/YYYY, in the calendar, from 1900 to 2017-01-01"
    assert error.mend == "correct them, or leave them empty"


def test_every_impossible_day_is_named_up_to_twenty(tmp_path):
    error = refusal(tmp_path, "record_id,sentence_dates\n" + "".join(f"{n},2016-01-01;2016-02-30\n" for n in range(22)))
    assert error.what == "22 dates in sentence_dates are impossible"
    assert error.record.startswith("police 0 (2016-02-30), police 1 (2016-02-30), ")
    assert error.record.endswith("police 19 (2016-02-30) and 2 more")


# What is written.

POLICE = f"""record_id,forename,surname,date_of_birth,pnc_id,postcode
P3,Zela,Morham,30/11/1976,,
P1,Kadan,Belaford,04/03/1990,{PNC},E8 1EA;N16 8BX
P2,Tovus,Wynemu,09/08/1962,1979/0163001C,
"""
PROBATION = """record_id,forename,middle_names,surname,date_of_birth,pnc_id,crn,hat
C1,TOVUS,,WYNEMU,1962-08-09,,X320741,
C2,KADAN,ZORO,BELAFORD,1990-03-04,79/163001b,X320742,top
C3,KADEN,,BELAFORD,1990-03-04,,X32074,
"""


@pytest.fixture(scope="module")
def linked(tmp_path_factory):
    """The records, the linkage, and the two files written, of police and probation."""
    folder = tmp_path_factory.mktemp("linked")
    paths = [write(folder, POLICE, "police.csv"), write(folder, PROBATION, "probation.csv")]
    output = folder / "out" / "people.csv"
    records, linkage = link_files(paths, output, parameters=PARAMETERS, as_at=AS_AT)
    return records, linkage, output


def test_people_are_numbered_from_one_in_the_order_of_their_first_record(linked):
    told = pl.read_csv(linked[2])
    assert told.columns == ["source", "record_id", "person_id", "certainty"]
    assert told.rows() == [
        ("police", "P3", 1, "alone"),
        ("police", "P1", 2, "joined"),
        ("police", "P2", 3, "joined"),
        ("probation", "C1", 3, "joined"),
        ("probation", "C2", 2, "joined"),
        ("probation", "C3", 4, "possible"),
    ]


def test_the_pairs_looked_at_stand_beside_with_weight_decision_and_levels(linked):
    told = pl.read_csv(pairs_file(linked[2]), infer_schema=False)
    assert pairs_file(linked[2]).name == "people.pairs.csv"
    assert told.columns == [
        "left_source", "left_record_id", "right_source", "right_record_id", "weight", "decision", "guard",
        *(comparison.slug for comparison in COMPARISONS),
    ]  # fmt: skip
    row = told.filter(pl.col("left_record_id") == "P1", pl.col("right_record_id") == "C2").row(0, named=True)
    assert (row["decision"], row["guard"], row["name"], row["date_of_birth"], row["pnc_cro"], row["crn"], row["postcode"]) == (
        "joined", None, "same", "same", "pnc", None, None
    )  # fmt: skip
    assert len(row["weight"].partition(".")[2]) <= 3
    assert told.height == linked[1].pairs.height


def test_identifiers_that_are_none_are_reported_with_their_records(linked):
    """Here a wrong check letter and a CRN that lacks a digit."""
    records = linked[0]
    assert records.unused == {"pnc_id": ["police P2"], "crn": ["probation C3"]}
    assert records.ignored == ("hat",)


def test_nothing_but_the_two_files_is_left_behind(linked):
    assert sorted(path.name for path in linked[2].parent.iterdir()) == ["people.csv", "people.pairs.csv"]


def test_records_that_share_nothing_are_alone_and_the_pairs_file_has_a_header_only(tmp_path):
    path = write(tmp_path, "record_id,surname\n1,Belaford\n2,Kordin\n")
    link_files([path], tmp_path / "people.csv", parameters=PARAMETERS, as_at=AS_AT)
    assert pl.read_csv(tmp_path / "people.csv")["certainty"].to_list() == ["alone", "alone"]
    assert (tmp_path / "people.pairs.csv").read_text().startswith("left_source,left_record_id,")
    assert pl.read_csv(tmp_path / "people.pairs.csv").height == 0


def test_a_refused_file_leaves_what_was_written_before(tmp_path):
    before = write(tmp_path, "of yesterday", "people.csv")
    with pytest.raises(FileRefused):
        link_files([write(tmp_path, "")], before, parameters=PARAMETERS, as_at=AS_AT)
    assert before.read_text() == "of yesterday"
    assert not pairs_file(before).exists()


def test_output_appears_whole_or_not_at_all(tmp_path, monkeypatch):
    """The disk is full when the second file is written: both are as they were."""
    before = write(tmp_path, "of yesterday", "people.csv")
    original = pl.DataFrame.write_csv

    def full(frame, file, **told):
        if "pairs" in Path(file).name:
            raise OSError("no space left on device")
        return original(frame, file, **told)

    monkeypatch.setattr(pl.DataFrame, "write_csv", full)
    with pytest.raises(OSError, match="no space"):
        link_files([write(tmp_path, "record_id,surname\n1,Belaford\n")], before, parameters=PARAMETERS, as_at=AS_AT)
    assert before.read_text() == "of yesterday"
    assert not pairs_file(before).exists()


def test_both_files_appear_or_none(tmp_path):
    output = tmp_path / "people.csv"
    pairs_file(output).mkdir()
    with pytest.raises(FileRefused, match="a folder has the name"):
        link_files([write(tmp_path, "record_id,surname\n1,Belaford\n")], output, parameters=PARAMETERS, as_at=AS_AT)
    assert not output.exists()
