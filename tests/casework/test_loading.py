"""What happens to a file: loaded once, corrected, kept for correction, or refused whole."""

import json

import pytest

from tests.casework.conftest import ARRESTS, BY_SLUG, PEOPLE
from throughcare.casework.audit.models import Entry
from throughcare.casework.imports.files import FileRefused, passed_over
from throughcare.casework.imports.models import FileLoad, QuarantinedRow, SourceRow, SupersededRow
from throughcare.casework.imports.queries import last_loads, waiting
from throughcare.casework.people.models import Address, Arrest, Identifier, Person
from throughcare.registry.parts import feeds

ANN = "P1,1979/0163001B,,Tavi,Brellan,1979-02-28,F,White\n"
BEN = "P2,1967/9893091D,,Oren,Castrick,14/03/1967,M,Black\n"
ONE = "A1,1979/0163001B,2015-03-02,,02800\n"


def test_a_file_gives_its_facts_to_the_person_who_carries_the_identifier(load, extract):
    outcomes = load(extract("police-people", PEOPLE + ANN + BEN), extract("police-arrests", ARRESTS + ONE))
    assert [(o.feed, o.new, o.quarantined) for o in outcomes] == [("police-people", 2, 0), ("police-arrests", 1, 0)]
    arrest = Arrest.objects.get()
    assert (arrest.person.surname, str(arrest.arrested_on), arrest.source.record_id) == ("Brellan", "2015-03-02", "A1")
    assert str(Person.objects.get(surname="Castrick").date_of_birth) == "1967-03-14"


def test_files_are_loaded_in_the_order_that_they_need_whatever_the_order_given(load, extract):
    outcomes = load(extract("police-arrests", ARRESTS + ONE), extract("police-people", PEOPLE + ANN))
    assert [o.feed for o in outcomes] == ["police-people", "police-arrests"]


def test_the_same_file_twice_changes_nothing(load, extract):
    path = extract("police-people", PEOPLE + ANN + BEN)
    load(path)
    before = list(Person.objects.values()), list(SourceRow.objects.values("record_id", "digest", "file_id"))
    (again,) = load(path)
    assert (again.new, again.changed, again.same) == (0, 0, 2)
    assert (list(Person.objects.values()), list(SourceRow.objects.values("record_id", "digest", "file_id"))) == before


def test_a_corrected_row_changes_its_fact_keeps_the_old_values_and_is_in_the_audit(load, extract):
    load(extract("police-people", PEOPLE + ANN), extract("police-arrests", ARRESTS + ONE))
    (again,) = load(extract("police-arrests-corrected", ARRESTS + ONE.replace("2015-03-02", "2015-03-09")))
    assert (again.new, again.changed) == (0, 1)
    assert str(Arrest.objects.get().arrested_on) == "2015-03-09"
    assert json.loads(SupersededRow.objects.get().values)[2] == "2015-03-02"
    entry = Entry.objects.get(verb="import.correct")
    assert (entry.subject_type, entry.subject_id, json.loads(entry.details)["fields"]) == (
        "police-arrests",
        "A1",
        ["arrested_on"],
    )


def test_a_correction_that_takes_a_fact_away_takes_it_away(load, extract):
    header = "record_id,crn,assessed_on,accommodation,employment,finance,relationships,lifestyle,"
    header += "drugs,alcohol,wellbeing,thinking,attitudes\n"
    people = "record_id,crn,pnc,cro,prison_number,forenames,surname,date_of_birth,sex,ethnicity\n"
    people += "N1,X320741,,,,T,B,1990-01-01,M,White\n"
    load(
        extract("nps-people", people),
        extract("nps-assessments", header + "S1,X320741,2015-10-02" + ",yes" * 2 + ",no" * 8 + "\n"),
    )
    assert Person.objects.get().needs.count() == 2
    load(extract("nps-assessments-2", header + "S1,X320741,2015-10-02,no,yes" + ",no" * 8 + "\n"))
    assert [n.pathway for n in Person.objects.get().needs.all()] == ["employment"]


