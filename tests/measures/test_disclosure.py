"""What the public may see: small numbers withheld, and nothing that would let them be worked out."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.measures.attacker import TOTAL, possible, solved
from throughcare.core.contracts import Axis, Group, Measure
from throughcare.core.pilot import Period
from throughcare.measures.calculate import calculate
from throughcare.measures.disclosure import reason, suppress
from throughcare.measures.results import Result

YEAR = Period(start=date(2016, 1, 1), end=date(2017, 1, 1))
WITHHELD = "fewer than 5, or would let a number under 5 be worked out"


def cell(group: str, n: int, of: int | None = None, **fields: object) -> Result:
    """A count, or a share where `of` is given. The group's labels name its place; "total" and "all" are totals."""
    labels = [("axis", "by")[i] + "=" + label for i, label in enumerate(group.split("|"))]
    place = frozenset(tuple(x.split("=", 1)) for x in labels if not x.endswith(("=total", "=all")))
    told = {
        "slug": "x", "group": group, "title": "X", "value": n if of is None else (100 * n / of if of else None),
        "numerator": n, "denominator": of, "cases": n if of is None else of, "unit": "people",
        "statistic": "count" if of is None else "share", "digits": 0, "period": YEAR, "as_at": date(2016, 12, 31),
        "period_note": "", "note": "", "place": place,
    }  # fmt: skip
    return Result(**(told | fields))


def shown(results) -> dict[str, int | float | None]:
    return {r.group: r.value for r in suppress(results, smallest=5)}


def counts(**groups: int) -> list[Result]:
    return [cell(group.replace("_", " "), n) for group, n in groups.items()]


@pytest.mark.parametrize(
    ("table", "published"),
    [
        # taskings by borough, as in the pilot's table 3: Newham's 2 hide Waltham Forest's 26; zeros stay
        (counts(Camden=0, Hackney=110, Newham=2, Waltham_Forest=26, total=138),
         {"Camden": 0, "Hackney": 110, "Newham": None, "Waltham Forest": None, "total": 138}),
        # two small ones protect each other, for together they are not small
        (counts(A=4, B=3, C=20, total=27), {"A": None, "B": None, "C": 20, "total": 27}),
        # two small ones that together are small: the next must go too
        (counts(A=1, B=2, C=20, D=30, total=53), {"A": None, "B": None, "C": None, "D": 30, "total": 53}),
        # without a total there is nothing to subtract from
        (counts(A=1, B=20), {"A": None, "B": 20}),
        # all of a small total is in one place
        (counts(A=0, B=4, total=4), {"A": 0, "B": None, "total": None}),
        # 2 are in no group shown: they would be the total less the groups
        (counts(A=10, B=30, total=42), {"A": None, "B": 30, "total": 42}),
        # 12 are in no group shown: they hide the small one by themselves
        (counts(A=3, B=30, total=45), {"A": None, "B": 30, "total": 45}),
        # groups that overlap add to more than their total: nothing follows from it
        (counts(A=3, B=30, C=40, total=60), {"A": None, "B": 30, "C": 40, "total": 60}),
        (counts(A=5, B=0, total=5), {"A": 5, "B": 0, "total": 5}),
    ],
)  # fmt: skip
def test_counts_in_one_table(table, published):
    assert shown(table) == published


@pytest.mark.parametrize(
    ("n", "of", "published"),
    [(0, 40, True), (4, 40, False), (5, 40, True), (35, 40, True), (36, 40, False), (40, 40, True), (3, 3, False), (0, 4, False)],
)
def test_a_share_tells_of_those_counted_and_of_those_not(n, of, published):
    (r,) = suppress([cell("all", n, of)], smallest=5)
    assert (r.value is not None) is published
    assert (r.numerator, r.denominator) == ((n, of) if published else (None, None))


def test_a_share_of_the_rest_is_protected_like_a_share():
    # 37 people, 33 of them kept: the 4 who were not, and the group that would give them away
    table = [cell("A", 33, 37), cell("B", 20, 40), cell("C", 60, 90), cell("total", 113, 167)]
    assert [g for g, v in shown(table).items() if v is None] == ["A", "B"]


def test_shares_of_one_base_add_to_that_base():
    # all answers of one question, n = 30: the 1 who strongly disagrees would be 30 less the others; 1 and 4 are 5 together, so
    # that each of them would be known to be under 5
    answers = {"strongly disagree": 1, "disagree": 5, "neutral": 9, "agree": 11, "strongly agree": 4}
    table = [cell(g, n, 30, within=frozenset({"axis"})) for g, n in answers.items()]
    assert [g for g, v in shown(table).items() if v is None] == ["strongly disagree", "disagree", "strongly agree"]
    one_small = {"strongly disagree": 3, "disagree": 5, "neutral": 9, "agree": 14, "strongly agree": 7}
    table = [cell(g, n, 38, within=frozenset({"axis"})) for g, n in one_small.items()]
    assert [g for g, v in shown(table).items() if v is None] == ["strongly disagree", "disagree"]


def test_a_mean_of_few_people_and_the_age_of_the_only_oldest_are_not_published():
    mean = {"statistic": "mean", "numerator": 90, "denominator": 3, "cases": 3, "value": 30.0}
    oldest = {"statistic": "maximum", "numerator": None, "denominator": 1363, "cases": 1, "value": 69}
    youngest = {"statistic": "minimum", "numerator": None, "denominator": 1363, "cases": 40, "value": 18}
    results = [cell("all", 0, slug=s, **f) for s, f in (("mean", mean), ("oldest", oldest), ("youngest", youngest))]
    assert [r.value for r in suppress(results, smallest=5)] == [None, None, 18]


