"""What the public sees: the same small numbers withheld in text, tables, charts and file."""

from tests.report.reading import Page
from throughcare.measures.disclosure import reason
from throughcare.report.compose import compose
from throughcare.report.content import Chart, Paragraph, Report, Said, Table


def results(report: Report):
    """Every result in the tree, with the form it stands in."""
    for section in report.sections:
        for block in section.blocks:
            if isinstance(block, Paragraph):
                yield from (p.result for p in block.parts if isinstance(p, Said))
            elif isinstance(block, Table):
                yield from (c.result for row in block.rows for c in row.cells if isinstance(c, Said))
            elif isinstance(block, Chart):
                yield from (bar.result for bar in block.bars)


def test_a_figure_suppressed_is_suppressed_everywhere(figures):
    gathered = figures(True)
    hidden = {r.key for r in gathered.results if r.suppressed}
    shown = {r.key for r in results(compose(gathered)) if r.value is not None}
    assert hidden
    assert not hidden & shown


def test_no_count_under_five_is_published(written):
    counts = [r for r in written("public").figures.values() if r["value"] and not r["denominator"] and r["unit"] == "people"]
    assert counts
    assert not [r for r in counts if 0 < float(r["value"]) < 5 and r["numerator"] == r["value"]]


def test_the_one_fine_takes_a_second_number_with_it(written):
    public, governance = written("public"), written("governance")
    fine = governance.figures["psr.enhanced_requirement", "fine"]
    assert (fine["value"], fine["suppressed"]) == ("1", "")
    withheld = [g for (slug, g), r in public.figures.items() if slug == "psr.enhanced_requirement" and r["suppressed"]]
    assert len(withheld) == 2
    assert "fine" in withheld
    row = public.figures["psr.enhanced_requirement", "fine"]
    assert (row["value"], row["numerator"], row["suppressed"]) == ("", "", reason(5))
    (sentence,) = [p for p in Page(public.page).paragraphs if "enhanced activity requirement" in p and "custody" in p]
    assert sentence.endswith("a number that is not published to a fine.")


def test_a_table_says_what_its_marks_mean(written):
    page = Page(written("public").page)
    assert page.row("Newham", cells=3) == ["0", "[c]", "[c]"]
    assert any("[c]: not published, to protect small numbers" in p for p in page.paragraphs)
    assert "[c]" not in written("governance").page


def test_zero_is_published_as_zero(written):
    assert written("public").figures["taskings", "Camden"]["value"] == "0"


def test_what_is_withheld_is_listed_with_the_reason(written):
    assert reason(5) in written("public").page
    assert 'id="not-published"' in written("public").page
    assert 'id="not-published"' not in written("governance").page


def test_records_are_named_to_the_governance_group_only(written):
    assert "IDP-31" in written("governance").page
    assert "IDP-31" not in written("public").page
    assert "A plan was returned without a recorded request (Newham)" in written("public").page
    assert written("public").figures["finding.plan_without_request", "Newham"]["value"] == ""
    assert written("public").figures["finding.plan_without_request", "Hackney"]["value"] == "7"
