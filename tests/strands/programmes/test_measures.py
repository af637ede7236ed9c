"""Table 2 and contact, worked out by hand from small extracts."""

from datetime import date

import pytest

from throughcare.casework.pilot import current_pilot
from throughcare.core.contracts import Scope
from throughcare.core.pilot import Period
from throughcare.measures.calculate import calculate
from throughcare.measures.results import Result
from throughcare.strands.programmes.measures import MEASURES, contact_measures
from throughcare.strands.programmes.queries import findings, service_use
from throughcare.strands.programmes.record import held_about, timeline

BY_SLUG = {measure.slug: measure for measure in MEASURES}
WHOLE = Period(start=date(2016, 4, 1), end=date(2017, 1, 1))
REFERRALS = """
record_id crn     service   provider               route   sent_on    accepted_on started_on completed_on
R1        X000001 mentoring osmani_trust           licence 2016-09-01 2016-09-05  2016-09-07 2016-12-20
R2        X000002 mentoring osmani_trust           licence 2016-09-02 2016-09-05  -          -
R3        X000003 mentoring caring_for_ex_offenders licence 2016-09-03 -          -          -
R4        X000001 mentoring reaching_all_people    licence 2016-12-21 2016-12-22  2016-12-23 -
R5        X000001 tiger     rise_mutual            licence 2016-09-01 2016-09-05  2016-09-07 -
R6        X000003 mentoring osmani_trust           licence 2016-04-24 2016-04-25  2016-04-25 -
"""
SESSIONS = """
record_id referral held_on    attended outcome
S1        R1       2016-09-07 yes      ATTC
S2        R1       2016-09-14 yes      -
S3        R2       2016-09-07 no       UAAB
S4        R4       2016-12-31 yes      ATTC
S5        R4       2017-01-01 yes      ATTC
S6        R5       2016-09-07 yes      ATTC
"""


def results(slug: str) -> tuple[Result, ...]:
    return calculate(BY_SLUG[slug], pilot=current_pilot(), period=WHOLE)


@pytest.mark.parametrize(
    ("slug", "osmani", "reaching", "caring", "total"),
    [
        ("mentoring.referred", 2, 1, 1, 4),  # R6 was sent the day before the service began
        ("mentoring.accepted", 3, 1, 0, 4),
        ("mentoring.seen", 1, 1, 0, 2),  # one man, seen by two providers
        ("mentoring.completed", 1, 0, 0, 1),
    ],
)
def test_table_2(store, slug, osmani, reaching, caring, total):
    store.load("provider-referrals", REFERRALS)
    store.load("provider-sessions", SESSIONS)
    assert {r.group: r.value for r in results(slug)} == {
        "Caring for Ex-offenders": caring, "Osmani Trust": osmani, "Reaching All People": reaching,
        "New Choices for Youth": 0, "total": total,
    }  # fmt: skip


def test_a_session_that_does_not_fit_is_kept_for_correction(store):
    store.load("provider-referrals", REFERRALS)
    outcome = store.load(
        "provider-sessions",
        """
        record_id referral held_on    attended outcome
        S1        R9       2016-09-07 yes      ATTC
        S2        R1       2016-09-07 yes      UAAB
        S3        R1       2016-09-07 perhaps  -
    """,
    )
    assert outcome.new == 0
    assert store.quarantined("provider-sessions") == [("S1", "referral"), ("S2", "outcome"), ("S3", "attended")]


def test_sessions_that_do_not_fit_their_referral_are_found_with_their_list(store):
    store.supervise("licence", "X000001", "X000002", "X000003")
    store.load("provider-referrals", REFERRALS)
    store.load(
        "provider-sessions",
        """
        record_id referral held_on    attended
        S1        R1       2016-09-07 yes
        S2        R1       2016-08-31 no
        S3        R3       2016-09-10 yes
        S4        R3       2016-09-10 no
    """,
    )
    scope = Scope(pilot=current_pilot(), period=WHOLE, as_at=date(2016, 12, 31))
    assert [(f.slug, f.records) for f in findings(scope)] == [
        ("programmes.session_before_referral", ("S2",)),
        ("programmes.attended_not_accepted", ("S3",)),
        ("programmes.not_intended", ("R6",)),  # sent the day before the service began
    ]