def test_what_is_suppressed_has_no_number_and_the_same_reason_whichever_it_is():
    hidden = [r for r in suppress(counts(A=1, B=9, C=20, total=30), smallest=5) if r.suppressed]
    assert [(r.group, r.value, r.numerator, r.denominator, r.cases, r.suppressed) for r in hidden] == [
        ("A", None, None, None, 0, WITHHELD), ("B", None, None, None, 0, WITHHELD),
    ]  # fmt: skip
    assert reason(5) == WITHHELD


def test_rows_and_columns_are_protected_both():
    table = [
        ("A|x", 2), ("A|y", 9), ("A|z", 12), ("A|total", 23),
        ("B|x", 8), ("B|y", 7), ("B|z", 11), ("B|total", 26),
        ("C|x", 20), ("C|y", 22), ("C|z", 21), ("C|total", 63),
        ("total|x", 30), ("total|y", 38), ("total|z", 44), ("total|total", 112),
    ]  # fmt: skip
    hidden = {g for g, v in shown([cell(g, n) for g, n in table]).items() if v is None}
    assert hidden == {"A|x", "A|y", "B|x", "B|y"}


def test_cells_published_in_different_tables_are_protected_together(pilot):
    rows = pl.DataFrame(
        [("A", "x")] * 3 + [("A", "y")] * 10 + [("B", "x")] * 8 + [("B", "y")] * 10 + [("C", "x")] * 9,
        schema=["provider", "agency"], orient="row",
    ).with_columns(on=pl.date(2016, 5, 1))  # fmt: skip
    m = Measure(slug="x", title="X", why="", unit="people", statistic="count", rows=lambda s: rows)
    both = [r for by in (("provider",), ("provider", "agency")) for r in calculate(m, pilot=pilot, period=YEAR, by=by)]
    told = {tuple(sorted(r.breakdown.items())): r.value for r in suppress(both, smallest=5)}
    assert told[(("agency", "x"), ("provider", "A"))] is None
    assert told[(("agency", "y"), ("provider", "A"))] is None
    assert told[(("provider", "A"),)] == 13
    assert [r.value for r in both if not r.breakdown] == [40, 40]


def test_a_group_of_all_rows_is_a_total_whatever_it_is_called(pilot):
    rows = pl.DataFrame({"sentence": ["order"] * 27 + ["custody"] * 9 + ["fine"] * 1})
    groups = (
        Group(label="eligible"),
        *(Group(label=s, where=pl.col("sentence") == s) for s in ("order", "custody", "fine")),
    )
    m = Measure(slug="x", title="X", why="", unit="people", statistic="count", rows=lambda s: rows, axes=(Axis(groups=groups),))
    told = {r.group: r.value for r in suppress(calculate(m, pilot=pilot, period=YEAR), smallest=5)}
    assert told == {"eligible": 37, "order": 27, "custody": None, "fine": None}


def test_with_a_smallest_of_one_everything_is_published():
    table = counts(A=1, B=2, total=3)
    assert suppress(table, smallest=1) == tuple(table)


def grid(rows: int, columns: int, numbers: st.SearchStrategy[int]) -> st.SearchStrategy[dict[tuple[str, str], int]]:
    """A table of two axes with its totals."""
    names = [(f"r{i}", f"c{j}") for i in range(rows) for j in range(columns)]

    def with_totals(values: list[int]) -> dict[tuple[str, str], int]:
        inner = dict(zip(names, values, strict=True))
        full = dict(inner)
        for i in range(rows):
            full[(f"r{i}", TOTAL)] = sum(n for (r, _), n in inner.items() if r == f"r{i}")
        for j in range(columns):
            full[(TOTAL, f"c{j}")] = sum(n for (_, c), n in inner.items() if c == f"c{j}")
        full[(TOTAL, TOTAL)] = sum(inner.values())
        return full

    return st.lists(numbers, min_size=len(names), max_size=len(names)).map(with_totals)


def published(table: dict[tuple[str, str], int]) -> dict[tuple[str, str], int | None]:
    results = suppress([cell("|".join(place), n) for place, n in table.items()], smallest=5)
    return {tuple(r.group.split("|")): r.value for r in results}


SKEWED = st.one_of(st.integers(0, 6), st.integers(0, 60))


@settings(max_examples=80, deadline=None)
@given(grid(4, 5, SKEWED))
def test_no_reader_who_subtracts_learns_a_withheld_cell(table):
    told = published(table)
    assert all(told[place] is None for place, n in table.items() if 0 < n < 5)
    assert all(told[place] == n for place, n in table.items() if told[place] is not None)
    assert all(told[place] == 0 for place, n in table.items() if n == 0)
    assert not {place: n for place, n in solved(told).items() if n}


@settings(max_examples=80, deadline=None)
@given(grid(2, 3, st.integers(0, 6)))
def test_nor_by_trying_out_all_whole_numbers(table):
    told = published(table)
    for place, numbers in possible(told, most=10).items():
        assert len(numbers) > 1, (place, told)


def test_the_attacker_of_these_tests_does_find_what_is_not_protected():
    table = {("r0", "c0"): None, ("r0", "c1"): 9, ("r0", TOTAL): 12, (TOTAL, "c0"): 3, (TOTAL, "c1"): 9, (TOTAL, TOTAL): 12}
    assert solved(table) == {("r0", "c0"): 3}
    assert possible(table, most=12) == {("r0", "c0"): {3}}
