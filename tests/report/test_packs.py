"""The governance pack: exceptions first, small numbers told of, reasons that stand; frozen, superseded and never changed."""

import hashlib
import io
from dataclasses import replace
from datetime import UTC, date, datetime

import pikepdf
import polars as pl
import pytest
from docx import Document

from tests.report.test_pdf import elements
from throughcare.casework.access import actions as access
from throughcare.casework.access.models import Post
from throughcare.casework.audit.actions import recording
from throughcare.casework.pilot import current_pilot
from throughcare.casework.reasons.models import Reason
from throughcare.core.contracts import Axis, Group, Measure
from throughcare.core.pilot import Period
from throughcare.report.content import Heading, ItemList, Report, RunPicture, Section, Table
from throughcare.report.docx import docx
from throughcare.report.html import page
from throughcare.report.packs import files as forms
from throughcare.report.packs.actions import freeze
from throughcare.report.packs.compose import Frozen, compose
from throughcare.report.packs.gathered import gather
from throughcare.report.packs.models import Pack, PackFile
from throughcare.report.packs.queries import latest, packs
from throughcare.report.pdf import pdf
from throughcare.report.pictures import drawn
from throughcare.report.sentences import cell, plain

pytestmark = pytest.mark.django_db
PERIOD = Period(start=date(2016, 10, 1), end=date(2017, 1, 1))
FROZEN = Frozen(at=datetime(2017, 3, 1, 10, 30, tzinfo=UTC), by="analyst as analyst", entry=1234, chain="ab" * 32)
MONTHS = range(2, 13)


def rows(scope) -> pl.DataFrame:
    """Ten reports a month, three of them in Camden; four in time, in December all."""
    told = [
        (date(2016, month, 10), "Camden" if n < 3 else "Hackney", n < 4 or month == 12) for month in MONTHS for n in range(10)
    ]  # fmt: skip
    return pl.DataFrame(told, schema=["on", "borough", "in_time"], orient="row")


RATE = Measure(
    slug="psr.within_5_days_rate", title="Share of the reports within 5 days", why="The outcome", unit="percent",
    statistic="share", rows=rows, hit=pl.col("in_time"), target=90, service="court_reports",
)  # fmt: skip
EASY = replace(RATE, slug="psr.easy", title="Reports of any age", target=10)


def pack(*measures: Measure) -> tuple[Report, int]:
    return compose(gather(measures or (RATE,), pilot=current_pilot(), period=PERIOD), FROZEN)


def section(report: Report, slug: str) -> Section:
    return next(each for each in report.sections if each.slug == slug)


def said(report: Report, slug: str) -> str:
    """All that a section says in sentences."""
    told = []
    for block in section(report, slug).blocks:
        if isinstance(block, ItemList):
            told += [f"{item.term}: {plain(item.words.parts)}" for item in block.items]
        elif not isinstance(block, Table | Heading | RunPicture):
            told += [plain(p.parts) for p in getattr(block, "items", (block,))]
    return "\n".join(told)


def tables(report: Report, slug: str) -> list[list[list[str]]]:
    found = [block for block in section(report, slug).blocks if isinstance(block, Table)]
    return [[[row.heading, *map(cell, row.cells)] for row in table.rows] for table in found]


def reason(figure: str, *, since: date = PERIOD.start, taken_back: bool = False) -> None:
    post = access.make_post(by="t", slug="manager", title="Pilot manager's post", role="pilot_manager")
    with recording(by="t", verb="reasons.write"):
        Reason(
            measure=RATE.slug, group="all", part="", since=since, until=PERIOD.end, figure=figure, target="90%", whole=True,
            text="The vacancy is filled since December.", on=date(2017, 2, 1), post=post, by="t", taken_back=taken_back,
        ).save()  # fmt: skip


def test_the_order_is_warning_exceptions_strands():
    report, _ = pack()
    assert [s.slug for s in report.sections] == ["before", "exceptions", "court_reports"]
    assert [s.new_page for s in report.sections] == [False, False, True]


def test_an_exception_says_what_changed_and_whether_it_is_noise():
    report, _ = pack()
    told = said(report, "exceptions")
    assert "Court reports: share of the reports within 5 days: Over the period 60% [p] (18 of 30 [p]), " in told
    assert "target 90%: not met." in told
    assert "What changed: 100% [p] in December 2016, 40% [s] [p] in November 2016." in told
    assert "December 2016 is outside its control limits: more than chance gives." in told


