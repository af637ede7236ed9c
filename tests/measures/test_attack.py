"""A thousand random tables and publications: a reader who tries all sums, differences and ranges finds nothing withheld."""

import random
from datetime import date
from itertools import combinations, pairwise, product

import pytest

from tests.measures.bounding import given_away
from throughcare.core.pilot import Period
from throughcare.measures.disclosure import suppress
from throughcare.measures.earlier import Earlier
from throughcare.measures.results import Result
from throughcare.measures.tables import Relation, Term

SMALLEST = 5
YEAR = Period(start=date(2016, 1, 1), end=date(2017, 1, 1))
TABLES = 1000


def cell(slug: str, labels: tuple[str, ...], n: int, period: Period = YEAR) -> Result:
    """A count; "*" is the total of its axis."""
    place = frozenset((f"axis {i}", label) for i, label in enumerate(labels) if label != "*")
    return Result(
        slug=slug, group="|".join(labels), title="", value=n, numerator=n, denominator=None, cases=n, unit="people",
        statistic="count", digits=0, period=period, as_at=period.end, period_note="", note="", place=place,
    )  # fmt: skip


def number(chance: random.Random) -> int:
    return chance.choice((0, chance.randint(1, 4), chance.randint(1, 9), chance.randint(5, 60)))


def table(chance: random.Random, sizes: tuple[int, ...]) -> dict[tuple[str, ...], int]:
    """Random numbers by so many axes, with all totals."""
    inner = {labels: number(chance) for labels in product(*([f"{i}{j}" for j in range(n)] for i, n in enumerate(sizes)))}
    return with_totals(inner)


def with_totals(inner: dict[tuple[str, ...], int]) -> dict[tuple[str, ...], int]:
    found = dict(inner)
    axes = len(next(iter(inner)))
    for some in (axes_ for n in range(1, axes + 1) for axes_ in combinations(range(axes), n)):
        for labels, n in inner.items():
            key = tuple("*" if i in some else label for i, label in enumerate(labels))
            found[key] = found.get(key, 0) + n
    return found


def sums(slug: str, of: dict[tuple[str, ...], int], over: object = None) -> list[dict]:
    """What adds up to what in one table: along each axis."""
    found = []
    for labels in of:
        for axis in (i for i, label in enumerate(labels) if label == "*"):
            parts = [k for k in of if k[axis] != "*" and k[:axis] + k[axis + 1 :] == labels[:axis] + labels[axis + 1 :]]
            if parts:
                found.append({(slug, labels, over): -1} | {(slug, part, over): 1 for part in parts})
    return found


def told(results: tuple[Result, ...], over: object = None) -> dict:
    return {(r.slug, tuple(r.group.split("|")), over): r.value for r in results}


def of_one_table(chance: random.Random, sizes: tuple[int, ...]) -> tuple[dict, list, dict]:
    made = table(chance, sizes)
    public = suppress([cell("x", k, n) for k, n in made.items()], smallest=SMALLEST)
    return told(public), sums("x", made), {("x", k, None): n for k, n in made.items()}


def one_way(chance: random.Random) -> tuple[dict, list, dict]:
    return of_one_table(chance, (chance.randint(2, 9),))


def two_way(chance: random.Random) -> tuple[dict, list, dict]:
    return of_one_table(chance, (chance.randint(2, 5), chance.randint(2, 5)))


def three_way(chance: random.Random) -> tuple[dict, list, dict]:
    return of_one_table(chance, (chance.randint(2, 3), chance.randint(2, 3), chance.randint(2, 3)))


def linked(chance: random.Random) -> tuple[dict, list, dict]:
    """Two tables of the same people by borough: by age in one, by service in the other; and some of them in a third figure."""
    rows = chance.randint(2, 4)
    one = table(chance, (rows, chance.randint(2, 4)))
    other: dict[tuple[str, ...], int] = {}
    for i in range(rows):
        left = one[f"0{i}", "*"]
        for j in range(2):
            taken = chance.randint(0, left)
            other[f"0{i}", f"s{j}"] = taken
            left -= taken
        other[f"0{i}", "s2"] = left
    other = with_totals(other)
    some = {(f"0{i}", "*"): chance.randint(0, one[f"0{i}", "*"]) for i in range(rows)}
    some["*", "*"] = sum(some.values())
    same = Relation(whole=Term(slug="x"), parts=(Term(slug="y"),))
    among = Relation(whole=Term(slug="x"), parts=(Term(slug="z"),))
    tables = {"x": one, "y": other, "z": some}
    results = [cell(slug, k, n) for slug, of in tables.items() for k, n in of.items()]
    public = suppress(results, smallest=SMALLEST, relations=(same, among))
    margins = [k for k in one if k[1] == "*"]
    equations = [line for slug, of in tables.items() for line in sums(slug, of)]
    equations += [{("x", k, None): 1, ("y", k, None): -1} for k in margins]
    equations += [{("x", k, None): -1, ("z", k, None): 1, ("others", k): 1} for k in margins]
    numbers = {(slug, k, None): n for slug, of in tables.items() for k, n in of.items()}
    return told(public), equations, numbers | {("others", k): one[k] - some[k] for k in margins}


