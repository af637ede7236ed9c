"""What is counted of crimes and matches; and that all of it is told to the person it is about, and none of it in a position."""

from datetime import date

import pytest

from tests.strands.conftest import figures_of
from tests.strands.tagging_crimes.conftest import DAY, IMPORTED, police_file, police_row, walk
from throughcare.core.pilot import Period
from throughcare.registry.parts import held_about, tasks, timeline
from throughcare.strands.tagging import models as m
from throughcare.strands.tagging.crimes import actions
from throughcare.strands.tagging.crimes.measures import MEASURES
from throughcare.strands.tagging.evidence.actions import make
from throughcare.strands.tagging.evidence.paper import Request
from throughcare.strands.tagging.tracks.actions import look

pytestmark = pytest.mark.django_db
YEAR = Period(start=date(2017, 1, 1), end=date(2018, 1, 1))


def figures(slug: str) -> dict[str, float | None]:
    return figures_of(MEASURES, slug, YEAR)


@pytest.fixture
def worked(orders, came, officer):
    """Three crimes; two people near the first, one near the second; of three matches one sent, one not of use, one waits."""
    orders("A T1 2017-03-20 2017-04-20", "B T2 2017-03-20 2017-04-20")
    came(*walk("T1", "12:00", 10), *walk("T2", "12:05", 10, north=40), *walk("T1", "15:00", 10, north=5000))
    rows = [police_row("C1"), police_row("C2", "20170322150000", "20170322160000", north=5000, kind="RB"),
            police_row("C3", north=20_000)]  # fmt: skip
    actions.take_and_run(by="test", name="c.csv", content=police_file(*rows), at=IMPORTED)
    one, two, _ = m.Match.objects.order_by("result__version__crime__reference", "person__surname")
    actions.review(reader=officer, match=one, decision="police", reason="Seen")
    actions.review(reader=officer, match=two, decision="not_of_use", reason="Passing")
    actions.charge(reader=officer, match=one, charged_on=DAY, offence="Theft", reference="CH/1")
    return one


def test_each_figure(worked):
    assert figures("tag.crimes") == {"RB": 1, "BIAD": 0, "AB": 0, "BOTD": 0, "TOMV": 0, "TFP": 2, "TFMV": 0, "total": 3}
    assert figures("tag.matches")["total"] == 3
    assert figures("tag.matches_reviewed")["total"] == pytest.approx(67, abs=0.5)
    assert {k: v for k, v in figures("tag.match_decisions").items() if v} == {"police": 1, "not_of_use": 1, "total": 2}
    assert figures("tag.matches_sent")["total"] == 1
    assert figures("tag.match_charges")["total"] == 1
    assert figures("tag.days_to_review")["total"] == 2


def test_what_was_replaced_or_taken_back_is_not_counted(worked, officer):
    actions.take_charge_back(reader=officer, charge=m.MatchCharge.objects.get())
    actions.take_back(reader=officer, review=worked.reviews.get())
    assert figures("tag.match_charges")["total"] == 0 and figures("tag.matches_sent")["total"] == 0
    actions.run(by="test", versions=[worked.result.version], cause="again", at=IMPORTED)
    assert figures("tag.matches")["total"] == 3 and m.Match.objects.count() == 5
    assert figures("tag.match_decisions")["total"] == 0


def test_without_crimes_there_are_none(db):
    assert {m.slug: figures(m.slug).get("total", 0) for m in MEASURES} | {"tag.matches_reviewed": 0, "tag.days_to_review": 0} == {
        m.slug: 0 for m in MEASURES
    }


def test_everything_is_told_to_the_person_it_is_about_and_no_position(worked, officer, person_id):
    order = worked.order
    look(reader=officer, order=order, purpose="court", text="A report", first=date(2017, 3, 22), last=date(2017, 3, 22))
    make(reader=officer, match=worked, request=Request(asked_by="DC", asked_reference="R", asked_for="x", witness="y", post="z"))
    held = held_about(person_id("A"))["tagging"]
    for table, rows in (("matches with crimes", 2), ("reviews of matches", 1), ("charges reported of matches", 1),
                        ("looks at positions", 1), ("evidence packs", 1), ("tags not seen in a crime's window", 0)):  # fmt: skip
        assert len(held[table]) == rows, table
    assert "latitude" not in str(held["matches with crimes"]) and "51.5" not in str(held["evidence packs"])
    told = [entry.words for entry in timeline(person_id("A")) if entry.row == "crime_matches"]
    assert told == ["A match of the tag with a crime was sent to the police; it proves no presence",
                    "Charge that followed a match of the tag: Theft"]  # fmt: skip
    assert [e for e in timeline(person_id("B")) if e.row == "crime_matches"] == []


def test_a_match_waits_for_the_monitoring_officer_until_it_is_reviewed(worked, officer):
    mine = [task for task in tasks(officer) if task.key.startswith("tagging.match:")]
    assert [task.words for task in mine] == ["Match with crime C2 of 22 March 2017"]
