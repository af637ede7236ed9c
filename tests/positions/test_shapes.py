"""Shapes from GeoJSON: what is taken, what is refused, and metres to the edge."""

import json
from pathlib import Path

import numpy as np
import pytest

from tests.positions.made import HOME, place
from throughcare.positions.shapes import ShapeRefused, circle, from_geojson

BOROUGHS = Path(__file__).parents[3] / "shared" / "data" / "london-boroughs.geojson"


def square(side: float = 1_000.0) -> dict:
    corners = [place(*c)[::-1] for c in ((0, 0), (0, side), (side, side), (side, 0), (0, 0))]
    return {"type": "Polygon", "coordinates": [[list(c) for c in corners]]}


def feature(geometry, **properties) -> str:
    return json.dumps({"type": "Feature", "properties": properties, "geometry": geometry})


def edge(shape, north, east):
    latitude, longitude = place(north, east)
    return float(shape.edge_m(np.array([latitude]), np.array([longitude]))[0])


# metres north and east of the corner of a square of 1,000 metres | metres to its edge
SQUARE = [((500, 500), -500), ((500, 10), -10), ((500, 0), 0), ((500, -30), 30), ((-30, -40), 50), ((1_200, 500), 200)]


@pytest.mark.parametrize(("where", "metres"), SQUARE)
def test_metres_to_the_edge_of_an_area(where, metres):
    ((_, shape),) = from_geojson(feature(square()))
    assert edge(shape, *where) == pytest.approx(metres, abs=0.5)


def test_a_point_with_a_radius_is_a_circle_and_a_line_a_corridor():
    ((_, shape),) = from_geojson(feature({"type": "Point", "coordinates": HOME[::-1]}, radius_m=200, name="A zone"))
    assert [edge(shape, 0, east) for east in (0, 150, 260)] == pytest.approx([-200, -50, 60], abs=0.1)
    line = {"type": "LineString", "coordinates": [list(place(0, 0)[::-1]), list(place(0, 1_000)[::-1])]}
    ((_, corridor),) = from_geojson(feature(line, radius_m=50))
    assert [edge(corridor, north, 500) for north in (0, 40, -80)] == pytest.approx([-50, -10, 30], abs=0.1)


def test_a_hole_is_outside():
    hole = {
        "type": "Polygon",
        "coordinates": [
            *square(1_000)["coordinates"],
            [list(place(*c)[::-1]) for c in ((400, 400), (400, 600), (600, 600), (600, 400), (400, 400))],
        ],
    }
    ((_, shape),) = from_geojson(json.dumps(hole))
    assert edge(shape, 500, 500) == pytest.approx(100, abs=0.5)
    assert edge(shape, 300, 300) < 0


def test_how_deep_a_way_leads_in():
    ((_, shape),) = from_geojson(feature(square()))
    ways = [((500, -50), (500, 1_050)), ((-50, 950), (50, 1_050)), ((-50, 0), (-50, 900)), ((-60, 980), (60, 1_020))]
    ends = [np.array([place(*way[end])[axis] for way in ways]) for end in (0, 1) for axis in (0, 1)]
    assert shape.depth_m(*ends) == pytest.approx([500, 0, 0, 10], abs=12)
    round_one = circle(*HOME, 100)
    assert round_one.depth_m(*(np.array([v]) for v in (*place(30, -500), *place(30, 500)))) == pytest.approx([70], abs=0.5)


bow_tie = {"type": "Polygon", "coordinates": [[[0, 51], [0.1, 51.1], [0.1, 51], [0, 51.1], [0, 51]]]}
WRONG = [
    ("no json", "no JSON"),
    ("[]", "no shape"),
    (feature({"type": "GeometryCollection", "geometries": []}), "no shape of a zone"),
    (feature(bow_tie), "no area"),
    (feature({"type": "Point", "coordinates": [0, 51]}), "has no radius"),
    (feature(None), "nothing"),
    (feature({"type": "Point", "coordinates": [0, 51]}, radius_m="wide"), "radius is 'wide'"),
    (feature({"type": "Point", "coordinates": [0, 51]}, radius_m=-1), "radius is -1"),
    (feature({"type": "Point", "coordinates": [51.5, -0.1]}, radius_m=50), "each other's place"),
    (feature({"type": "Polygon", "coordinates": []}), "nothing in it"),
    (
        feature({"type": "Polygon", "coordinates": [[[530000, 180000], [530100, 180000], [530100, 180100], [530000, 180000]]]}),
        "not on the map",
    ),
    (feature({"type": "Polygon", "coordinates": [[[0, 51], [1, 51]]]}), "cannot be read"),
]


@pytest.mark.parametrize(("text", "says"), WRONG)
def test_what_is_no_zone_is_refused_with_the_feature_named(text, says):
    with pytest.raises(ShapeRefused, match=says):
        from_geojson(text)
    if text.startswith("{"):
        collection = json.dumps({"type": "FeatureCollection", "features": [json.loads(feature(square())), json.loads(text)]})
        with pytest.raises(ShapeRefused, match="feature 2"):
            from_geojson(collection)


@pytest.mark.skipif(not BOROUGHS.exists(), reason="the borough outlines are not part of the product")
def test_the_boroughs_of_london_are_read():
    boroughs = {properties["NAME"]: shape for properties, shape in from_geojson(BOROUGHS.read_text(encoding="utf-8"))}
    assert len(boroughs) == 33
    inside = [name for name, shape in boroughs.items() if shape.edge_m(np.array([51.5416]), np.array([-0.0042]))[0] < 0]
    assert inside == ["Newham"], "Stratford"
