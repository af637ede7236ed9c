"""Overlaps of services between the same people, worked out by hand."""

from datetime import date

import polars as pl
import pytest

from tests.casework.referrals.tables import Store
from throughcare.casework.pilot import current_pilot
from throughcare.core.contracts import NO_USE, Scope
from throughcare.core.pilot import Period
from throughcare.measures import overlap
from throughcare.measures.calculate import calculate

WHOLE = Period(start=date(2016, 1, 1), end=date(2017, 1, 1))
LETTERS = "ABCDEFGH"
REFERRALS = """
record_id crn     service             route   sent_on    declined_on decline_reason withdrawn_on withdraw_reason
R1        X000001 mentoring           licence 2016-09-01 -           -              -            -
R2        X000001 right_track         licence 2016-09-01 2016-09-05  no_capacity    -            -
R3        X000001 tiger               licence 2016-09-01 -           -              -            -
R4        X000001 building_bridges    licence 2016-09-01 -           -              -            -
R5        X000002 mentoring           licence 2016-09-01 -           -              2016-09-02   moved
R6        X000002 mentoring           licence 2016-10-01 -           -              -            -
R7        X000002 tiger               licence 2016-09-01 -           -              2016-09-02   duplicate
R8        X000003 right_track         licence 2016-09-01 -           -              -            -
R9        X000003 tiger               licence 2016-12-31 -           -              -            -
R10       X000004 personalised_budget licence 2016-11-16 -           -              -            -
R11       X000005 mental_health       licence 2016-07-01 -           -              -            -
R12       X000001 mental_health       licence 2016-07-02 -           -              -            -
R13       X000006 mental_health       licence 2016-06-30 -           -              -            -
R14       X000006 tiger               licence 2017-01-01 -           -              -            -
"""
USES = (
    ("court_reports", "A", date(2016, 6, 1)), ("court_reports", "A", date(2016, 7, 1)), ("court_reports", "D", date(2016, 2, 6)),
    ("court_reports", "E", date(2016, 2, 5)), ("court_reports", "H", date(2016, 3, 1)),
    ("prison_coordination", "A", date(2016, 5, 1)),
    ("prison_coordination", "D", date(2016, 4, 24)), ("prison_coordination", "G", date(2016, 5, 1)),
)  # fmt: skip


class Told:
    """A strand that says who had a service."""

    def __init__(self, uses: list[tuple[str, int, date]]) -> None:
        self.uses = uses

    def service_use(self, scope) -> pl.DataFrame:
        rows = [(person, service, on) for service, person, on in self.uses]
        return pl.DataFrame(rows, schema=NO_USE.schema, orient="row")


@pytest.fixture
def store(db, tmp_path, monkeypatch) -> Store:
    """A mentoring, Right Track (declined), TIGER, Building Bridges, report, prison, health; B mentoring twice (TIGER in
    error); C Right Track and TIGER; D report and budget (a prison task too early); E health (report too early); F health
    before it began; G prison only; H report only.
    """
    store = Store(tmp_path)
    people = [f"N{n} X{n:06d} {letter}shdown 1994-01-01 M" for n, letter in enumerate(LETTERS, start=1)]
    store.load("nps-people", "\n".join(["record_id crn surname date_of_birth sex", *people]))
    store.load("provider-referrals", REFERRALS)
    uses = [(service, store.person(f"X{LETTERS.index(letter) + 1:06d}"), on) for service, letter, on in USES]
    monkeypatch.setattr(overlap, "strands", lambda: (Told(uses[:5]), Told(uses[5:]), Told([])))
    return store


@pytest.mark.parametrize(
    ("slug", "expected"),
    [
        ("psr", {"prison co-ordination": 1, "young adult males": 1, "female personalised budgets": 1, "mental health": 1}),
        ("mentoring", {"Right Track": 1, "TIGER": 1, "Building Bridges": 1}),
        ("pair", {"Right Track & TIGER": 2}),
        ("triple", {"Right Track & TIGER & Building Bridges": 1}),
        ("health", {"young adult males": 1}),
    ],
)
def test_overlaps(store, slug, expected):
    (measure,) = (m for m in overlap.MEASURES if m.slug == f"overlap.{slug}")
    assert {r.group: r.value for r in calculate(measure, pilot=current_pilot(), period=WHOLE)} == expected


def test_a_row_a_person_with_what_they_had_in_the_period_and_in_each_services_life(store):
    rows = overlap.rows(Scope(pilot=current_pilot(), period=WHOLE, as_at=date(2016, 12, 31)))
    had = {
        letter: {slug for slug in overlap.COMPARED if row[slug]}
        for letter in LETTERS
        for row in rows.filter(pl.col("person") == store.person(f"X{LETTERS.index(letter) + 1:06d}")).iter_rows(named=True)
    }
    assert had == {
        "A": {"mentoring", "right_track", "tiger", "building_bridges", "court_reports", "prison_coordination", "mental_health"},
        "B": {"mentoring"}, "C": {"right_track", "tiger"}, "D": {"court_reports", "personalised_budget"}, "E": {"mental_health"},
        "G": {"prison_coordination"}, "H": {"court_reports"},
    }  # fmt: skip


