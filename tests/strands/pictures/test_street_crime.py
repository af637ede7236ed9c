"""Street crime as the police publish it, counted by small area; and the outlines that a pilot brings."""

import json
from datetime import date
from pathlib import Path

import pytest

from throughcare.casework import outlines as shapes
from throughcare.casework.pilot import current_pilot
from throughcare.strands.policing.picture.actions import load_street_crime
from throughcare.strands.policing.picture.errors import StreetCrimeRefused
from throughcare.strands.policing.picture.models import StreetCrime
from throughcare.strands.policing.picture.street_crime import counted, layers, months_kept

HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context"
)
ROWS = """
a,2016-12,Force,Force,-0.05,51.50,On or near A,E01000001,Hackney 001A,Burglary,,
b,2016-12,Force,Force,-0.07,51.52,On or near B,E01000001,Hackney 001A,Burglary,,
,2016-12,Force,Force,-0.06,51.55,On or near C,E01000002,Hackney 012B,Burglary,,
c,2016-12,Force,Force,,,No Location,,,Burglary,,
d,2016-12,Force,Force,-0.06,51.55,On or near C,E01000002,Hackney 012B,Robbery,,
e,2016-12,Force,Force,0.03,51.53,On or near D,E01000003,Tower Hamlets 003AB,Burglary,,
""".strip()
FILE = f"{HEADER}\n{ROWS}\n"
REAL = Path(__file__).parents[4] / "shared" / "data"


def kept(text=FILE, kinds=("Burglary",)):
    return counted("2016-12-force-street.csv", text.encode(), kinds)


def test_crimes_of_a_type_by_small_area():
    found = kept()
    assert (found.month, found.kinds, found.crimes, found.nowhere, found.others) == (date(2016, 12, 1), ("Burglary",), 5, 1, 1)
    assert found.rows.select("area_code", "area", "borough", "number").rows() == [
        ("", "", "", 1), ("E01000001", "Hackney 001A", "Hackney", 2), ("E01000002", "Hackney 012B", "Hackney", 1),
        ("E01000003", "Tower Hamlets 003AB", "Tower Hamlets", 1),
    ]  # fmt: skip
    assert found.rows["latitude"].to_list() == pytest.approx([None, 51.51, 51.55, 51.53])


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "not street crime"),
        ("a,b\n1,2\n", "not street crime"),
        ("\xff\xfe", "not street crime"),
        (f"{HEADER}\n", "no crimes"),
        (FILE.replace("a,2016-12", "a,2016-11"), "not of one month"),
        (FILE.replace("2016-12", "2016-13"), "not of one month"),
        (FILE.replace("Burglary", "Robbery"), "no burglary"),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_refused_whole(text, what):
    with pytest.raises(StreetCrimeRefused, match=what):
        kept(text)


@pytest.mark.django_db
def test_the_same_month_again_takes_the_place_of_what_was_kept():
    load_street_crime(by="test", counted=kept())
    load_street_crime(by="test", counted=kept(FILE.replace("b,2016-12", "b,2016-12").replace("Hackney 012B", "Hackney 014C")))
    assert months_kept() == [(date(2016, 12, 1), "Burglary")]
    assert StreetCrime.objects.get(area_code="E01000002").area == "Hackney 014C"
    (layer,) = layers(["Hackney", "Camden"], ["Burglary"])
    assert (layer.number, [(each.area, each.number) for each in layer.areas]) == (3, [("Hackney 001A", 2), ("Hackney 014C", 1)])
    load_street_crime(by="test", counted=kept(FILE.replace("2016-12", "2017-01")))
    assert [layer.month for layer in layers(["Hackney"], ["Burglary"])] == [date(2017, 1, 1)]  # the latest


@pytest.mark.skipif(not REAL.exists(), reason="the month of the Metropolitan Police is not here")
def test_a_real_month_is_counted_whole():
    found = counted("met.csv", (REAL / "met-burglary-2023-01.csv").read_bytes(), ["Burglary"])
    assert found.rows["number"].sum() == found.crimes == 5143
    assert found.nowhere == 159
    assert {"Hackney", "Tower Hamlets", "Westminster"} <= set(found.rows["borough"])


@pytest.fixture
def brought(tmp_path, monkeypatch, settings):
    """brought({...}): the pilot brings this file."""

    def bring(told) -> None:
        settings.THROUGHCARE_PILOT = tmp_path / "pilot.toml"
        (tmp_path / "boroughs.geojson").write_text(told if isinstance(told, str) else json.dumps(told))
        pilot = current_pilot_of
        figures = pilot.picture.model_copy(update={"outlines": "boroughs.geojson"})
        monkeypatch.setattr(shapes, "current_pilot", lambda: pilot.model_copy(update={"picture": figures}))

    current_pilot_of = current_pilot()
    return bring


SQUARE = [[[-0.1, 51.512345], [0, 51.5], [0, 51.6], [-0.1, 51.512345]]]


def feature(kind="Polygon", coordinates=SQUARE, **properties):
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}


def test_outlines_give_names_and_shapes_and_nothing_else(brought):
    brought({"features": [feature(NAME="Hackney", note="x"), feature("MultiPolygon", [SQUARE]), feature("Point", [0, 51])]})
    found = shapes.outlines()["features"]
    assert [each["properties"] for each in found] == [{"name": "Hackney"}, {"name": ""}]
    assert found[0]["geometry"]["coordinates"][0][0] == [-0.1, 51.5123]


def test_without_a_file_there_are_none():
    assert shapes.outlines() == {"type": "FeatureCollection", "features": []}


@pytest.mark.parametrize("told", ["not JSON", {}, {"features": [{}]}, {"features": [feature(coordinates=[[[530000, 180000]]])]},
                                  {"features": [feature(coordinates=[])]}])  # fmt: skip
def test_a_file_that_is_none_is_refused(brought, told):
    brought(told)
    with pytest.raises(shapes.OutlinesRefused):
        shapes.outlines()


@pytest.mark.skipif(not REAL.exists(), reason="the boroughs' outlines are not here")
def test_the_outlines_of_london_are_read(brought):
    brought((REAL / "london-boroughs.geojson").read_text())
    assert len(shapes.outlines()["features"]) == 33
