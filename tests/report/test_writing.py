"""Sentences with their figures, figures that are not there, and an output that appears whole or not at all."""

import pytest

from tests.report.conftest import PERIOD
from tests.report.made_up import AROUND, FINDINGS, measures, provenance
from throughcare.casework.pilot import current_pilot
from throughcare.core.whole_folder import OutputRefused
from throughcare.report.compose import compose
from throughcare.report.figures import MissingFigure, gather
from throughcare.report.prose import FaultyProse
from throughcare.report.sentences import NotAPlace, say, words
from throughcare.report.write import write_report


def sentence(figures, template: str) -> str:
    return "".join(part if isinstance(part, str) else words(part) for part in say(figures, template).parts)


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{cohort.size_initial} people", "1,363 people"),
        ("{psr.within_5_days_rate}", "38%"),
        ("{psr.within_5_days_rate:counts}, target {psr.within_5_days_rate:target}: {psr.within_5_days_rate:state}",
         "86 of 225, target 90%: not met"),
        ("{contact.weekly_mean} against {contact.weekly_mean:target}: {contact.weekly_mean:state}", "1.18 against 1: met"),
        ("{psr.no_report_adjourned[*]:numerator}, {psr.no_report_adjourned[of the 722 without a report]:denominator}", "79, 722"),
        ("{history.arrests_mean:period}", "reference day 31 July 2015"),
    ],
)  # fmt: skip
def test_a_sentence_takes_its_figures_from_results(figures, template, said):
    assert sentence(figures(False), template) == said


@pytest.mark.parametrize("template", ["{psr.no_such}", "{cohort.size_initial[Camden]}", "{idp.requested[*]}"])
def test_a_figure_that_is_not_there_is_an_error_and_not_a_blank(figures, template):
    with pytest.raises(MissingFigure):
        say(figures(False), template)


def test_an_unknown_form_is_refused(figures):
    with pytest.raises(NotAPlace, match="rounded"):
        say(figures(False), "{cohort.size_initial:rounded}")


@pytest.mark.parametrize("gone", ["referrals", "psr.age_mean", "overlap.pair", "cohort.size_initial"])
def test_a_report_without_one_of_its_measures_fails(gone):
    some = [m for m in measures() if m.slug != gone]
    with pytest.raises(MissingFigure, match=gone):
        compose(gather(some, pilot=current_pilot(), period=PERIOD, public=False, findings=FINDINGS))


@pytest.mark.django_db
def test_every_figure_of_the_report_has_its_measure():
    from throughcare.measures.all_measures import all_measures

    figures = gather(all_measures(), pilot=current_pilot(), period=PERIOD, public=False, findings=())
    assert [s.slug for s in compose(figures).sections][:3] == ["summary", "pilot", "cohort"]


@pytest.mark.django_db
def test_a_store_without_anybody_gives_a_report_of_zeros_and_unknowns():
    from throughcare.measures.all_measures import all_measures

    figures = gather(all_measures(), pilot=current_pilot(), period=PERIOD, public=True, findings=())
    assert sentence(figures, "{psr.delivered[total|all]} reports, {psr.received_rate}") == "0 reports, an unknown number"


def written(output, made=None, prose=None):
    return write_report(
        pilot=current_pilot(), period=PERIOD, audience="governance", output=output, measures=made or measures(), findings=(),
        around=AROUND, provenance=provenance(), prose=prose or {},
    )  # fmt: skip


def test_an_earlier_report_is_replaced_whole(tmp_path):
    output = tmp_path / "out" / "report"
    written(output)
    (output / "left-over.txt").write_text("from before")
    assert written(output) == output / "index.html"
    assert sorted(p.name for p in output.iterdir()) == ["figures.csv", "index.html", "report.pdf", "report.xlsx"]
    assert [p.name for p in output.parent.iterdir()] == ["report"]


def test_a_report_that_fails_leaves_the_earlier_one(tmp_path):
    output = tmp_path / "report"
    written(output)
    before = (output / "index.html").read_bytes()
    with pytest.raises(MissingFigure):
        written(output, [m for m in measures() if m.slug != "taskings"])
    assert (output / "index.html").read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["report"]


def test_faulty_prose_leaves_the_earlier_report(tmp_path):
    output = tmp_path / "report"
    written(output)
    before = {file.name: file.read_bytes() for file in output.iterdir()}
    with pytest.raises(FaultyProse, match=r"courts\.md line 1, column 8: 225: a number that was typed"):
        written(output, prose={"courts": "It was 225 reports"})
    assert {file.name: file.read_bytes() for file in output.iterdir()} == before


def test_the_same_report_is_written_with_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        written(tmp_path / name)
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes(), file.name


def test_what_is_not_a_report_is_not_replaced(tmp_path):
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "one.txt").write_text("dear")
    for output in (tmp_path / "letters", tmp_path / "letters" / "one.txt"):
        with pytest.raises(OutputRefused):
            written(output)
    assert (tmp_path / "letters" / "one.txt").read_text() == "dear"