def test_a_figure_that_did_not_move_is_noise():
    same = replace(RATE, hit=pl.col("borough") == "Camden")
    assert "December 2016 is within its control limits: noise." in said(pack(same)[0], "exceptions")


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (None, "no reason is written for the figure as it stands; to be asked of Court officer."),
        ({"figure": "60%"}, "What is being done: The vacancy is filled since December. (Pilot manager's post, 1 February 2017)"),
        # the figure has changed since, or it was of other months: it falls away
        ({"figure": "55%"}, "to be asked of Court officer. The last, of 1 February 2017, was of the figure when it was 55%."),
        ({"figure": "60%", "since": date(2016, 9, 1)}, "no reason is written for the figure as it stands"),
        ({"figure": "60%", "taken_back": True}, "no reason is written for the figure as it stands"),
    ],
)
def test_what_is_being_done_is_the_owners_reason_as_long_as_it_stands(written, told):
    if written:
        reason(**written)
    assert told in said(pack()[0], "exceptions")


def test_the_page_of_a_strand_has_the_reasons_of_its_figures_and_of_its_boroughs():
    """Camden's 9 of 9 is told too; Hackney's was of another value, and has fallen away."""
    reason("60%")
    for part, figure in (("borough=Camden", "100%"), ("borough=Hackney", "44%")):
        with recording(by="t", verb="reasons.write"):
            Reason(
                measure=RATE.slug, group="all", part=part, since=PERIOD.start, until=PERIOD.end, figure=figure, target="90%",
                whole=True, text=f"Of {part}", on=date(2017, 2, 1), post=Post.objects.get(slug="manager"), by="t",
            ).save()  # fmt: skip
    told = said(pack()[0], "court_reports")
    assert "Share of the reports within 5 days: 60% [p]: The vacancy is filled since December. (Pilot manager's post" in told
    assert "Share of the reports within 5 days, Camden: 100% [p]: Of borough=Camden. (" in told
    assert "Hackney: " not in told


def test_small_numbers_are_marked_and_told_of_on_the_cover():
    """Of Camden 9 reports in three months, 6 in time... and those not in time are none; of November alone 4 of 10 in time."""
    report, small = pack()
    figures, boroughs = tables(report, "court_reports")
    assert figures == [["Share of the reports within 5 days", "60% [p]", "18 of 30 [p]", "90%", "not met"]]
    assert boroughs[0][:2] == ["Camden", "100% [p]"]
    assert boroughs[1][:2] == ["Hackney", "43% [p]"]
    assert small == 10, "4 of 10 in each month from February to November, in the picture of the exception"
    assert f"{small} figures of this pack count fewer than 5" in said(report, "before")
    assert "40% [s] [p] in November 2016" in said(report, "exceptions")


def test_a_pack_without_small_numbers_says_so():
    report, small = pack(replace(RATE, hit=pl.col("borough") == "Hackney", rows=lambda scope: pl.concat([rows(scope)] * 5)))
    assert small == 0
    assert "No figure of this pack counts, or leaves out, fewer than 5" in said(report, "before")


def test_an_exception_has_its_run_chart_with_its_months_beside_it():
    report, _ = pack()
    (picture,) = [block for block in section(report, "exceptions").blocks if isinstance(block, RunPicture)]
    assert picture.says.startswith("February 2016: 40%; December 2016: 100%. Middle 46%, limits ")
    assert "more than chance gives. Target 90%." in picture.says
    rows = [[row.heading, *map(cell, row.cells)] for row in picture.months.rows]
    assert [row[0] for row in rows] == [f"{date(2016, month, 1):%B %Y}" for month in MONTHS]
    assert rows[0][1] == "40% [s] [p]" and rows[0][3] == "not a whole month"
    assert rows[-1][1] == "100% [p]" and rows[-1][3] == "outside"
    assert "outside: outside its control limits." in picture.months.note
    drawing = drawn(report)[picture.slug]
    assert 'role="img"' in drawing and picture.says.replace("&", "&amp;") in drawing