BAD_ROWS = """
column        | bad row                                        | rule
record_id     | ,1979/0163001B,2015-03-02,,02800               | record_id is required
pnc           | A2,1979/0163001C,2015-03-02,,02800             | check letter
pnc           | A3,NONSENSE,2015-03-02,,02800                  |
arrested_on   | A4,1979/0163001B,2015-02-30,,02800             | a date is YYYY-MM-DD or DD/MM/YYYY
arrested_on   | A5,1979/0163001B,03/25/2015,,02800             | a date is YYYY-MM-DD or DD/MM/YYYY
arrested_on   | A6,1979/0163001B,,,02800                       | arrested_on is required
offence_code  | A7,1979/0163001B,2015-03-02,,280               | five digits
pnc           | A8,,2015-03-02,,02800                          | at least one of pnc
arrested_on   | A10,1979/0163001B,2099-01-01,,02800            | has come
arrested_on   | A11,1979/0163001B,1815-06-18,,02800            | from 1900 on
              | A9,1979/0163001B,2015-03-02,,02800,extra       | has 5 columns, this row has 6
"""


@pytest.mark.parametrize("row", BAD_ROWS.strip().splitlines()[1:])
def test_a_bad_row_is_kept_with_its_rule_and_mend_and_the_good_rows_load(load, extract, row):
    column, bad, rule = (cell.strip() for cell in row.split("|"))
    load(extract("police-people", PEOPLE + ANN))
    (outcome,) = load(extract("police-arrests", ARRESTS + bad + "\n" + ONE))
    assert (outcome.new, outcome.quarantined, Arrest.objects.count()) == (1, 1, 1)
    kept = QuarantinedRow.objects.get()
    assert (kept.column, kept.line, kept.file.name) == (column, 2, "police-arrests.csv")
    assert rule in kept.rule
    assert kept.mend
    assert json.loads(kept.row) == bad.split(",")


def test_a_row_in_quarantine_is_mended_by_loading_it_corrected(load, extract):
    load(extract("police-people", PEOPLE + ANN), extract("police-arrests", ARRESTS + ONE.replace("02800", "28")))
    assert [row.record_id for row in waiting()] == ["A1"]
    load(extract("police-arrests-2", ARRESTS + ONE))
    assert waiting() == []
    assert QuarantinedRow.objects.get().mended_by.name == "police-arrests-2.csv"
    assert Arrest.objects.count() == 1


def test_a_record_id_that_stands_twice_is_loaded_once_and_the_other_kept(load, extract):
    load(extract("police-people", PEOPLE + ANN))
    (outcome,) = load(extract("police-arrests", ARRESTS + ONE + ONE.replace("2015", "2014")))
    assert (outcome.new, outcome.quarantined) == (1, 1)
    assert str(Arrest.objects.get().arrested_on) == "2015-03-02"


REFUSED = [
    ("other columns", "police-arrests", b"record_id,pnc,arrested\n", "the columns are not those"),
    (
        "a column twice",
        "police-arrests",
        b"record_id,pnc,arrested_on,asn,offence_code,pnc\n",
        "the columns are not those",
    ),
    ("cut off", "police-arrests", (ARRESTS + ONE)[:-5].encode(), "cut off"),
    ("an open quote", "police-arrests", (ARRESTS + 'A1,"1979\n').encode(), "not a whole CSV"),
    ("another encoding", "police-people", (PEOPLE + "P9,,,Zoë,B,,F,\n").encode("latin-1"), "not UTF-8"),
    ("UTF-16", "police-arrests", (ARRESTS + ONE).encode("utf-16"), "cut off"),
    ("empty", "police-arrests", b"", "empty"),
    ("a NUL character", "police-arrests", (ARRESTS + ONE.replace("A1", "A\0")).encode(), "NUL"),
    ("no such feed", "parish-register", b"record_id\n", "no feed"),
]


@pytest.mark.parametrize(("case", "name", "content", "says"), REFUSED, ids=[r[0] for r in REFUSED])
def test_a_file_that_is_not_what_it_says_is_refused_whole(load, extract, case, name, content, says):
    with pytest.raises(FileRefused, match=says):
        load(extract(name, content))
    assert (FileLoad.objects.count(), SourceRow.objects.count(), Entry.objects.count()) == (0, 0, 0)


def test_a_byte_order_mark_and_columns_in_another_order_are_taken(load, extract):
    text = "surname,record_id,pnc,cro,forenames,date_of_birth,sex,ethnicity\nBrellan,P1,79/163001b,,Tavi,28/02/1979,F,White\n"
    load(extract("police-people", b"\xef\xbb\xbf" + text.encode()))
    assert Identifier.objects.get().value == "1979/0163001B"


