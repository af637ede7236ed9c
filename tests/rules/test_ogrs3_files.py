"""A file of people scored into a file."""

import csv
from pathlib import Path

import pytest

from throughcare.core.errors import UserError
from throughcare.rules.ogrs3 import score_file

HEADER = (
    "id,sex,date_of_birth,conviction_date,followup_date,first_sanction_date,age_at_first_sanction,sanctions,"
    "offence_code,offence_group"
)
SOUND = "1,M,1997-02-01,2017-02-01,2017-02-01,2017-02-01,,1,,violence"
OUTPUT = ["id", "ogrs3_1y", "ogrs3_2y", "percent_1y", "percent_2y", "band", "error"]


@pytest.fixture
def scored(tmp_path: Path):
    """Scores the lines of a file; gives the rows of the result."""

    def of(*lines: str, encoding: str = "utf-8") -> list[dict[str, str]]:
        source, target = tmp_path / "in.csv", tmp_path / "out.csv"
        source.write_text("\n".join(lines) + "\n", encoding=encoding)
        assert score_file(source, target) == len(lines) - 1
        with target.open(newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    return of


def test_a_file_is_scored(scored):
    (row,) = scored(HEADER, SOUND)
    assert list(row) == OUTPUT
    assert float(row["ogrs3_1y"]) == pytest.approx(0.12161553504714574, abs=1e-15)
    assert float(row["ogrs3_2y"]) == pytest.approx(0.22130521140511314, abs=1e-15)
    assert (row["id"], row["percent_1y"], row["percent_2y"], row["band"], row["error"]) == ("1", "12", "22", "LOW", "")


def test_a_byte_order_mark_and_spaces_are_tolerated(scored):
    assert scored(HEADER, SOUND.replace(",", " , "), encoding="utf-8-sig") == scored(HEADER, SOUND)


def test_columns_may_come_in_any_order_with_others_among_them(scored):
    header = "offence_code,note,sanctions,age_at_first_sanction,followup_date,conviction_date,date_of_birth,sex,id"
    (row,) = scored(header, '03400,"Smith, J",3,15,2015-06-01,2015-06-01,1990-01-01,F,00042')
    assert (row["id"], row["error"]) == ("00042", "")
    assert 0 < float(row["ogrs3_2y"]) < 1


def test_a_bad_cell_refuses_its_row_alone(scored):
    rows = scored(
        HEADER,
        SOUND,
        "2,M,01/02/1997,2017-02-01,2017-02-01,2017-02-01,,one,,violence",
        "3,M,1997-02-01,2017-02-01,2017-02-01,2017-02-01,,1,34,",
        SOUND,
    )
    assert [row["error"] for row in rows] == [
        "",
        "DATE_NOT_A_DATE:date_of_birth;NUMBER_NOT_A_WHOLE_NUMBER:sanctions",
        "OFFENCE_CODE_INCORRECT_FORMAT",
        "",
    ]
    assert [row["band"] for row in rows] == ["LOW", "", "", "LOW"]


@pytest.mark.parametrize("note", ["", ',"a note, quoted"'])
def test_a_row_with_other_cells_than_the_header_is_refused_alone(scored, note):
    header, sound = HEADER + (",note" if note else ""), SOUND + note
    rows = scored(header, sound, f"2,{sound}", "3,M,1997-02-01", sound)
    assert [(row["id"], row["band"], row["percent_2y"], row["error"]) for row in rows] == [
        ("1", "LOW", "22", ""), ("2", "", "", "ROW_HAS_OTHER_CELLS"),
        ("3", "", "", "ROW_HAS_OTHER_CELLS"), ("1", "LOW", "22", ""),
    ]  # fmt: skip


def test_both_ways_of_reading_a_file_give_the_same(tmp_path: Path):
    lines = [HEADER, SOUND, SOUND.replace(",", " , "), SOUND.replace("1997", "")]
    plain, quoted = tmp_path / "plain.csv", tmp_path / "quoted.csv"
    plain.write_text("\r\n".join(lines) + "\r\n", newline="")
    quoted.write_text("\n".join(",".join(f'"{cell}"' for cell in line.split(",")) for line in lines) + "\n\n")
    for source in (plain, quoted):
        assert score_file(source, source.with_suffix(".out")) == 3
    assert plain.with_suffix(".out").read_text() == quoted.with_suffix(".out").read_text()


def test_a_file_of_no_people_gives_one_of_no_scores(scored, tmp_path: Path):
    assert scored(HEADER) == []
    assert (tmp_path / "out.csv").read_text() == ",".join(OUTPUT) + "\n"


def test_the_profile_is_taken(tmp_path: Path):
    source = tmp_path / "in.csv"
    source.write_text(f"{HEADER}\n{SOUND}\n")
    score_file(source, tmp_path / "published.csv", profile="published")
    score_file(source, tmp_path / "oasys.csv", profile="oasys")
    assert (tmp_path / "published.csv").read_text() != (tmp_path / "oasys.csv").read_text()


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"id,sex\n1,M\n", "date_of_birth"),
        (b"", "header line"),
        (b"id,sex\n1,M,extra,cells\n", "date_of_birth"),
        (f'{HEADER}\n{SOUND}\n2,"M,1997-02-01\n{SOUND}\n'.encode(), r"in\.csv, line 3 "),
        (f'{HEADER}\n{SOUND}\n2,"M,1997-02-01\n{SOUND}\n4,"F",\n'.encode(), r"in\.csv, line 3 "),
        (f"{HEADER},sex\n{SOUND},F\n".encode(), "the header names sex twice"),
        (HEADER.encode() + b"\n\xff\xfe,M,,,,,,,,\n", "UTF-8"),
    ],
)
def test_a_file_that_cannot_be_scored_is_refused_and_leaves_nothing(tmp_path: Path, content: bytes, named: str):
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_bytes(content)
    with pytest.raises(UserError, match=named):
        score_file(source, target)
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_an_absent_file_is_refused(tmp_path: Path):
    with pytest.raises(UserError, match=r"nobody\.csv"):
        score_file(tmp_path / "nobody.csv", tmp_path / "out.csv")


def test_a_target_that_cannot_be_written_is_refused(tmp_path: Path):
    source = tmp_path / "in.csv"
    source.write_text(f"{HEADER}\n{SOUND}\n")
    with pytest.raises(UserError, match="no-such-folder"):
        score_file(source, tmp_path / "no-such-folder" / "out.csv")


def test_an_earlier_result_stays_when_a_later_one_fails(tmp_path: Path):
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    target.write_text("the earlier result\n")
    source.write_text("id\n1\n")
    with pytest.raises(UserError):
        score_file(source, target)
    assert target.read_text() == "the earlier result\n"
