"""The maps of an evidence pack: everything that is told is on them, true to scale; and a paper has its tables and drawings in
every form.
"""

import re
from math import dist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.positions.made import haversine, place
from throughcare.design.paper import Paper, as_html, as_pdf, as_text, drawing, kept, shown_again, table
from throughcare.strands.tagging.evidence.drawing import HIGH, MARGIN, WIDE, detail, overview, plane

PLACES = st.tuples(st.floats(51.2, 51.8), st.floats(-0.6, 0.4))


@given(st.lists(PLACES, min_size=1, max_size=20))
def test_all_places_are_on_the_map_within_its_margin(places):
    on = plane(places)
    for told in places:
        x, y = on.point(told)
        assert MARGIN - 1 <= x <= WIDE - MARGIN + 1 and MARGIN - 1 <= y <= HIGH - MARGIN + 1


@given(PLACES, st.floats(-300, 300), st.floats(-300, 300))
def test_metres_are_true_to_scale(middle, north, east):
    one, other = place(0, 0), place(north, east)
    on = plane([one, other])
    drawn = dist(on.point(one), on.point(other)) / on.per_metre
    assert drawn == pytest.approx(haversine(*one, *other), rel=0.01, abs=1.0)


def test_the_whole_circle_of_the_crime_is_on_both_maps():
    crime = place(0, 0)
    for svg in (overview([place(900, 0), place(0, 40)], crime, 100, {"features": []}), detail([("A1", crime, 12.0)], crime, 100)):
        found = re.search(r'cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)" fill="#942514"', svg)
        x, y, r = map(float, found.groups())
        assert r <= min(x, WIDE - x) and r <= min(y, HIGH - y)


def test_a_fix_without_a_precision_has_no_circle_and_a_label_is_escaped():
    svg = detail([("A<1", place(10, 0), None)], place(0, 0), 100)
    assert "A&lt;1" in svg and svg.count('fill="none" stroke="#1d5a96"') == 0


def test_a_paper_has_its_table_and_its_drawing_in_every_form():
    svg = overview([place(0, 0), place(10, 10)], place(0, 0), 100, {"features": []})
    paper = Paper(title="T", to="x", day="1 May 2017", blocks=(
        table("Fixes", ("Fix", "Where"), ("A1", "<here>"), ("A2", "there")), drawing(svg, says="A track of two fixes"),
    ))  # fmt: skip
    assert "Fix; Where\nA1; <here>\nA2; there" in as_text(paper) and "A track of two fixes" in as_text(paper)
    page = as_html(paper)
    assert "<td>&lt;here&gt;</td>" in page and "<caption>Fixes</caption>" in page and "<svg" in page
    assert as_pdf(paper).startswith(b"%PDF-") and as_pdf(paper) == as_pdf(paper)
    assert shown_again(kept(paper)) == paper
