"""A frozen copy: what is in it, that nothing moves it, and that only its key leads back."""

import json
from dataclasses import replace
from datetime import date, timedelta

import polars as pl
import pytest

from tests.evaluation.conftest import AT, DAY
from tests.evaluation.test_registered import BOTH, registered, with_
from throughcare.casework.access import actions as access
from throughcare.casework.audit.actions import recording
from throughcare.casework.linking.actions import join, link
from throughcare.casework.people.models import Person
from throughcare.evaluation import actions, files, queries
from throughcare.evaluation.errors import CopyRefused
from throughcare.evaluation.tasks import tasks
from throughcare.web.middleware import reader_of

EARLY = date(2016, 12, 1)


@pytest.fixture
def frozen(store):
    """A study whose copy stands as of 1 December 2016, and who is who in it."""
    who = store(BOTH)
    study = registered()
    copy = actions.freeze(by="evaluator", study=study, as_at=EARLY, at=AT)
    return who, study, copy


def rows(study, copy) -> pl.DataFrame:
    return files.read_rows(study.slug, f"copy-{copy.number}", "rows", sha256=copy.sha256)


def bytes_of(study, copy) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in files.folder_of(study.slug, f"copy-{copy.number}").iterdir()}


def test_what_is_in_it(frozen):
    who, study, copy = frozen
    there = bytes_of(study, copy)
    tables = ("rows", "treatments", "codebook", "feeds", "staffing")
    assert set(there) == {f"{t}.{kind}" for t in tables for kind in ("csv", "parquet")} | {
        "protocol.toml", "pilot.json", "copy.json"}  # fmt: skip
    told = rows(study, copy)
    assert copy.rows == told.height == len(who) and copy.last_index_on == date(2016, 7, 10)
    assert pl.read_csv(there["rows.csv"]).height == told.height
    book = pl.read_csv(there["codebook.csv"])
    assert set(book.filter(pl.col("table") == "rows")["column"]) == set(told.columns)
    assert book["meaning"].str.len_chars().min() > 0
    about = json.loads(there["copy.json"])
    assert (about["key_holder"], about["keep_until"], about["pilot"]) == ("The evaluator", "2027-04-01", "gto-london-2016")


def test_no_outcome_and_nobodys_name_or_number_is_in_it(frozen):
    who, study, copy = frozen
    told = rows(study, copy)
    assert "reoffended" not in told.columns and "person" not in told.columns
    whole = b"".join(content for name, content in bytes_of(study, copy).items() if name.endswith(".csv"))
    for trace in (*(f"Planted{n}" for n in range(len(who))), "X20000", "01/2"):
        assert trace.encode() not in whole


def test_a_pseudonym_differs_from_study_to_study(frozen):
    _, study, copy = frozen
    other = registered(with_("landmark = 30", "landmark = 31"), "other")
    second = actions.freeze(by="evaluator", study=other, as_at=EARLY, at=AT)
    assert not set(rows(study, copy)["id"]) & set(rows(other, second)["id"])


def test_a_merger_does_not_move_it(frozen):
    who, study, copy = frozen
    before = bytes_of(study, copy)
    link(by="test")
    join(by="test", people=(who["A"], who["B"]), reason="one and the same")
    assert Person.objects.exclude(merged_into=None).exists()
    assert bytes_of(study, copy) == before
    made = actions.add_outcomes(by="evaluator", study=study, as_at=DAY, at=AT)
    assert made.matched == copy.rows  # both rows are matched to whom they are of now
    frame, _ = queries.frame_of(queries.current(study), copy, made)
    assert frame.height == copy.rows


def test_a_deletion_does_not_move_it(frozen, store):
    who, study, copy = frozen
    before = bytes_of(study, copy)
    _delete(who["B"])
    assert bytes_of(study, copy) == before
    made = actions.add_outcomes(by="evaluator", study=study, as_at=DAY, at=AT)
    frame, _ = queries.frame_of(queries.current(study), copy, made)
    (name,) = files.pseudonyms(files.key_of(study.slug), "person", [who["B"]]).values()
    row = frame.filter(pl.col("id") == name)
    assert (made.matched, row.height, row["reoffended"].to_list()) == (copy.rows - 1, 1, [0])


def _delete(person: int) -> None:
    """As retention would: every row about the person, then the person."""
    from django.db import connection
    from django.db.models import ProtectedError

    with recording(by="retention", verb="test.delete"):
        one = Person.objects.get(pk=person)
        for _ in range(20):
            try:
                one.delete()
                break
            except ProtectedError as error:
                for row in error.protected_objects:
                    try:
                        type(row)._base_manager.filter(pk=row.pk).delete()
                    except ProtectedError as inner:
                        for deeper in inner.protected_objects:
                            type(deeper)._base_manager.filter(pk=deeper.pk).delete()
    assert not Person.objects.filter(pk=person).exists(), connection.vendor