def test_a_dry_run_reports_and_changes_nothing(load, extract):
    (outcome,) = load(extract("police-people", PEOPLE + ANN + "P3,bad,,,,,,\n"), dry_run=True)
    assert (outcome.new, outcome.quarantined) == (1, 1)
    assert (Person.objects.count(), QuarantinedRow.objects.count(), Entry.objects.count()) == (0, 0, 0)


def test_a_loader_that_fails_leaves_the_store_as_before(load, extract, monkeypatch):
    def broken(frame):
        raise RuntimeError("power cut")

    load(extract("police-people", PEOPLE + ANN))
    before = SourceRow.objects.count(), Entry.objects.count()

    feed = BY_SLUG["police-arrests"]
    object.__setattr__(feed, "loads", (*feed.loads, broken))
    try:
        with pytest.raises(RuntimeError, match="power cut"):
            load(extract("police-arrests", ARRESTS + ONE))
    finally:
        object.__setattr__(feed, "loads", feed.loads[:-1])
    assert (SourceRow.objects.count(), Entry.objects.count(), Arrest.objects.count()) == (*before, 0)


def test_the_last_load_of_each_feed_is_known(load, extract):
    load(extract("police-people", PEOPLE + ANN), extract("police-arrests", ARRESTS + ONE))
    assert {feed: one.rows for feed, one in last_loads().items()} == {"police-people": 1, "police-arrests": 1}


def test_the_same_bad_file_twice_keeps_each_fault_once(load, extract):
    rows = "P2,1979/0163001C,,Oren,Castrick,1980-01-01,M,White\n,1979/0163001B,,Tavi,Brellan,,,\n"
    bad = extract("police-people", PEOPLE + rows)
    for _ in range(2):
        (outcome,) = load(bad)
        assert outcome.quarantined == 2
    assert sorted(row.column for row in waiting()) == ["pnc", "record_id"]
    assert QuarantinedRow.objects.count() == 2


def test_another_fault_of_the_same_record_takes_the_place_of_the_first(load, extract):
    load(extract("police-people", PEOPLE + "P2,1979/0163001C,,Oren,Castrick,1980-01-01,M,White\n"))
    load(extract("police-people-2", PEOPLE + "P2,1979/0163001B,,Oren,Castrick,1980-13-01,M,White\n"))
    assert [row.column for row in waiting()] == ["date_of_birth"]


def test_a_cell_longer_than_its_column_waits_in_quarantine(load, extract):
    (outcome,) = load(extract("police-people", PEOPLE + f"P2,1979/0163001B,,Oren,{'x' * 101},1980-01-01,M,White\n"))
    assert (outcome.new, [row.rule for row in waiting()]) == (0, ["text of 100 characters at most"])


def test_a_borough_of_the_pilot_is_taken_whatever_the_case_and_another_as_it_stands(load, extract):
    people = "record_id,crn,pnc,cro,prison_number,forenames,surname,date_of_birth,sex,ethnicity\n"
    header = "record_id,crn,postcode,borough,start,end\n"
    load(
        extract("nps-people", people + "N1,X320741,,,,T,B,1990-01-01,M,White\n"),
        extract("nps-addresses", header + "D1,X320741,,tower  HAMLETS,2015-01-01,2015-06-01\nD2,X320741,,Barnet,2015-06-01,\n"),
    )
    assert list(Address.objects.order_by("start").values_list("borough", flat=True)) == ["Tower Hamlets", "Barnet"]


def test_no_column_takes_more_than_its_field_holds():
    too_long = []
    for feed in feeds().values():
        for loader in feed.loads:
            fields = {f.name: f for f in getattr(loader, "model", Arrest)._meta.concrete_fields}
            too_long += [
                f"{feed.slug}.{c.name}" for c in feed.columns
                if c.kind == "text" and hasattr(loader, "model") and c.name in fields
                and (fields[c.name].max_length or 10**6) < c.longest
            ]  # fmt: skip
    assert too_long == []


def test_files_of_a_folder_that_are_not_extracts_are_named(extract, tmp_path):
    extract("police-people", PEOPLE)
    for name in ("nps-people.CSV", "read me.txt"):
        (tmp_path / name).write_text("x")
    assert [path.name for path in passed_over([tmp_path])] == ["nps-people.CSV", "read me.txt"]
