"""From a draft to the public: two different people, a day and an hour, and the same bytes later."""

import csv
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest

from tests.report.made_up import AROUND, measures
from tests.report.publication.conftest import AT, DAY, MADE, approved, drafted, forward
from tests.report.publication.csvw import faults
from throughcare.cli import publication as command
from throughcare.cli import store
from throughcare.cli.report import report as report_by_command
from throughcare.core.contracts import Finding, Measure
from throughcare.measures import all_measures as all_of
from throughcare.report.publication import actions, cut, queries
from throughcare.report.publication.errors import (
    NoSuchPublication,
    NotADraft,
    NotReady,
    NotTheSame,
    SamePerson,
    SomebodyElseWrote,
)
from throughcare.report.publication.reproduce import reproduce

SUMMER = date(2017, 7, 3)


def more_thefts() -> tuple:
    """The same measures, of a store that has moved on: one figure counts twelve more."""

    def grown(measure):
        if measure.slug != "survey.n":
            return measure
        return replace(measure, rows=lambda scope: pl.concat([measure.rows(scope), measure.rows(scope).head(12)]))

    return tuple(grown(measure) for measure in measures())


@pytest.mark.parametrize(
    ("embargo", "at", "out"),
    [
        (DAY, datetime(2017, 3, 1, 9, 29, tzinfo=UTC), False),
        (DAY, datetime(2017, 3, 1, 9, 30, tzinfo=UTC), True),  # in winter London is on UTC
        (SUMMER, datetime(2017, 7, 3, 8, 29, tzinfo=UTC), False),
        (SUMMER, datetime(2017, 7, 3, 8, 30, tzinfo=UTC), True),  # in summer an hour before
        (SUMMER, datetime(2017, 7, 2, 22, 0, tzinfo=UTC), False),
    ],
)
def test_nobody_outside_sees_it_before_half_past_nine_in_london(light, people, embargo, at, out):
    one = approved(forward(drafted(), on=embargo), people("ann"), people("ben"))
    assert queries.is_out(one, at) is out
    assert [edition.pk for edition in queries.listed(at)] == ([one.pk] if out else [])
    assert [edition.pk for edition in queries.announced(at)] == ([] if out else [one.pk])


def test_two_different_people_approve_what_they_saw_and_a_change_begins_anew(light, people):
    ann, ben = people("ann"), people("ben")
    one = forward(drafted())
    seen = one.sha256
    approved(one, ann)
    with pytest.raises(SamePerson):
        approved(one, ann)
    assert queries.state(one, AT) == queries.FORWARD
    actions.write(by="ann", edition=one, slug="discussion", text="# Discussion\n\nNew words.\n", after=0, at=AT)
    one = queries.found(one.pk)
    assert queries.state(one, AT) == queries.DRAFT and queries.approvals(one) == []
    with pytest.raises(NotADraft):
        actions.approve(account=ben, by="ben", edition=one, sha256=seen, at=AT)
    one = forward(one)
    assert one.sha256 != seen and queries.approvals(one) == []
    one = approved(one, ben, ann)
    assert queries.state(one, AT) == queries.PUBLISHED
    with pytest.raises(NotADraft):
        actions.write(by="ann", edition=one, slug="discussion", text="Late words.", after=1, at=AT)
    with pytest.raises(NotADraft):
        actions.count_anew(by="ann", edition=one, at=AT)


def test_the_same_bytes_after_the_store_has_moved_on(people, monkeypatch, tmp_path):
    one = approved(forward(drafted()), people("ann"), people("ben"))
    kept = {path.name: path.read_bytes() for path in queries.folder_of(one).iterdir()}
    assert {"index.html", "report.pdf", "report.xlsx", "figures.csv", "figures.csv-metadata.json"} <= set(kept)
    assert faults(kept["figures.csv"].decode(), kept["figures.csv-metadata.json"].decode(), name="figures.csv") == []
    moved = more_thefts()
    monkeypatch.setattr(cut, "all_measures", lambda: moved)
    again = reproduce(one.pk, tmp_path / "again")
    assert again.whole and again.since == ("definitions have changed: survey.n",)
    assert {path.name: path.read_bytes() for path in (tmp_path / "again").iterdir()} == kept
    newer = drafted()
    assert queries.cut_of(newer).shown != queries.cut_of(one).shown


