"""Caseloads as the agencies' case-management systems tell them: whose caseload a person is on, by the officer's code."""

from throughcare.casework.access.actions import keep_caseloads
from throughcare.casework.people.columns import RECORD, borough, choice, day, past_day, text
from throughcare.core.contracts import Column, Feed

COLUMNS = (
    RECORD, Column(name="crn", kind="crn", meaning="the person", example="X123456", required=True),
    text("manager", "the officer's code", "N07A112", required=True, longest=30),
    choice("agency", "whose officer it is", ("CRC", "NPS"), required=True),
    borough("office_borough", "the borough of the officer's office"),
    past_day("start", "first day on the caseload", "2016-02-01", required=True),
    day("end", "first day no longer on it; empty: still is", "2016-11-01"),
)  # fmt: skip


def _feed(agency: str) -> Feed:
    return Feed(
        slug=f"{agency.lower()}-caseloads", agency=agency, title=f"Caseloads of {agency} officers", columns=COLUMNS,
        identifiers=("crn",), loads=(keep_caseloads,), order=70,
    )  # fmt: skip


FEEDS = (_feed("NPS"), _feed("CRC"))