def test_later_facts_do_not_move_it_and_outcomes_are_added(frozen, store):
    _, study, copy = frozen
    before = bytes_of(study, copy)
    store({**BOTH, "B": {"again": [("2016-09-01", "2016-10-01")]}, "new": {}})
    assert bytes_of(study, copy) == before
    made = actions.add_outcomes(by="evaluator", study=study, as_at=DAY, at=AT)
    frame, _ = queries.frame_of(queries.current(study), copy, made)
    assert (frame.height, frame["reoffended"].sum()) == (copy.rows, 1)


def test_matching_goes_on_until_18_months_after_the_last_index_and_no_further(frozen, store):
    _, study, copy = frozen
    until = date(2018, 1, 10)
    early = actions.add_outcomes(by="evaluator", study=study, as_at=until - timedelta(days=1), at=AT)
    assert queries.frame_of(queries.current(study), copy, early)[0]["reoffended"].null_count() == copy.rows
    late = actions.add_outcomes(by="evaluator", study=study, as_at=DAY, at=AT)
    assert late.as_at == until
    assert queries.frame_of(queries.current(study), copy, late)[0]["reoffended"].null_count() == 0
    with pytest.raises(CopyRefused, match="All that may be matched"):
        actions.add_outcomes(by="evaluator", study=study, as_at=DAY, at=AT)


def test_without_its_key_nothing_is_matched(frozen):
    _, study, _ = frozen
    files.key_path(study.slug).unlink()
    with pytest.raises(CopyRefused, match="key"):
        actions.add_outcomes(by="evaluator", study=study, as_at=DAY, at=AT)


def test_the_key_is_not_with_the_copy(frozen, home):
    _, study, _ = frozen
    key = files.key_path(study.slug)
    assert key.stat().st_mode & 0o077 == 0
    assert not key.is_relative_to(home / "studies")


@pytest.mark.parametrize("name", ["rows.csv", "rows.parquet", "codebook.csv"])
def test_a_copy_that_was_altered_is_not_read(frozen, name):
    _, study, copy = frozen
    path = files.folder_of(study.slug, "copy-1") / name
    path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(CopyRefused, match="not as they were frozen"):
        rows(study, copy)


def test_a_second_copy_stands_beside_the_first(frozen):
    _, study, copy = frozen
    before = bytes_of(study, copy)
    second = actions.freeze(by="evaluator", study=study, as_at=DAY, at=AT)
    assert second.number == 2 and bytes_of(study, copy) == before
    assert queries.copy_of(study) == second
    assert set(rows(study, copy)["id"]) == set(rows(study, second)["id"])


def test_it_is_destroyed_on_its_day_and_not_before(frozen):
    who, study, copy = frozen
    with pytest.raises(CopyRefused, match="is kept"):
        actions.destroy(by="evaluator", copy=copy, as_at=date(2027, 3, 31), at=AT)
    assert queries.held_about(who["A"])["rows in frozen copies of studies"]
    actions.destroy(by="evaluator", copy=copy, as_at=date(2027, 4, 1), at=AT)
    assert not files.folder_of(study.slug, "copy-1").exists() and not files.key_path(study.slug).exists()
    copy.refresh_from_db()
    assert copy.destroyed_at == AT and copy.rows == len(who)
    assert queries.held_about(who["A"])["rows in frozen copies of studies"] == []


WAITS = [
    (date(2018, 1, 9), False, None), (date(2018, 1, 10), False, "Match them"), (date(2018, 1, 10), True, None),
    (date(2027, 3, 31), True, None), (date(2027, 4, 1), True, "Destroy it"),
]  # fmt: skip


@pytest.mark.parametrize(("day", "matched", "act"), WAITS)
def test_what_waits_for_the_evaluator(frozen, day, matched, act):
    _, study, _ = frozen
    if matched:
        actions.add_outcomes(by="evaluator", study=study, as_at=date(2018, 1, 10), at=AT)
    post = access.make_post(by="test", slug="evaluator", title="Evaluation", role="evaluator")
    account = access.make_account(by="test", username="eva")
    access.hold(by="test", post=post, account=account, start=date(2016, 1, 1))
    reader = replace(reader_of(account), day=day)
    assert [task.act[0] for task in tasks(reader)] == ([act] if act else [])


def test_subject_access_tells_of_the_row(frozen):
    who, _, _ = frozen
    (row,) = queries.held_about(who["E"])["rows in frozen copies of studies"]
    assert (row["sex"], row["study"]) == ("F", "Does mentoring lower proven reoffending?")
    assert "id" not in row