def by_month(scope) -> pl.DataFrame:
    """Twenty cases in 2016, two more in January 2017."""
    days = [date(2016, 3 + n % 9, 10) for n in range(20)] + [date(2017, 1, 10)] * 2
    return pl.DataFrame({"on": days})


CASES = Measure(slug="made_up.cases", title="Cases", why="", unit="cases", statistic="count", rows=by_month)


def test_the_report_by_command_reckons_with_what_this_home_has_published(people, monkeypatch, tmp_path, capsys):
    """22 to the end of January less the 20 to the end of December that are published: the two of January would be told."""
    both = (*MADE, CASES)
    for place in (cut, all_of):
        monkeypatch.setattr(place, "all_measures", lambda: both)
    monkeypatch.setattr(store, "open_store", lambda: None)
    own = tmp_path / "prose"
    own.mkdir()
    (own / "discussion.md").write_text("# Discussion\n\nMost cases came in March.\n", encoding="utf-8")

    def cases_told(name: str) -> tuple[str, str]:
        report_by_command("2016-02-06", "2017-02-01", "public", tmp_path / name, own)
        lines = (tmp_path / name / "figures.csv").read_text(encoding="utf-8").splitlines()
        return next(csv.reader(line for line in lines if line.startswith("made_up.cases,")))[2], capsys.readouterr()

    value, said = cases_told("alone")
    assert value == "22"
    assert "No publication of this home is approved" in said.err
    assert "discussion.md line 3, column 1: Most: a word that claims what a number says" in said.err
    approved(forward(drafted()), people("ann"), people("ben"))
    value, said = cases_told("after")
    assert value == ""
    assert "Nothing withheld can be worked out from the publication of this home approved before" in said.out


def test_findings_are_counted_for_the_public_too_though_no_record_is_named(made_up, monkeypatch):
    """Nine records that do not fit are nine in the public report: which they are is not in it."""
    nine = Finding(slug="made_up", title="Made up", group="all", records=tuple("abcdefghi"), days=(DAY,) * 9, mend="mend")
    monkeypatch.setattr(cut.parts, "findings", lambda scope: [nine])
    told = queries.cut_of(drafted())
    assert [(f.slug, f.records, f.days) for f in told.findings] == [("made_up", (), ())]
    assert [r.value for r in told.shown if r.slug == "finding.made_up"] == [9]


def test_what_is_not_the_same_is_told(light, people, monkeypatch, tmp_path, capsys):
    one = forward(drafted())
    told = queries.hashes_of(one) | {"figures.csv": "0" * 64}
    monkeypatch.setattr(queries, "hashes_of", lambda edition: told)
    monkeypatch.setattr(store, "open_store", lambda: None)
    with pytest.raises(NotTheSame):
        command.reproduce(one.pk, tmp_path / "again")
    said = capsys.readouterr().out
    assert "figures.csv: NOT the same" in said and "index.html: the same" in said


def test_a_draft_is_not_reproduced_and_a_number_that_is_none_is_refused(made_up, tmp_path):
    with pytest.raises(NotADraft):
        reproduce(drafted().pk, tmp_path / "a")
    with pytest.raises(NoSuchPublication):
        reproduce(99, tmp_path / "b")