def test_the_run_chart_is_in_all_three_forms_with_its_words():
    """The page and the PDF have the drawing, tagged with what it shows; the Word document a picture with the same words."""
    report, _ = pack()
    drawings = drawn(report)
    (picture,) = [block for block in section(report, "exceptions").blocks if isinstance(block, RunPicture)]
    text = page(report, drawings)
    assert f'id="{picture.slug}-desc"' in text and "Data of court reports" in text
    with pikepdf.open(io.BytesIO(pdf(report, drawings))) as file:
        said_of = [str(node.get("/Alt", "")) for node in elements(file.Root.StructTreeRoot)]
        assert any(picture.says in each for each in said_of)
    document = Document(io.BytesIO(docx(report, drawings)))
    described = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert described == [picture.says]
    assert any("Month" in table.rows[0].cells[0].text for table in document.tables)


def test_months_before_a_service_began_are_no_months_of_it():
    """Mentoring began on 25 April 2016: the months before are not nought, they are not there."""
    told = replace(RATE, slug="referrals", statistic="count", hit=None, target=None, unit="referrals", service="mentoring",
                   axes=(Axis(groups=(Group(label="Mentoring"),)),))  # fmt: skip
    headline = next(h for h in gather((told,), pilot=current_pilot(), period=PERIOD).headlines)
    assert headline.chart.points[0].month == "2016-04" and not headline.chart.points[0].whole


def test_the_cover_says_by_whom_and_from_which_state():
    told = said(pack()[0], "before")
    assert "Frozen on Wednesday 1 March 2017 at 10:30 by analyst as analyst" in told
    assert "after entry 1,234 of its log (abababababab)" in told


def test_a_strand_says_who_answers_what_is_provisional_and_which_post_was_vacant():
    court = "Highbury Corner"
    access.make_post(by="t", slug="court-hc", title=f"Court officer, {court}", role="court_officer", place=court)
    told = said(pack()[0], "court_reports")
    assert "Who answers for it: Court officer." in told
    assert "Provisional: not all returns are in. Still to come: court-" in told
    assert "The post Court officer, Highbury Corner has been vacant since 6 February 2016" in told


def test_a_figure_on_target_that_is_whole_and_still_is_no_exception(monkeypatch):
    monkeypatch.setattr("throughcare.report.packs.gathered.caveats", lambda measure, **of: ())
    told = said(pack(replace(EASY, hit=pl.col("borough") == "Camden"))[0], "exceptions")
    assert "1 have a target and 0 are under it" in told
    assert "Nothing needs the group's attention." in told


@pytest.fixture
def few(monkeypatch):
    """Packs of one measure: what is frozen is tested here, not every figure."""
    monkeypatch.setattr(forms, "all_measures", lambda: (RATE,))
    return lambda by="analyst": freeze(by=by, at=FROZEN.at, pilot=current_pilot(), period=PERIOD)


def test_a_frozen_pack_has_its_forms_digests_and_state(few):
    made = few()
    kept = {file.name: bytes(file.content) for file in PackFile.objects.filter(pack=made)}
    assert sorted(kept) == ["figures.csv", "pack.docx", "pack.html", "pack.pdf"]
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in kept.items()}
    assert {f.name: f.sha256 for f in made.files.all()} == digests
    assert made.sha256 == hashlib.sha256("".join(digests[name] for name in sorted(kept)).encode()).hexdigest()
    assert (made.by, made.small, made.state, len(made.state_hash)) == ("analyst", 10, 0, 64)
    assert kept["pack.pdf"].startswith(b"%PDF")
    assert "governance pack" in Document(io.BytesIO(kept["pack.docx"])).core_properties.title
    assert "Before you pass this on" in kept["pack.html"].decode()
    assert kept["figures.csv"].decode().startswith("id,group,month")


def test_the_same_days_again_supersede_and_do_not_overwrite(few, monkeypatch):
    first = few()
    before = {f.name: bytes(f.content) for f in first.files.all()}
    monkeypatch.setattr(forms, "all_measures", lambda: (EASY,))
    second = few("manager")
    assert (second.supersedes, latest(PERIOD), second.state > first.state) == (first, second, True)
    assert [(p.pk, p.is_superseded) for p in packs()] == [(second.pk, False), (first.pk, True)]
    assert {f.name: bytes(f.content) for f in Pack.objects.get(pk=first.pk).files.all()} == before, "as it was"
