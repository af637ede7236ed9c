"""What a reader could work out by subtracting one figure from another."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.measures.attacker import worked_out
from tests.measures.test_disclosure import cell
from throughcare.casework.pilot import current_pilot
from throughcare.measures.disclosure import suppress
from throughcare.measures.relations import relations
from throughcare.measures.results import Result
from throughcare.measures.tables import Relation, Term
from throughcare.strands.surveys.waves import questions

BOROUGHS = ("Camden", "Enfield", "Hackney", "Haringey", "Islington", "Newham", "Tower Hamlets", "Waltham Forest")
# The pilot's table 3, and of the plans received those asked for.
REQUESTED = (7, 14, 16, 33, 5, 0, 9, 17)
RECEIVED = (6, 14, 16, 36, 6, 4, 10, 18)
ASKED_FOR = (6, 14, 16, 33, 5, 0, 9, 17)
ANSWERS = ("strongly disagree", "disagree", "neutral", "agree", "strongly agree")


def count(slug: str, group: str, n: int) -> Result:
    return cell(group, n, slug=slug)


def median(slug: str, group: str, n: int) -> Result:
    told = {"statistic": "median", "value": 10.04, "digits": 1, "numerator": None, "denominator": n, "cases": n, "unit": "days"}
    return cell(group, n, slug=slug, **told)


def public(results: list[Result]) -> dict[tuple[str, str], int | None]:
    """The counts that the public reads, by slug and group; of an average none."""
    told = suppress(results, smallest=5, relations=relations(current_pilot()))
    return {(r.slug, r.group): r.numerator for r in told}


def by_borough(slug: str, numbers: tuple[int, ...]) -> list[Result]:
    return [*(count(slug, b, n) for b, n in zip(BOROUGHS, numbers, strict=True)), count(slug, "total", sum(numbers))]


def policing(requested: tuple[int, ...], received: tuple[int, ...], asked_for: tuple[int, ...]) -> list[Result]:
    found = [*by_borough("idp.requested", requested), *by_borough("idp.received", received)]
    found += [median("idp.days_to_return", b, n) for b, n in zip(BOROUGHS, asked_for, strict=True)]
    for slug, whole in (("no_plan", requested), ("no_request", received)):
        over = {b: w - n for b, w, n in zip(BOROUGHS, whole, asked_for, strict=True)}
        found += [count(f"finding.policing.{slug}", b, n) for b, n in over.items() if n]
    return found


def attacked(told: dict[tuple[str, str], int | None]) -> dict[tuple[str, str], object]:
    """The reader knows what a plan received is, and that a finding that is not listed is none."""
    none = {(f"finding.policing.{s}", b): 0 for s in ("no_plan", "no_request") for b in BOROUGHS}
    told = none | told
    sums = [{(s, "total"): -1} | {(s, b): 1 for b in BOROUGHS} for s in ("idp.requested", "idp.received")]
    for b in BOROUGHS:
        sums += [{("idp.received", b): -1, ("idp.days_to_return", b): 1, ("finding.policing.no_request", b): 1},
                 {("idp.requested", b): -1, ("idp.days_to_return", b): 1, ("finding.policing.no_plan", b): 1}]  # fmt: skip
    return {name: n for name, n in worked_out(told, sums).items() if not name[0].startswith("idp.days") and n}


def test_plans_without_a_request_are_not_the_difference_of_two_columns():
    told = public(policing(REQUESTED, RECEIVED, ASKED_FOR))
    assert told["idp.received", "Newham"] is None
    assert told["idp.received", "Hackney"] == 16
    assert (told["idp.received", "total"], told["idp.requested", "total"]) == (110, 101)
    assert told["idp.requested", "Haringey"] is None or told["idp.received", "Haringey"] is None
    assert attacked(told) == {}


def test_the_attacker_does_find_what_each_table_by_itself_leaves_open():
    alone = suppress(policing(REQUESTED, RECEIVED, ASKED_FOR), smallest=5)
    found = attacked({(r.slug, r.group): r.numerator for r in alone})
    assert found["finding.policing.no_request", "Haringey"] == 3


SMALL_OR_NOT = st.lists(st.integers(0, 9), min_size=8, max_size=8)


@settings(max_examples=80, deadline=None)
@given(SMALL_OR_NOT, SMALL_OR_NOT, SMALL_OR_NOT)
def test_no_borough_is_worked_out_of_requests_returns_and_findings(asked_for, without_plan, without_request):
    requested = tuple(a + b for a, b in zip(asked_for, without_plan, strict=True))
    received = tuple(a + b for a, b in zip(asked_for, without_request, strict=True))
    assert attacked(public(policing(requested, received, tuple(asked_for)))) == {}


def survey(*numbers: int) -> list[Result]:
    of = sum(numbers)
    slug = "survey.table4.partners_existing"
    within = frozenset({"axis"})
    table = [cell(a, n, of, slug=slug, within=within) for a, n in zip(ANSWERS, numbers, strict=True)]
    return [cell("all", of, slug="survey.n"), cell("all", sum(numbers[3:]), of, slug="survey.partners_existing"), *table]


def answers_worked_out(told: dict[tuple[str, str], int | None], of: int) -> dict[tuple[str, str], object]:
    """The reader knows the base, and that who agrees or strongly agrees agrees."""
    table, all_of = "survey.table4.partners_existing", ("survey.n", "all")
    told = told | {all_of: of}
    sums = [{all_of: -1} | {(table, a): 1 for a in ANSWERS},
            {("survey.partners_existing", "all"): -1, (table, "agree"): 1, (table, "strongly agree"): 1}]  # fmt: skip
    return {name: n for name, n in worked_out(told, sums).items() if n}


def test_who_strongly_agrees_is_not_who_agrees_less_the_rest():
    told = public(survey(1, 5, 9, 11, 4))  # of 30, as in the survey of September 2016
    assert told["survey.partners_existing", "all"] == 15
    assert [told["survey.table4.partners_existing", a] for a in ANSWERS] == [None, None, 9, None, None]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 14), min_size=5, max_size=5).filter(any))
def test_no_answer_is_worked_out_of_its_table_and_the_share_who_agree(numbers):
    assert answers_worked_out(public(survey(*numbers)), sum(numbers)) == {}


NESTED = ("psr.delivered", "psr.within_5_days", "psr.on_the_day")
COURTS = ("Thames", "Highbury Corner", "total")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(*[st.integers(0, 30)] * 3), min_size=2, max_size=2))
def test_what_was_late_is_not_a_small_difference_of_two_published_counts(courts):
    steps = [(late + soon + at_once, soon + at_once, at_once) for late, soon, at_once in courts]
    steps.append(tuple(map(sum, zip(*steps, strict=True))))
    told = public([count(s, f"{c}|all", n) for c, of in zip(COURTS, steps, strict=True) for s, n in zip(NESTED, of, strict=True)])
    for whole, part in (NESTED[:2], NESTED[1:]):
        for court in COURTS:
            a, b = told[whole, f"{court}|all"], told[part, f"{court}|all"]
            assert a is None or b is None or not 0 < a - b < 5


def test_a_figure_given_twice_under_two_names_is_withheld_under_both():
    # all four referrals for a budget, and 40 of the others
    found = [count("referrals", "Personalised budget", 4), count("budget.referred", "total", 4), count("referrals", "TIGER", 40)]
    assert list(public(found).values()) == [None, None, 40]


def test_the_named_month_is_the_month_of_the_chart():
    by_month = {"2016-06": 20, "2016-07": 30, "2016-08": 3, "2016-09": 8}
    chart = [
        cell("Mentoring", n, slug="referrals", breakdown={"month": m}, place=frozenset({("s", "Mentoring"), ("month", m)}))
        for m, n in by_month.items()
    ]
    whole = cell("Mentoring", 61, slug="referrals", place=frozenset({("s", "Mentoring")}))
    september = cell("Mentoring", 8, slug="referrals.month")
    told = suppress([whole, *chart, september], smallest=5, relations=relations(current_pilot()))
    assert [r.numerator for r in told] == [61, 20, 30, None, None, None]  # 8 would give the 3 of August away


def test_an_average_is_published_as_shown_and_without_its_counts():
    (told,) = suppress([median("idp.days_to_return", "Camden", 6)], smallest=5)
    assert (told.value, told.numerator, told.denominator, told.cases, told.suppressed) == (10.0, None, None, 0, "")


def test_one_person_taking_part_for_six_months_is_one_person():
    monthly = {"statistic": "monthly", "numerator": 6, "denominator": 6, "cases": 6, "value": 1.0}
    month = monthly | {"slug": "service.accessing_in_month"}
    reports = monthly | {"slug": "psr.reports_per_month", "unit": "reports"}
    told = suppress([cell("all", 6, **month), cell("all", 6, **reports)], smallest=5)
    assert [r.value for r in told] == [None, 1.0]


def test_parts_that_do_not_fit_their_whole_say_nothing():
    wrong = Relation(whole=Term(slug="a"), parts=(Term(slug="b"),))
    told = suppress([count("a", "total", 20), count("b", "total", 22)], smallest=5, relations=[wrong])
    assert [r.value for r in told] == [20, 22]


def test_every_question_of_the_survey_relates_its_share_to_its_table():
    told = {r.whole.slug for r in relations(current_pilot()) if r.whole and any(len(p.groups) for p in r.parts)}
    assert {f"survey.{q.slug}" for q in questions()} <= told


@pytest.mark.django_db
def test_relations_name_figures_that_there_are():
    from throughcare.measures.all_measures import all_measures

    known = {m.slug for m in all_measures()}
    named = {t.slug for r in relations(current_pilot()) for t in (*r.parts, *([r.whole] if r.whole else []))}
    assert {slug for slug in named if not slug.startswith("finding.")} <= known