def test_a_next_version_says_what_changed_and_why(light, people, monkeypatch):
    ann, ben = people("ann"), people("ben")
    first = approved(forward(drafted()), ann, ben)
    moved = more_thefts()
    monkeypatch.setattr(cut, "all_measures", lambda: moved)
    second = drafted()
    assert second.version == 2 and queries.before(second).pk == first.pk
    told = queries.changes(queries.cut_of(first), queries.cut_of(second))
    assert [(c.group, c.was, c.now, c.by) for c in told if c.title == "Title of survey.n"] == [("all", "44", "56", "+12")]
    with pytest.raises(NotReady):
        forward(second, why=" ")
    second = approved(forward(second, why="Twelve late answers came."), ann, ben)
    ((shown, older),) = queries.current(AT)
    assert (shown.pk, [e.pk for e in older]) == (second.pk, [first.pk])


def test_an_embargo_that_is_over_and_the_governance_report_are_refused(light, made_up):
    with pytest.raises(NotReady):
        forward(drafted(), on=DAY - timedelta(days=1))
    governance = actions.make(by="ann", period=queries.period_of(drafted()), audience="governance", at=AT)
    with pytest.raises(NotReady):
        forward(governance)


def test_the_cut_of_the_public_names_no_record_and_is_the_same_when_it_is_read(made_up):
    one = drafted()
    told = queries.cut_of(one)
    assert cut.read(told.as_text()) == told
    assert all(f.records == () for f in told.findings)
    assert [r for r in told.shown if r.statistic == "count" and r.value and r.value < 5] == []
    assert [r for r in told.counted if r.statistic == "count" and r.value and r.value < 5]


def test_what_studies_estimated_and_drew_is_the_same_when_the_cut_is_read(made_up):
    told = replace(queries.cut_of(drafted()), around=AROUND)
    again = cut.read(told.as_text())
    assert again == told and again.around.studies[1].charts == AROUND.studies[1].charts != ()


def test_what_was_withheld_once_stays_withheld_and_later_versions_know_it(light, people, monkeypatch):
    """The first version withholds small numbers and others for them; the next, of a store in which none is small any more, would
    give them away with what it publishes."""
    one = approved(forward(drafted()), people("ann"), people("ben"))
    (before,) = queries.earlier()
    hidden = {(r.slug, r.place) for r in queries.cut_of(one).shown if r.suppressed}
    assert hidden and not hidden & before.published
    again = queries.cut_of(drafted())
    assert hidden <= {(r.slug, r.place) for r in again.shown if r.suppressed}


def test_two_people_at_once_do_not_overwrite_each_other_and_an_undo_can_be_undone(made_up):
    one = drafted()
    actions.write(by="ann", edition=one, slug="discussion", text="First.", after=0, at=AT)
    with pytest.raises(SomebodyElseWrote):
        actions.write(by="ben", edition=one, slug="discussion", text="Mine.", after=0, at=AT)
    actions.write(by="ben", edition=one, slug="discussion", text="Second.", after=1, at=AT)
    actions.undo(by="ann", edition=one, slug="discussion", after=2, at=AT)
    assert queries.prose(one) == {"discussion": "First."}
    assert [(t.number, t.by, t.text) for t in queries.texts(one, "discussion")] == [
        (3, "ann", "First."), (2, "ben", "Second."), (1, "ann", "First."),
    ]  # fmt: skip


def test_prose_with_faults_is_kept_and_not_put_forward(made_up):
    one = drafted()
    actions.write(by="ann", edition=one, slug="discussion", text="There were 44 answers to {survey.m}.", after=0, at=AT)
    with pytest.raises(Exception, match="44") as refused:
        forward(one)
    assert "line 1" in str(refused.value)


def test_a_withdrawn_publication_keeps_its_notice_alone(light, people):
    one = approved(forward(drafted()), people("ann"), people("ben"))
    with pytest.raises(NotReady):
        actions.withdraw(by="ann", edition=one, notice=" ", at=AT)
    one = actions.withdraw(by="ann", edition=one, notice="A borough was counted twice.", at=AT)
    assert queries.state(one, AT) == queries.ENDED
    assert [edition.pk for edition in queries.listed(AT)] == [one.pk]
    assert json.loads(one.files)
