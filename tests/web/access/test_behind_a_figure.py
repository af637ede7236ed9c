"""Who is behind a figure: as many as it says, by name for those alone who may see them; nobody who is kept from the reader."""

from itertools import product

import pytest
from django.conf import settings as django_settings
from django.test import Client

from tests.listing import difference
from tests.web.test_dashboard import BY_SLUG, PERIOD
from throughcare.casework.access.policy import ROLES, policy
from throughcare.casework.access.reader import Reader
from throughcare.casework.frames import held, reading_once
from throughcare.casework.pilot import current_pilot
from throughcare.core.contracts import SERVICE, Measure
from throughcare.measures.board import View
from throughcare.measures.calculate import Run, calculate
from throughcare.measures.own import PERSON
from throughcare.measures.windows import window_of
from throughcare.registry.parts import lists
from throughcare.web.behind import cases_of, rows_told
from throughcare.web.boards import figure_of, view_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("worked_out_anew")]
ASKED = "since=2016-01&until=2016-12"


def test_the_list_is_as_long_as_the_number(world):
    """Of every measure, in each of its groups: the base of a share or mean, what a count counts; of a share also the hits."""
    wrong, found = [], 0
    with reading_once():
        run = Run()
        for measure in BY_SLUG.values():
            for r in calculate(measure, pilot=current_pilot(), period=PERIOD, run=run):
                if unlike := difference(measure, r, PERIOD, run):
                    wrong.append(unlike)
                found += bool(r.cases)
    assert wrong == []
    assert found > 50


def test_nobody_is_listed_whom_the_reader_may_not_see(world):
    """Every role, every measure, every group: those alone of whom it may see all that being listed tells; nobody kept from it.

    The list and those who are said to be missing are as many as the reader's figure counts. Where a row is not the role's, the
    page is not there.
    """
    readers = {role: world.reader(role) for role in ROLES if world.reader(role).may("measures_own")}
    views = {role: view_of(reader) for role, reader in readers.items()}
    listed: dict[str, set[int]] = {role: set() for role in ROLES}
    with reading_once():
        for measure, role in product(BY_SLUG.values(), readers):  # of who sees the same figure it is worked out once
            listed[role] |= listed_to(readers[role], views[role], measure)
    for role, people in listed.items():
        assert not people & {world.people[who] for who in ("bar", "nobody", "out")}, role
        assert world.people["named"] not in people or role == "offender_manager", role
    assert not listed["pilot_manager"] | listed["analyst"] | listed["evaluator"]
    assert world.people["in"] in listed["iom_coordinator"] & listed["court_officer"] & listed["provider_worker"]


def listed_to(reader: Reader, view: View, measure: Measure) -> set[int]:
    """Whom the reader is given in any list of the measure, each list being held to what it may see and to its figure."""
    people: set[int] = set()
    found = figure_of(reader, measure, PERIOD, view)
    for r in found.whole if found else ():
        rows = rows_told(r.slug, r.group)
        told, others = cases_of(reader, measure, r.group, PERIOD, view)
        theirs = {case.person for case in told}
        for row in rows:
            assert theirs <= set(reader.people(row).values_list("pk", flat=True)), (reader.role, r.slug, row)
        if not rows or not all(reader.may(row) for row in ("contact", *rows)):
            assert (told, others) == ((), 0), (reader.role, r.slug)
            continue
        base = r.numerator if r.statistic in ("count", "monthly") else r.denominator
        withheld = r.value is None  # to whom the number is not told, those whom they know are listed all the same
        assert withheld or len(told) + others == base or not has_people(measure), (reader.role, r.slug, r.group)
        people |= theirs
    return people


# the clinical wall, intelligence, tags: measure, group -> the roles, of all, that may be given a list
WALLS = [
    ("health.assessments", "all", {"health_practitioner"}),
    ("health.care_plans", "all", {"health_practitioner"}),
    ("health.referred", "all", {"health_practitioner", "senior_officer", "court_officer", "offender_manager"}),
    ("health.consultations", "all", {"health_practitioner", "senior_officer", "offender_manager"}),
    ("idp.kind", "all", {"police_researcher", "tasking_officer"}),
    ("taskings", "all", {"police_researcher", "tasking_officer", "iom_coordinator"}),
    ("tag.matches", "all", {"monitoring_officer"}),
    ("tag.breaches", "all", {"monitoring_officer", "iom_coordinator", "senior_officer", "court_officer", "offender_manager"}),
    ("employment.in_work", "all",
     {"employment_broker", "iom_coordinator", "senior_officer", "offender_manager", "prison_coordinator"}),
    ("history.convictions_mean", "all",
     {"iom_coordinator", "senior_officer", "court_officer", "offender_manager", "prison_coordinator", "health_practitioner",
      "police_researcher", "tasking_officer"}),
]  # fmt: skip