def test_referrals_of_people_a_service_is_not_for_are_found_by_service(store):
    """X000004 is 31, X000005 a woman; X000003 is on a community order: with an activity requirement it is for him."""
    store.supervise("licence", "X000001", "X000004", "X000005")
    store.supervise("community", "X000003")
    store.load(
        "provider-referrals",
        """
        record_id crn     service   route                sent_on
        R1        X000001 mentoring licence              2016-09-01
        R2        X000004 mentoring licence              2016-09-01
        R3        X000003 mentoring other                2016-09-01
        R4        X000005 tiger     licence              2016-09-01
        R5        X000002 tiger     other                2016-09-01
    """,
    )
    scope = Scope(pilot=current_pilot(), period=WHOLE, as_at=date(2016, 12, 31))
    assert [(f.group, f.records) for f in findings(scope)] == [("Mentoring", ("R2", "R3")), ("TIGER", ("R4", "R5"))]
    store.load("provider-referrals", """
        record_id crn     service     route                sent_on
        R6        X000003 right_track activity_requirement 2016-09-02
    """)  # fmt: skip
    assert [(f.group, f.records) for f in findings(scope)] == [("Mentoring", ("R2",)), ("TIGER", ("R4", "R5"))]


SPELLS = """
record_id prison_number prison     kind      start      end
P1        A0001AA       Pentonville sentenced 2016-01-01 2016-10-03
P2        A0002AA       Isis        sentenced 2016-01-01 2016-12-04
P3        A0003AA       Isis        sentenced 2016-01-01 2016-06-01
P4        A0004AA       Isis        sentenced 2016-01-01 2016-10-03
P5        A0005AA       Bronzefield sentenced 2016-01-01 2016-10-03
"""
LICENCES = """
record_id crn     kind    start      end
L1        X000001 licence 2016-10-03 -
L2        X000002 licence 2016-12-04 -
L3        X000003 licence 2016-06-01 2016-06-29
L4        X000004 licence 2016-10-03 -
L5        X000005 licence 2016-10-03 -
"""
APPOINTMENTS = """
record_id crn     due_on     held_on    attended
A1        X000001 2016-10-04 2016-10-05 yes
A2        X000001 2016-10-11 2016-10-11 yes
A3        X000001 2016-10-18 -          no
A4        X000001 2016-12-31 2017-01-01 yes
A5        X000002 2016-12-05 2016-12-05 yes
A6        X000002 2016-12-12 2016-12-12 yes
A7        X000002 2016-12-19 2016-12-19 yes
A8        X000002 2016-12-26 2016-12-26 yes
A9        X000003 2016-06-15 2016-06-15 yes
"""


def test_weekly_contact_is_of_those_it_is_for_released_in_the_window(store):
    """Two men of 22 and 20 count: 2 in 90 days and 4 in 28; a man of 31 and a woman do not, nor who came out in June."""
    store.load("prison-spells", SPELLS)
    store.load("crc-supervision", LICENCES)
    store.load("crc-appointments", APPOINTMENTS)
    (result,) = results("contact.weekly_mean")
    assert (result.denominator, result.target, result.digits) == (2, 1.0, 2)
    assert result.value == pytest.approx((2 / (90 / 7) + 4 / 4) / 2)


@pytest.mark.parametrize(("last", "kept"), [("2016-06-15", 100.0), ("2016-06-14", 0.0)])
def test_fortnightly_contact_is_to_the_end_of_supervision(store, last, kept):
    """Out on 1 June on a licence to 29 June: seen on the 15th is 14 and 14 days; on the 14th, 15 to the end."""
    store.load("prison-spells", SPELLS)
    store.load("crc-supervision", LICENCES)
    store.load("crc-appointments", APPOINTMENTS.replace("2016-06-15", last))
    (result,) = results("contact.fortnightly_rate")
    assert (result.denominator, result.value) == (1, kept)


def test_contact_is_followed_beyond_the_window_and_through_licence_and_supervision_after_it(store):
    """Licence then post-sentence supervision without a gap, seen every fortnight until mid-June and never again."""
    store.load("prison-spells", SPELLS)
    store.load("crc-supervision", LICENCES + "L6 X000003 pss 2016-06-29 -\n")
    store.load("crc-appointments", APPOINTMENTS)
    (result,) = results("contact.fortnightly_rate")
    assert (result.denominator, result.value) == (1, 0.0)


