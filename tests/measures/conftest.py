"""A small pilot and small tables of people, for figures worked out by hand."""

from datetime import date

import pytest

from throughcare.core.pilot import FACT_KINDS, Period, Pilot


@pytest.fixture
def pilot() -> Pilot:
    return Pilot.model_validate(
        {
            "slug": "small", "name": "Small", "area": "Two boroughs", "boroughs": ("Camden", "Hackney", "Newham"),
            "courts": ("Thames", "Highbury Corner"), "prisons": ("Pentonville",), "smallest_published": 5,
            "life": {"start": "2016-01-01", "end": "2017-04-01"},
            "reference_days": {"first": "2015-12-31"},
            "windows": {"summer": {"start": "2016-06-01", "end": "2016-09-01"}},
            "criteria": ({"slug": "convicted"},),
            "services": (
                {"slug": "court_reports", "name": "Court reports", "strand": "courts", "start": "2016-02-06"},
                {"slug": "short", "name": "Short", "strand": "courts", "start": "2016-03-01", "end": "2016-10-01"},
            ),
            "providers": ({"slug": "p", "name": "Pact", "services": ("court_reports",)},),
            "targets": {
                "reports_within_days": 5, "reports_within_days_percent": 90, "weekly_contact_per_week": 1,
                "weekly_contact_weeks": 13, "fortnightly_gap_days": 14,
            },
            "budgets": {"allocation": 1000, "small_limit": 100},
            "today": {
                "acknowledge_within": 2, "decide_within": 5, "referrals_for": 90, "declined_for": 14, "releases_ahead": 7,
                "release_now": 1, "released_for": 7, "released_now": 1, "no_contact": 14,
                "no_meeting": 14, "reports_for": 60, "plans_for": 60, "openings_for": 7, "unused_for": 90,
                "not_sure_for": 14, "ask_again_within": 60,
            },
            "panel": {"discussed_within_weeks": 8},
            "homes": {kind: {"system": "Throughcare"} for kind, _ in FACT_KINDS},
        }
    )  # fmt: skip


@pytest.fixture
def period() -> Period:
    return Period(start=date(2016, 1, 1), end=date(2017, 1, 1))