def test_nobody_with_a_service_gives_noughts(db, monkeypatch):
    monkeypatch.setattr(overlap, "strands", tuple)
    for measure in overlap.MEASURES:
        assert {r.value for r in calculate(measure, pilot=current_pilot(), period=WHOLE)} == {0}


# person, service, day: who had what when, beside the answers below
ORDERS = """
A mentoring 2016-05-01   A tiger 2016-06-10   A right_track 2016-06-10
B tiger     2016-06-01   B mentoring 2016-05-02   B mentoring 2016-08-01
C mentoring 2016-07-01   C tiger 2016-06-21
D mentoring 2016-09-01   D tiger 2016-09-01
E mentoring 2016-09-01
F mentoring 2016-09-01   F tiger 2017-01-01
"""


@pytest.fixture
def orders(db, tmp_path, monkeypatch) -> Store:
    store = Store(tmp_path)
    people = [f"N{n} X{n:06d} {letter}shdown 1994-01-01 M" for n, letter in enumerate(LETTERS, start=1)]
    store.load("nps-people", "\n".join(["record_id crn surname date_of_birth sex", *people]))
    words = ORDERS.split()
    uses = [(service, store.person(f"X{LETTERS.index(who) + 1:06d}"), date.fromisoformat(on))
            for who, service, on in zip(words[::3], words[1::3], words[2::3], strict=True)]  # fmt: skip
    monkeypatch.setattr(overlap, "strands", lambda: (Told(uses),))
    return store


def chosen(*slugs: str) -> tuple:
    return tuple(service for service in current_pilot().services if service.slug in slugs)


def answers(services: tuple) -> dict[str, dict[str, object]]:
    """By slug and group, what the calculator says of the chosen set over the year."""
    found = {m.slug: calculate(m, pilot=current_pilot(), period=WHOLE) for m in overlap.together(services)}
    return {slug: {r.group: r.value for r in results} for slug, results in found.items()}


def test_in_what_order_two_services_began_and_how_long_between(orders):
    """A 40 days, B 30 (the first mentoring counts), C the other way round 10, D on one day; E has one, F the second too late."""
    assert answers(chosen("mentoring", "tiger")) == {
        "overlap.all": {"Mentoring & TIGER": 4},
        "overlap.order": {"Mentoring and TIGER on one day": 1, "Mentoring, then TIGER": 2, "TIGER, then Mentoring": 1},
        "overlap.days": {"Mentoring and TIGER on one day": 0, "Mentoring, then TIGER": 35, "TIGER, then Mentoring": 10,
                         "all": 20},
    }  # fmt: skip


def test_three_services_of_which_two_began_on_one_day(orders):
    assert answers(chosen("mentoring", "tiger", "right_track")) == {
        "overlap.all": {"Mentoring & Right Track & TIGER": 1},
        "overlap.order": {"Mentoring, then Right Track and TIGER on one day": 1},
        "overlap.days": {"Mentoring, then Right Track and TIGER on one day": 40, "all": 40},
    }


def test_a_set_that_nobody_had_has_no_order(orders):
    assert answers(chosen("tiger", "employment")) == {
        "overlap.all": {"TIGER & Employment": 0}, "overlap.order": {}, "overlap.days": {"all": None},
    }  # fmt: skip


def test_every_two_services_side_by_side(orders):
    """The published pair is that of the table, and the three chosen are the published triple where it is asked so."""
    had, both = (calculate(m, pilot=current_pilot(), period=WHOLE) for m in overlap.side_by_side(current_pilot().services))
    assert {r.group: r.value for r in had if r.value} == {"Mentoring": 6, "Right Track": 1, "TIGER": 4}
    assert {r.group: r.value for r in both if r.value} == {
        "Mentoring & Right Track": 1, "Mentoring & TIGER": 4, "Right Track & TIGER": 1}  # fmt: skip
    number = len(current_pilot().services)
    assert len(both) == number * (number - 1) // 2


def test_what_is_published_of_two_services_is_that_of_the_table(store):
    """A published overlap, and the same two services among all: one number."""
    by = {(m.slug, r.group): r.value for m in overlap.MEASURES for r in calculate(m, pilot=current_pilot(), period=WHOLE)}
    assert by["overlap.pair", "Right Track & TIGER"] == by["overlap.both", "Right Track & TIGER"] == 2
    for name in ("Right Track", "TIGER", "Building Bridges"):
        pair = label_of("mentoring", next(s.slug for s in current_pilot().services if s.name == name))
        assert by["overlap.mentoring", name] == by["overlap.both", pair] == 1
    three, triple = ("right_track", "tiger", "building_bridges"), by["overlap.triple", "Right Track & TIGER & Building Bridges"]
    assert answers(chosen(*three))["overlap.all"] == {label_of(*three): triple}


def label_of(*slugs: str) -> str:
    return overlap.label(chosen(*slugs))


def test_a_small_pair_is_not_the_difference_of_two_tables():
    """Withheld in one table, a pair is withheld in the other that counts the same people."""
    from tests.measures.test_relations import count, public

    told = public([count("overlap.psr", "mental health", 3), count("overlap.both", label_of("court_reports", "mental_health"), 3),
                   count("overlap.had", "Mental health", 40), count("overlap.both", label_of("mentoring", "mental_health"), 12)])
    assert {group for (_, group), number in told.items() if number is None} >= {
        "mental health", label_of("court_reports", "mental_health")}  # fmt: skip
