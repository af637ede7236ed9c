"""A row in quarantine is corrected and loaded, or set aside, and nothing of it is lost."""

import json

import pytest

from tests.casework.conftest import ARRESTS, BY_SLUG, PEOPLE
from throughcare.casework.audit.models import Entry
from throughcare.casework.imports.corrections import actions
from throughcare.casework.imports.corrections.errors import NotSetAside, NotWaiting, UnknownColumn, UnknownReason
from throughcare.casework.imports.corrections.queries import row_to_mend, rows_still_wrong, rows_to_mend
from throughcare.casework.imports.models import FileLoad, QuarantinedRow, SourceRow, SupersededRow
from throughcare.casework.imports.queries import last_loads, set_aside, waiting
from throughcare.casework.people.actions import resolve
from throughcare.casework.people.models import Arrest

ANN = "P1,1979/0163001B,,Tavi,Brellan,1979-02-28,F,White\n"
GOOD = "A1,1979/0163001B,2015-03-02,,02800\n"
TWO_FAULTS = "A2,1979/0163001B,2015-02-30,,280\n"
TOTAL = ",,,,2\n"


def correct(row: int, **values: str):
    return actions.correct(by="officer", row=row, values=values, feeds=BY_SLUG, resolve=resolve)


@pytest.fixture
def row(load, extract) -> int:
    """The row of arrest A2, with a day that there is not and a code that is too short."""
    load(extract("police-people", PEOPLE + ANN), extract("police-arrests", ARRESTS + GOOD + TWO_FAULTS))
    (found,) = rows_to_mend(BY_SLUG)
    return found.id


def test_a_row_is_shown_once_with_its_cells_and_all_its_faults(row):
    found = row_to_mend(row, BY_SLUG)
    assert (found.feed, found.line, found.record_id) == ("police-arrests", 3, "A2")
    assert list(found.cells) == ARRESTS.strip().split(",")
    assert list(found.cells.values()) == TWO_FAULTS.strip().split(",")
    assert {fault.column for fault in found.faults} == {"arrested_on", "offence_code"}


def test_a_corrected_row_is_loaded_as_a_file_is_and_no_longer_waits(row):
    outcome = correct(row, arrested_on="2015-03-01", offence_code="02800")
    assert (outcome.new, outcome.quarantined) == (1, 0)
    assert str(Arrest.objects.get(source__record_id="A2").arrested_on) == "2015-03-01"
    assert waiting() == []
    load = FileLoad.objects.get(pk=outcome.load)
    assert (load.name, load.loaded_by, load.corrects.name) == (
        "correction of police-arrests.csv line 3", "officer", "police-arrests.csv",
    )  # fmt: skip
    assert set(QuarantinedRow.objects.values_list("mended_by", flat=True)) == {load.pk}
    assert last_loads()["police-arrests"].name == "police-arrests.csv"


def test_the_audit_names_the_columns_that_changed_and_the_person(row):
    correct(row, arrested_on="2015-03-01", offence_code="02800", asn="")
    entry = Entry.objects.get(verb="quarantine.correct")
    details = json.loads(entry.details)
    assert (entry.actor, details["columns"], details["loaded"]) == ("officer", ["arrested_on", "offence_code"], True)
    assert entry.person_id == Arrest.objects.get(source__record_id="A2").person_id
    assert "2015-03-01" not in entry.details


def test_what_is_still_wrong_waits_with_the_values_that_were_typed(row):
    outcome = correct(row, arrested_on="2015-03-01", offence_code="28")
    assert [(fault.column, fault.value) for fault in outcome.faults] == [("offence_code", "28")]
    (again,) = rows_still_wrong(outcome.load, BY_SLUG)
    assert (again.cells["arrested_on"], again.cells["offence_code"]) == ("2015-03-01", "28")
    assert [fault.pk for fault in waiting()] == [fault.pk for fault in again.faults]
    assert correct(again.id, offence_code="02800").new == 1
    assert waiting() == []


def test_a_correction_that_changes_nothing_leaves_the_row_waiting_once(row):
    assert correct(row).quarantined == 1
    assert {fault.column for fault in waiting()} == {"arrested_on", "offence_code"}
    assert len(waiting()) == 2


def test_a_row_without_a_number_or_with_one_that_stands_twice_is_given_one(load, extract):
    load(extract("police-people", PEOPLE + ANN))
    load(extract("police-arrests", ARRESTS + GOOD + GOOD.replace("03-02", "04-02") + GOOD.replace("A1", "")))
    twice, without = sorted(rows_to_mend(BY_SLUG), key=lambda r: r.line)
    assert correct(twice.id, record_id="A8").new == 1
    assert correct(without.id, record_id="A9").new == 1
    assert sorted(Arrest.objects.values_list("source__record_id", flat=True)) == ["A1", "A8", "A9"]
    assert waiting() == []


