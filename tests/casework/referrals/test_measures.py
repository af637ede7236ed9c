"""What is counted of referrals, worked out by hand."""

from datetime import date

import pytest

from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.days import during
from throughcare.casework.referrals.measures import MEASURES, mentoring_in_windows
from throughcare.core.pilot import Period
from throughcare.measures.calculate import calculate

FEED = "provider-referrals"
BY_SLUG = {measure.slug: measure for measure in MEASURES}
AUTUMN = Period(start=date(2016, 9, 1), end=date(2016, 12, 1))
REFERRALS = """
record_id crn     service    sent_on    accepted_on started_on completed_on ended_early_on end_reason withdrawn_on withdraw_reason
R1        X000001 mentoring  2016-08-30 2016-09-01  2016-09-02 2016-11-30   -              -          -            -
R2        X000001 tiger      2016-09-05 2016-09-06  -          -            2016-10-01     moved      -            -
R3        X000002 mentoring  2016-09-06 -           -          -            -              -          2016-09-07   no_reply
R4        X000002 mentoring  2016-09-09 2016-09-12  2016-09-20 -            -              -          -            -
R5        X000004 mentoring  2016-09-10 -           -          -            -              -          2016-09-11   duplicate
R6        X000004 mentoring  2016-05-10 2016-05-11  2016-05-12 2016-08-31   -              -          -            -
R7        X000003 employment 2016-11-30 -           -          -            -              -          -            -
R8        X000003 employment 2016-12-01 -           -          -            -              -          -            -
"""


def counted(slug: str, period: Period = AUTUMN) -> dict[str, float | None]:
    """The groups of a measure with anything in them."""
    results = calculate(BY_SLUG[slug], pilot=current_pilot(), period=period)
    return {result.group: result.value for result in results if result.value}


@pytest.mark.parametrize(
    ("slug", "expected"),
    [
        # R1 was sent in August, R5 in error, R8 on the end; a withdrawn referral (R3) stays counted as made
        ("referrals", {"Mentoring": 2, "TIGER": 1, "Employment": 1}),
        ("service.referred", {"Mentoring": 1, "TIGER": 1, "Employment": 1}),  # R3 and R4 are one person
        ("service.accepted", {"Mentoring": 2, "TIGER": 1}),
        ("service.completed", {"Mentoring": 1}),
        ("service.not_completed", {"TIGER": 1}),  # R3 was never accepted
    ],
)
def test_counts_of_a_period(store, slug, expected):
    store.load(FEED, REFERRALS)
    assert counted(slug) == expected


@pytest.mark.parametrize(
    "slug", ["referrals", "service.referred", "service.accepted", "service.completed", "service.not_completed"]
)
def test_every_service_to_which_people_come_by_referral_is_shown_also_with_nothing_and_no_other(store, slug):
    results = calculate(BY_SLUG[slug], pilot=current_pilot(), period=AUTUMN)
    assert {r.group: r.value for r in results} == dict.fromkeys(
        ("Mentoring", "Building Bridges", "Right Track", "TIGER", "Personalised budget", "Mental health", "Employment"), 0
    )


def test_september_and_the_mean_of_the_months_before(store):
    """22 referrals in April to August are 4.4 a month of five begun; the service began on 25 April."""
    crns = ("X000001", "X000002", "X000004")
    before = [date(2016, 4, 25), *(date(2016, month, 3) for month in (5, 6, 7, 8) for _ in range(5)), date(2016, 8, 31)]
    days = [date(2016, 4, 24), *before, date(2016, 9, 1), date(2016, 9, 30), date(2016, 10, 1)]
    rows = [f"M{n} {crns[n % 3]} mentoring licence {day}" for n, day in enumerate(days)]
    store.load(FEED, "\n".join(["record_id crn service route sent_on", *rows]))
    whole = Period(start=date(2016, 4, 1), end=date(2017, 1, 1))
    assert counted("referrals.month_mean", whole) == {"Mentoring": 4.4}
    assert counted("referrals.month", whole) == {"Mentoring": 2}


def test_declined_by_reason(store):
    store.load(FEED, """
        record_id crn     service    route   sent_on    declined_on decline_reason
        E1        X000001 employment licence 2016-10-01 2016-10-04  in_custody
        E2        X000002 employment licence 2016-10-01 2016-10-05  in_custody
        E3        X000003 employment licence 2016-10-01 2016-10-06  form_not_returned
        E4        X000004 employment licence 2016-10-01 2016-12-01  other
    """)  # fmt: skip
    assert counted("referrals.declined") == {
        "Is in custody": 2, "The full referral form was not returned": 1, "total": 3,
    }  # fmt: skip


def test_titles_are_of_the_windows_of_the_pilot_file_and_a_window_that_it_lacks_has_no_figure():
    pilot = current_pilot()
    assert [m.title for m in mentoring_in_windows(pilot)] == [
        "Mentoring referrals made in September 2016",
        "Mean mentoring referrals a month, from 25 April to 31 August 2016",
    ]
    moved = {"mentoring_september": Period(start=date(2018, 2, 1), end=date(2018, 2, 15))}
    assert [m.title for m in mentoring_in_windows(pilot.model_copy(update={"windows": moved}))] == [
        "Mentoring referrals made from 1 February to 14 February 2018"
    ]


def test_a_pilot_without_mentoring_has_no_figure_of_it_and_says_so(store):
    pilot = current_pilot().model_copy(update={"services": (), "providers": ()})
    for measure in mentoring_in_windows(pilot):
        assert [(r.value, r.note) for r in calculate(measure, pilot=pilot, period=AUTUMN)] == [
            (None, "the pilot has no such service")
        ]


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(2016, 9, 1), date(2016, 10, 1), "in September 2016"),
        (date(2016, 12, 1), date(2017, 1, 1), "in December 2016"),
        (date(2016, 10, 1), date(2017, 1, 1), "from 1 October to 31 December 2016"),
        (date(2016, 12, 15), date(2017, 1, 15), "from 15 December 2016 to 14 January 2017"),
    ],
)
def test_periods_in_words(start, end, words):
    assert during(Period(start=start, end=end)) == words
