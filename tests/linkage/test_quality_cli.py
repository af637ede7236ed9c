"""`throughcare link-quality` as a user meets it: what it prints, what it writes, and exit 2 with a sentence for a mistake."""

import csv
import json
import sys
from pathlib import Path

import polars as pl
import pytest

from throughcare.cli import app

PEOPLE = "source,record_id,person_id,certainty\npolice,P1,1,joined\npolice,P2,1,joined\nprison,P1,2,possible\npolice,P4,3,alone\n"
PAIRS = (
    "left_source,left_record_id,right_source,right_record_id,weight,decision,guard,name\n"
    "police,P1,police,P2,20.5,joined,,same\n"
    "police,P1,prison,P1,9.25,possible,,same\n"
    "police,P1,police,P4,-4,apart,,other\n"
)
TRUTH = "source,record_id,true_person\npolice,P1,Ann\npolice,P2,Ann\nprison,P1,Ann\npolice,P4,Cid\npolice,P5,Dot\n"
POLICE = "record_id,forenames,date_of_birth,sex\nP1,Ann,1991-01-01,F\nP2,Ann,1990-12-31,F\nP4,Cid,01/01/1999,M\n"
JUDGED = (
    "stratum,probability,left_source,left_record_id,right_source,right_record_id,weight,same\n"
    "joined 20 to 30,1.0,police,P1,police,P2,20.5,yes\n"
    "possible 8 to 14,1.0,police,P1,prison,P1,9.25,not sure\n"
    "apart -6 to -2,1.0,police,P1,police,P4,-4.0,no\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    files = {"people": PEOPLE, "people.pairs": PAIRS, "truth": TRUTH, "police": POLICE, "judged": JUDGED}
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(folder, monkeypatch, capsys):
    """Runs the command; gives exit code, standard output and standard error."""

    def told(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["throughcare", "link-quality", *arguments])
        with pytest.raises(SystemExit) as ended:
            app()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return told


def test_against_a_truth(run):
    code, out, err = run("people.csv", "--truth", "truth.csv")
    assert (code, err) == (0, "")
    assert "4 records in both; 1 of the truth were not linked" in out
    assert "1 of 3 true pairs joined" in out
    assert "1 of 1 joined pairs true" in out
    assert "1 possible pairs, 1 one person" in out
    assert "3 of 3" in out  # recall once answered
    assert "1 people split, 0 people merged" in out


def test_by_group_with_ages_on_a_day(run):
    code, out, _ = run(*TRUE, "--groups", "police.csv", "--as-at", "2017-01-01")
    assert code == 0
    # On 1 January 2017 Ann is 26, by either date of birth, and Cid 18 that day; names are no groups.
    groups = [line.split("  ")[0] for line in out.splitlines() if line.startswith(("sex", "age_band", "forenames"))]
    assert groups == ["sex: F", "sex: M", "age_band: 18-25", "age_band: 26-34"]
    assert "No group has a lower recall" in out


def test_a_birth_that_cannot_be_gives_an_age_that_is_not_known(run, folder):
    (folder / "odd.csv").write_text("source,record_id,date_of_birth\npolice,P1,2016-02-30\npolice,P4,2061-01-01\n")
    code, out, err = run(*TRUE, "--groups", "odd.csv", "--as-at", "2017-01-01")
    assert code == 0, err
    assert [line.split("  ")[0] for line in out.splitlines() if line.startswith("age_band")] == ["age_band: not known"]


def test_as_json(run):
    code, out, _ = run(*TRUE, "--groups", "police.csv", "--format", "json")
    told = json.loads(out)
    assert code == 0
    assert told["quality"]["recall"] | {"low": 0, "high": 0, "effective": 0} == {
        "hits": 1, "of": 3, "value": pytest.approx(1 / 3), "low": 0, "high": 0, "effective": 0,
    }  # fmt: skip
    assert {(g["column"], g["value"]) for g in told["quality"]["groups"]} == {("sex", "F"), ("sex", "M")}
    assert told["disparities"] == []


def test_a_sample_to_judge_is_written_and_never_over_one_that_may_hold_answers(run, folder):
    code, out, _ = run("people.csv", "--sample", "sample.csv", "--margin", "0.01", "--seed", "7")
    assert code == 0
    assert "3 pairs to judge are in sample.csv" in out
    assert "0 pairs were joined only through other records" in out
    written = list(csv.DictReader((folder / "sample.csv").open(encoding="utf-8")))
    assert {r["stratum"]: r["same"] for r in written} == {"joined 20 to 30": "", "possible 8 to 14": "", "apart -6 to -2": ""}
    code, _, err = run("people.csv", "--sample", "sample.csv")
    assert (code, "may hold answers" in err) == (2, True)
    assert list(folder.glob(".*.part")) == []


def test_the_estimate_of_a_judged_sample(run):
    code, out, _ = run("people.csv", "--judged", "judged.csv")
    assert code == 0
    assert "2 pairs answered, 1 not sure, 0 not answered yet" in out
    assert "precision of joined pairs                 100.00% (100.00% to 100.00%)" in out
    assert "not one answer yet in: possible 8 to 14" in out
    assert "50.00% to 100.00% as the not sure are taken" in out  # recall: the possible pair is one person, or not
    assert "were never kept" in out


def test_the_sample_as_written_can_be_filled_in_and_given_back(run, folder):
    run("people.csv", "--sample", "sample.csv")
    pl.read_csv(folder / "sample.csv").with_columns(same=pl.lit("yes")).write_csv(folder / "filled.csv")
    code, out, _ = run("people.csv", "--judged", "filled.csv", "--format", "json")
    told = json.loads(out)["estimate"]
    assert (code, told["precision"]["value"], told["recall"]["value"]) == (0, 1.0, pytest.approx(1 / 3))


TRUE = ("people.csv", "--truth", "truth.csv")
MISTAKES = [
    ("nothing asked", ("people.csv",), "--truth, --sample or --judged"),
    ("no such file", ("absent.csv", "--truth", "truth.csv"), "absent.csv"),
    ("no pairs beside it", ("truth.csv", "--truth", "truth.csv"), "no column person_id"),
    ("another file for the truth", ("people.csv", "--truth", "police.csv"), "no column true_person"),
    ("another file for the sample", ("people.csv", "--judged", "truth.csv"), "left_source"),
    ("groups without a truth", ("people.csv", "--judged", "judged.csv", "--groups", "police.csv"), "--truth with it"),
    ("a day without groups", (*TRUE, "--as-at", "2017-01-01"), "--groups with it"),
    ("a day that is none", (*TRUE, "--groups", "police.csv", "--as-at", "July"), "YYYY-MM-DD"),
    ("no group in the file", (*TRUE, "--groups", "nameless.csv"), "nameless.csv"),
    ("an impossible margin", ("people.csv", "--sample", "sample.csv", "--margin", "2"), "margin"),
    ("not a text file", ("people.csv", "--truth", "picture.csv"), "picture.csv"),
]


@pytest.mark.parametrize(("case", "arguments", "says"), MISTAKES, ids=[m[0] for m in MISTAKES])
def test_a_mistake_ends_with_2_and_one_sentence(run, folder, case, arguments, says):
    (folder / "nameless.csv").write_text("record_id,surname\nP1,Moss\n", encoding="utf-8")
    (folder / "picture.csv").write_bytes(b"\x89PNG\r\n\xff\xfe,\xff\n\xff,\xff\n")
    code, out, err = run(*arguments)
    assert (code, out) == (2, ""), err
    assert says in err
    assert err.startswith("throughcare: ")
    assert not (folder / "sample.csv").exists()