def test_a_row_with_too_few_cells_is_filled_in(load, extract):
    load(extract("police-people", PEOPLE + ANN), extract("police-arrests", ARRESTS + "A2,1979/0163001B\n"))
    (row,) = rows_to_mend(BY_SLUG)
    assert correct(row.id, arrested_on="2015-03-01", offence_code="02800").new == 1
    assert waiting() == []


def test_a_later_file_wins_over_a_correction_and_the_correction_is_kept(row, load, extract):
    correct(row, arrested_on="2015-03-01", offence_code="02800")
    load(extract("police-arrests-later", ARRESTS + "A2,1979/0163001B,2015-02-28,,02800\n"))
    assert str(Arrest.objects.get(source__record_id="A2").arrested_on) == "2015-02-28"
    assert json.loads(SupersededRow.objects.get().values)[2] == "2015-03-01"


def test_the_faulty_row_sent_again_is_not_asked_about_while_its_correction_stands(row, load, extract):
    correct(row, arrested_on="2015-03-01", offence_code="02800")
    load(extract("police-arrests-again", ARRESTS + GOOD + TWO_FAULTS))
    assert waiting() == []
    load(extract("police-arrests-later", ARRESTS + "A2,1979/0163001B,2015-02-28,,02800\n"))
    load(extract("police-arrests-again-2", ARRESTS + TWO_FAULTS))
    assert len(waiting()) == 2  # the correction no longer stands


def test_what_cannot_be_corrected_is_refused(row):
    with pytest.raises(UnknownColumn, match="shoe_size is no column of the feed"):
        correct(row, shoe_size="9")
    with pytest.raises(NotWaiting, match="is not there"):
        correct(999)
    correct(row, arrested_on="2015-03-01", offence_code="02800")
    with pytest.raises(NotWaiting, match="has been loaded or replaced since"):
        correct(row, arrested_on="2015-03-05")
    assert SourceRow.objects.filter(feed="police-arrests").count() == 2


@pytest.fixture
def total(load, extract) -> int:
    """A stray line of totals."""
    load(extract("police-people", PEOPLE + ANN), extract("police-arrests", ARRESTS + GOOD + TOTAL))
    (found,) = rows_to_mend(BY_SLUG)
    return found.id


def test_a_row_set_aside_is_kept_does_not_wait_and_is_not_asked_about_again(total, load, extract):
    faults = len(waiting())
    assert actions.dismiss(by="officer", row=total, reason="not_a_record") == faults
    assert waiting() == [] and len(set_aside("police-arrests")) == faults
    assert [(r.set_aside, r.set_aside_by) for r in set_aside()] == [("not_a_record", "officer")] * faults
    load(extract("police-arrests-2", ARRESTS + GOOD + TOTAL))
    assert waiting() == [] and len(set_aside()) == faults
    assert [r.id for r in rows_to_mend(BY_SLUG, set_aside=True)] == [total]


def test_a_row_taken_back_waits_again_and_both_are_in_the_audit(total):
    faults = len(waiting())
    actions.dismiss(by="officer", row=total, reason="other", note="the sender rang")
    with pytest.raises(NotWaiting, match="take it back first"):
        correct(total, record_id="A2")
    assert actions.take_back(by="senior", row=total) == faults
    assert len(waiting()) == faults and set_aside() == []
    told = Entry.objects.filter(verb__startswith="quarantine.").order_by("pk").values_list("verb", "actor")
    assert list(told) == [("quarantine.dismiss", "officer"), ("quarantine.take_back", "senior")]
    assert not Entry.objects.filter(details__contains="rang").exists()


def test_a_record_loaded_since_leaves_what_was_set_aside_as_it_is(row, load, extract):
    actions.dismiss(by="officer", row=row, reason="sender_withdrew")
    load(extract("police-arrests-later", ARRESTS + "A2,1979/0163001B,2015-02-28,,02800\n"))
    assert {r.set_aside for r in set_aside()} == {"sender_withdrew"}


@pytest.mark.parametrize(
    ("reason", "note", "says"),
    [("because", "", "'because' is no reason"), ("other", " ", "Another reason is not said")],
)
def test_a_reason_is_one_of_the_list_and_another_one_is_said(total, reason, note, says):
    with pytest.raises(UnknownReason, match=says):
        actions.dismiss(by="officer", row=total, reason=reason, note=note)
    with pytest.raises(NotSetAside):
        actions.take_back(by="officer", row=total)
