"""Scores of assessments as probation's systems tell them: a row a person, scale and day."""

from throughcare.casework.assessments import models as m
from throughcare.casework.assessments import scales
from throughcare.casework.imports.actions import stores
from throughcare.casework.people.columns import CRN, RECORD, past_day, text
from throughcare.core.contracts import Column, Feed

SCORES = (
    RECORD, CRN,
    text("instrument", "the instrument, one of the pilot file's", "CRIME-PICS II", required=True, longest=40),
    text("scale", "the scale of it, one of the pilot file's", "G", required=True, longest=40),
    past_day("assessed_on", "day of the assessment", "2016-05-12", required=True),
    Column(name="score", kind="decimal", meaning="the score, in the scale's own range", example="44", required=True,
           minimum=-1000, maximum=1000),
    text("assessor", "the organisation that assessed", "London CRC", required=True),
)  # fmt: skip


def _feed(agency: str) -> Feed:
    return Feed(
        slug=f"{agency.lower()}-scores", agency=agency, title=f"Scores of repeated assessments by {agency}", columns=SCORES,
        identifiers=("crn",), loads=(stores(m.ScoredAssessment, reshape=scales.spelt),), order=75,
        rules=(
            (scales.no_such_scale, "scale", "the pilot file names the instrument and its scale",
             "correct the name, or add the scale to the pilot file: [[change.scales]]"),
            (scales.out_of_range, "score", "the score is in the range that the pilot file has for the scale",
             "correct the score, or send the raw score where a scaled one was sent"),
        ),
    )  # fmt: skip


FEEDS = (_feed("NPS"), _feed("CRC"))