@pytest.mark.parametrize(("slug", "group", "roles"), WALLS)
def test_who_may_be_given_such_a_list(world, slug, group, roles):
    rows = rows_told(slug, group)
    allowed = {role for role in ROLES if all(world.reader(role).may(row) for row in ("contact", "measures_own", *rows))}
    assert allowed == roles
    for role in set(ROLES) - roles:
        browser = Client()
        browser.force_login(world.accounts[role], backend=django_settings.AUTHENTICATION_BACKENDS[-1])
        assert browser.get(f"/measures/{slug}/people/?{ASKED}&group={group}").status_code in (403, 404), role


def test_every_measure_of_people_says_what_being_listed_tells(world):
    """Or is of several services at once, which have a page of their own. Who scored what, and whose victim somebody was, no list
    tells.
    """
    with reading_once():
        silent = {
            slug for slug, measure in BY_SLUG.items()
            if has_people(measure) and not measure.protected
            and not rows_told(slug, "Mentoring") and not slug.startswith("overlap.")
        }
    assert silent - {"service.for_nothing"} == {"attitudes.outcome", "attitudes.change", "attitudes.later"}
    assert not any(rows_told(slug, group) for slug, m in BY_SLUG.items() if m.protected for group in ("all", "Burglary"))
    known = {row.split(":")[0] for rows in lists().values() for row in rows} - {SERVICE}
    assert known <= set(policy().rows)


def has_people(measure) -> bool:
    window = window_of(measure, pilot=current_pilot(), period=PERIOD)
    return not window.absent and PERSON in held(Run).rows(measure.rows, window.scope).columns


# figure, group -> the row that being among those counted tells; None: no list
ROWS = [
    ("cohort.size", "total", ("cohort_membership",)), ("referrals", "Mentoring", ("service:mentoring",)),
    ("service.accessing", "Mental health", ("service:mental_health",)), ("psr.within_5_days_rate", "all", ("court_cases",)),
    ("psr.offence_theft", "all", ("court_cases", "offence_history")),
    ("score.observed_1y", "all", ("cohort_membership", "score", "offence_history")),
    ("health.confidence", "all", ("consultation_advice",)), ("health.care_plans", "all", ("mental_health_pathway", "clinical")),
    ("referrals", "total", ()), ("tag.breaches", "all", ("tag_order", "tag_compliance")), ("survey.n", "all", ()),
    ("referrals.month_mean", "all", ("service:mentoring",)), ("overlap.both", "Mentoring", ()),
]  # fmt: skip


@pytest.mark.parametrize(("slug", "group", "rows"), ROWS)
def test_what_being_listed_tells(slug, group, rows):
    assert rows_told(slug, group) == rows


def test_the_page_names_them_and_says_what_counts(world):
    browser = Client()
    browser.force_login(world.accounts["court_officer"], backend=django_settings.AUTHENTICATION_BACKENDS[-1])
    text = browser.get(f"/measures/psr.cases/people/?{ASKED}&group=total|all").content.decode()
    assert "Inscope" in text
    assert "Barredman" not in text
    assert browser.get(f"/measures/referrals/people/?{ASKED}&group=Mental+health").status_code == 404
    assert browser.get(f"/measures/health.confidence/people/?{ASKED}").status_code == 404


@pytest.mark.parametrize("role", ["pilot_manager", "analyst", "evaluator"])
def test_the_governance_group_has_figures_and_no_names(world, role):
    browser = Client()
    browser.force_login(world.accounts[role], backend=django_settings.AUTHENTICATION_BACKENDS[-1])
    assert browser.get(f"/measures/psr.cases/people/?{ASKED}&group=total|all").status_code == 404
    assert "/people/?" not in browser.get(f"/dashboard/?{ASKED}").content.decode()
