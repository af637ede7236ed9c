"""Repeated assessments: what is refused, what a change is, who has two, and what stands on a person's record."""

from datetime import date
from pathlib import Path

import pytest

from tests.strands.conftest import figures_of
from tests.web.access.world import load
from throughcare.casework.assessments.measures import MEASURES
from throughcare.casework.assessments.models import ScoredAssessment
from throughcare.casework.assessments.part import PART
from throughcare.casework.imports.models import QuarantinedRow
from throughcare.casework.people.models import Identifier
from throughcare.casework.pilot import current_pilot
from throughcare.core.pilot import Period
from throughcare.core.pilot_outcomes import ChangeFigures

YEAR = Period(start=date(2016, 1, 1), end=date(2017, 1, 1))
G, P = "CRIME-PICS II | G", "CRIME-PICS II | P"
ATTITUDE, PROBLEMS = "General attitude to offending", "Problems in life as the person sees them"
# On G, lower is better, 8 points are more than chance, and 90 days must lie between:
# A 60 to 50: improved. B 40 to 44: about the same. C 40 to 50 to 52: worse, by 12. D once. E again too soon.
SCORES = [
    ("A", G, "2016-01-10", 60), ("A", G, "2016-05-10", 50), ("B", G, "2016-01-10", 40), ("B", G, "2016-04-09", 44),
    ("C", G, "2016-02-01", 40), ("C", G, "2016-06-01", 50), ("C", G, "2016-09-01", 52), ("D", G, "2016-03-01", 30),
    ("E", G, "2016-03-01", 45), ("E", G, "2016-05-29", 20), ("A", P, "2016-01-10", 50),
]  # fmt: skip


@pytest.fixture
def told(db, tmp_path: Path, home):
    """told(scores): people A to E and these scores are loaded; how many rows were refused."""

    def run(scores: list[tuple[str, str, str, object]] = SCORES, *, faults: int = 0) -> None:
        people = [{"record_id": f"N{c}", "crn": f"X30000{n}", "forenames": c, "surname": f"Brellan{c}", "sex": "M",
                   "date_of_birth": "1990-01-01", "ethnicity": "White"} for n, c in enumerate("ABCDE")]  # fmt: skip
        rows = []
        for n, (who, which, on, score) in enumerate(scores):
            instrument, scale = (part.strip() for part in which.split("|"))
            rows.append({"record_id": f"S{n}", "crn": f"X30000{'ABCDE'.index(who)}", "instrument": instrument, "scale": scale,
                         "assessed_on": on, "score": score, "assessor": "NPS London"})  # fmt: skip
        load(tmp_path, {"nps-people": people, "nps-scores": rows}, faults=faults)

    return run


def test_a_change_is_from_the_first_to_the_last_and_only_so_far_apart(told):
    told()
    assert figures_of(MEASURES, "attitudes.assessed", YEAR) == {ATTITUDE: 5, PROBLEMS: 1}
    assert figures_of(MEASURES, "attitudes.again", YEAR) == {ATTITUDE: 60, PROBLEMS: 0}  # A, B (90 days) and C; E after 89
    assert figures_of(MEASURES, "attitudes.outcome", YEAR) == {
        f"{ATTITUDE}|improved": 33, f"{ATTITUDE}|about the same": 33, f"{ATTITUDE}|worse": 33}  # fmt: skip
    assert figures_of(MEASURES, "attitudes.change", YEAR) == {ATTITUDE: -2.0}  # (10 - 4 - 12) / 3
    assert figures_of(MEASURES, "attitudes.later", YEAR) == {ATTITUDE: -4.0}  # (10 - 4 - 10 - 12) / 4


def test_what_came_after_the_period_does_not_change_it(told):
    told()
    first_half = Period(start=date(2016, 1, 1), end=date(2016, 7, 1))
    assert figures_of(MEASURES, "attitudes.change", first_half) == {ATTITUDE: -1.3}  # (10 - 4 - 10) / 3


@pytest.mark.parametrize(("better", "change"), [("lower", 10.0), ("higher", -10.0)])
def test_which_way_is_better_is_said_by_the_pilot_file(told, monkeypatch, better, change):
    pilot = current_pilot()
    scales = tuple(each.model_copy(update={"better": better}) for each in pilot.change.scales)
    other = pilot.model_copy(update={"change": pilot.change.model_copy(update={"scales": scales})})
    monkeypatch.setattr("tests.strands.conftest.current_pilot", lambda: other)
    told(SCORES[:2])
    assert figures_of(MEASURES, "attitudes.change", YEAR) == {ATTITUDE: change}


# what is wrong | the row | the column | a part of the rule
WRONG = [
    ("no such scale", ("A", "CRIME-PICS II | Q", "2016-01-10", 40), "scale", "the pilot file names"),
    ("no such instrument", ("A", "PHQ-9 | Total", "2016-01-10", 10), "scale", "the pilot file names"),
    ("above the range", ("A", G, "2016-01-10", 86), "score", "in the range"),
    ("below the range", ("A", G, "2016-01-10", 16), "score", "in the range"),
    ("no number", ("A", G, "2016-01-10", "many"), "score", "a number"),
    ("a day to come", ("A", G, "2099-01-10", 40), "assessed_on", "has come"),
]


@pytest.mark.parametrize(("what", "row", "column", "rule"), WRONG, ids=[each[0] for each in WRONG])
def test_a_score_that_cannot_be_is_kept_for_correction(told, what, row, column, rule):
    told([row, ("B", "crime-pics ii | g", "2016-01-10", 85)], faults=1)
    fault = QuarantinedRow.objects.get()
    assert (fault.column, rule in fault.rule) == (column, True)
    kept = ScoredAssessment.objects.get()
    assert (kept.instrument, kept.scale, kept.score) == ("CRIME-PICS II", "G", 85)  # in the pilot file's spelling


def test_a_record_says_that_somebody_was_assessed_and_not_what_they_scored(told):
    told()
    person = Identifier.objects.get(value="X300000").person_id
    assert [(entry.on, entry.words, entry.row) for entry in PART.timeline(person)] == [
        (date(2016, 1, 10), "Assessed with CRIME-PICS II by NPS London", "supervision"),
        (date(2016, 5, 10), "Assessed with CRIME-PICS II by NPS London", "supervision"),
    ]  # fmt: skip
    (held,) = PART.held_about(person).values()
    assert [row["score"] for row in held] == [60, 50, 50]


def test_a_scale_stands_once_in_the_pilot_file():
    scale = {"instrument": "I", "scale": "S", "title": "T", "lowest": 0, "highest": 9, "better": "lower", "reliable": 1}
    ChangeFigures.model_validate({"scales": [scale]})
    for other in ({**scale, "title": "U"}, {**scale, "scale": "R"}, {**scale, "scale": "R", "title": "U", "highest": 0}):
        with pytest.raises(ValueError, match=r"once|above lowest"):
            ChangeFigures.model_validate({"scales": [scale, other]})