MONTHS = [date(2016, m, 1) for m in range(1, 13)] + [date(2017, 1, 1)]


def over_time(chance: random.Random, periods: list[tuple[int, int]]) -> tuple[dict, list, dict]:
    """One table published for one period after another, each knowing what was published before."""
    sizes = (chance.randint(2, 4),) if chance.random() < 0.6 else (2, chance.randint(2, 3))
    days = sorted({day for period in periods for day in period})
    between = {(a, b): table(chance, sizes) for a, b in pairwise(days)}
    earlier: list[Earlier] = []
    known, equations, numbers = {}, [], {}
    for start, end in periods:
        within = [of for (a, b), of in between.items() if start <= a and b <= end]
        made = {k: sum(of[k] for of in within) for k in within[0]}
        results = [cell("x", k, n, Period(start=MONTHS[start], end=MONTHS[end])) for k, n in made.items()]
        public = suppress(results, smallest=SMALLEST, earlier=earlier)
        shown = frozenset((r.slug, r.place) for r in public if not r.suppressed)
        earlier.insert(0, Earlier(results=tuple(results), published=shown))
        over = (start, end)
        known |= told(public, over)
        equations += sums("x", made, over)
        numbers |= {("x", k, over): n for k, n in made.items()}
        for k in made:
            parts = {("between", k, a): 1 for a, b in between if start <= a and b <= end}
            equations.append({("x", k, over): -1} | parts)
    numbers |= {("between", k, a): n for (a, _), of in between.items() for k, n in of.items()}
    return known, equations, numbers


def cumulative(chance: random.Random) -> tuple[dict, list, dict]:
    """The year so far, published again and again: later less earlier is what came between."""
    ends = sorted(chance.sample(range(1, 13), chance.randint(2, 4)))
    return over_time(chance, [(0, end) for end in ends])


def nested(chance: random.Random) -> tuple[dict, list, dict]:
    """Months, their quarter, the half year, in any order."""
    periods = [(0, 1), (1, 2), (2, 3), (0, 3), (3, 6), (0, 6)]
    chance.shuffle(periods)
    return over_time(chance, periods[: chance.randint(2, 6)])


def overlapping(chance: random.Random) -> tuple[dict, list, dict]:
    """Any periods at all."""
    found = {tuple(sorted(chance.sample(range(7), 2))) for _ in range(chance.randint(2, 4))}
    return over_time(chance, sorted(found, key=lambda _: chance.random()))


KINDS = (one_way, two_way, three_way, linked, cumulative, nested, overlapping)
EACH = -(-TABLES // len(KINDS))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_nothing_withheld_is_given_away(kind):
    for seed in range(EACH):
        known, equations, numbers = kind(random.Random(f"{kind.__name__} {seed}"))
        shown = {name: n for name, n in known.items() if n is not None}
        assert all(numbers[name] == n for name, n in shown.items()), seed
        assert not [name for name, n in shown.items() if 0 < n < SMALLEST], seed
        assert given_away(known, equations, numbers, smallest=SMALLEST) == {}, (kind.__name__, seed)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_what_is_withheld_is_not_everything(kind):
    """Half of what could be published is; totals mostly are."""
    shown = whole = 0
    for seed in range(60):
        known, _, numbers = kind(random.Random(f"{kind.__name__} {seed}"))
        could = [name for name, n in numbers.items() if n >= SMALLEST and name in known]
        whole += len(could)
        shown += sum(known[name] is not None for name in could)
    assert shown >= 0.4 * whole, (shown, whole)


def test_the_attacker_finds_what_is_withheld_badly():
    a, b, c, total = (("x", name) for name in ("a", "b", "c", "total"))
    equations = [{a: 1, b: 1, c: 1, total: -1}]
    numbers = {a: 2, b: 4, c: 20, total: 26}
    alone = {a: None, b: 4, c: 20, total: 26}
    assert given_away(alone, equations, numbers, smallest=5) == {a: (2, 2)}
    both = {a: None, b: None, c: 20, total: 26}
    assert given_away(both, equations, numbers, smallest=5) == {}
    assert given_away(both | {total: 25}, equations, numbers | {b: 3}, smallest=5) == {a: (1, 4), b: (1, 4)}


def test_the_attacker_finds_what_one_period_less_another_gives_away():
    """Twelve over the half year and nine in its first quarter: three in the second."""
    half, first, second = (("x", name) for name in ("half", "first", "second"))
    equations = [{half: -1, first: 1, second: 1}]
    assert given_away({half: 12, first: 9}, equations, {second: 3}, smallest=5) == {second: (3, 3)}