def test_expected_contacts_are_counted_by_the_month_in_which_they_fall_due(store):
    """Out on 3 October, X000001: weeks to 9, 16, 23, 30 October, 6, 13, 20, 27 November, 4, 11, 18, 25 December; seen in the
    first two. Out on 4 December, X000002: weeks to 10, 17, 24, 31 December, all kept. Out on 1 June to the end of the
    licence on the 29th, X000003: weeks to 7, 14, 21, 28 June, of which the third is kept.
    """
    store.load("prison-spells", SPELLS)
    store.load("crc-supervision", LICENCES)
    store.load("crc-appointments", APPOINTMENTS)
    told = calculate(BY_SLUG["contact.expected_kept"], pilot=current_pilot(), period=WHOLE, by=("month",))
    months = {r.breakdown.get("month", "all"): (r.numerator, r.denominator) for r in told if r.denominator}
    assert months == {"all": (7, 20), "2016-06": (1, 4), "2016-10": (2, 4), "2016-11": (0, 4), "2016-12": (4, 8)}


def test_service_use_is_an_appointment_after_a_release_for_which_contact_is_intended(store):
    """X000001 twice in October, X000002 four times in December, X000003 once in June before the licence ended."""
    store.load("prison-spells", SPELLS)
    store.load("crc-supervision", LICENCES)
    store.load("crc-appointments", APPOINTMENTS)
    used = service_use(Scope(pilot=current_pilot(), period=WHOLE, as_at=date(2016, 12, 31)))
    assert used["service"].unique().to_list() == ["intensified_contact"]
    assert [used["person"].to_list().count(store.person(f"X00000{n}")) for n in (1, 2, 3, 4, 5)] == [2, 4, 1, 0, 0]


def test_titles_are_of_the_windows_that_the_pilot_file_names(store):
    pilot = current_pilot()
    titles = {m.slug: m.title for m in contact_measures(pilot)}
    assert titles["contact.weekly_mean"].endswith("released from 1 October to 31 December 2016")
    assert "from 25 April to 29 September 2016" in titles["contact.fortnightly_rate"]
    moved = {"weekly_contact": Period(start=date(2016, 11, 1), end=date(2016, 12, 1))}
    elsewhere = {m.slug: m.title for m in contact_measures(pilot.model_copy(update={"windows": moved}))}
    assert elsewhere["contact.weekly_mean"].endswith("released in November 2016")
    assert set(elsewhere) == {"contact.expected_kept", "contact.weekly_mean"}


def test_without_the_service_there_are_no_figures_and_nothing_breaks(store):
    pilot = current_pilot().model_copy(update={"services": (), "providers": (), "windows": {}})
    for measure in (*MEASURES[:4], *contact_measures(pilot)):
        told = {(r.value, r.note) for r in calculate(measure, pilot=pilot, period=WHOLE)}
        assert told == {(None, "the pilot has no such service")}
    scope = Scope(pilot=pilot, period=WHOLE, as_at=date(2016, 12, 31))
    assert service_use(scope).is_empty()
    assert findings(scope) == []


def test_appointments_are_checked(store):
    store.load(
        "crc-appointments",
        """
        record_id crn     due_on     held_on    attended outcome
        A1        X000001 2016-10-04 -          yes      -
        A2        X000001 2016-10-04 2016-10-04 no       ATTC
        A3        X000001 2016-10-04 2016-10-04 no       AAME
    """,
    )
    assert store.quarantined("crc-appointments") == [("A1", "held_on"), ("A2", "outcome")]


def test_what_is_held_and_the_timeline(store):
    store.load("provider-referrals", REFERRALS)
    store.load("provider-sessions", SESSIONS)
    store.load("crc-appointments", APPOINTMENTS)
    person = store.person("X000002")
    assert {table: len(rows) for table, rows in held_about(person).items() if rows} == {
        "Sessions": 1, "Appointments with the offender manager": 4,
    }  # fmt: skip
    first, second = timeline(person)[:2]
    assert (str(first.on), first.words) == ("2016-09-07", "Session not attended")
    assert (str(second.on), second.words) == ("2016-12-05", "Appointment with the offender manager attended")
