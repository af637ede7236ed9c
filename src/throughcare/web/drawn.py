"""A run chart as shapes for the page: where its lines and points lie in a square of a hundred, and what it shows in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from throughcare.core.words import small
from throughcare.measures.glance import Line
from throughcare.measures.results import Result
from throughcare.measures.run_charts import RunChart
from throughcare.report.run_words import month_in_words, says, shown, signals_in_words
from throughcare.report.sentences import number

NAMED = 3
"""So many figures that moved are named each; of more it is said how many."""
ROOM = 6.0
"""What is left free above and below."""


@dataclass(frozen=True, kw_only=True)
class Dot:
    """A point: where, and whether it is "plain", a "signal", or of a month that is not whole ("part")."""

    x: float
    y: float
    kind: str


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """Lines as points of an SVG; "" or None: there is no such line. `top`, `bottom`: the ends of the scale."""

    line: str
    low: str
    high: str
    middle: float | None
    target: float | None
    dots: tuple[Dot, ...]
    top: str
    bottom: str
    first: str
    last: str
    says: str


def drawn(chart: RunChart, target: float | None = None) -> Drawn | None:
    """The chart as shapes; None where no month has a value."""
    valued = [p for p in chart.points if p.value is not None]
    if not valued:
        return None
    ends = [v for p in valued for v in (p.value, p.low, p.high) if v is not None] + ([target] if target is not None else [])
    least, most = min(ends), max(ends)
    span = (most - least) or 1.0
    places = {p.month: 100 * (i + 0.5) / len(chart.points) for i, p in enumerate(chart.points)}

    def y(value: float) -> float:
        return round(100 - ROOM - (100 - 2 * ROOM) * (value - least) / span, 2)

    dots = tuple(
        Dot(x=round(places[p.month], 2), y=y(p.value), kind="signal" if p.signals else "plain" if p.whole else "part")
        for p in valued if p.value is not None
    )  # fmt: skip
    lows = _joined((places[p.month], y(p.low)) for p in valued if p.low is not None)
    highs = _joined((places[p.month], y(p.high)) for p in valued if p.high is not None)
    unit = valued[0].result
    return Drawn(
        line=_joined((d.x, d.y) for d in dots), low=lows, high=highs, dots=dots,
        middle=None if chart.middle is None else y(chart.middle), target=None if target is None else y(target),
        top=number(most, unit), bottom=number(least, unit), first=month_in_words(chart.points[0].month),
        last=month_in_words(chart.points[-1].month), says=says(chart, target),
    )  # fmt: skip


def what_changed(lines: Sequence[Line], *, sections: bool = True) -> str:
    """What the last month shows of these figures against the one before, and whether it is noise; "" where none has months.

    `sections`: whether each is named with its service.
    """
    with_months = [line for line in lines if line.chart.points]
    judged = [line for line in with_months if not line.chart.too_few and line.chart.last is not None]
    month = max((line.chart.last.month for line in judged if line.chart.last), default="")
    latest = [line for line in judged if line.chart.last and line.chart.last.month == month]
    moved, few = [line for line in latest if line.chart.moved], len(with_months) - len(latest)
    said = [_moved(line, named=sections) for line in moved[:NAMED]]
    more = f"; and {len(moved) - NAMED} more that are marked below" if len(moved) > NAMED else ""
    told = [f"{month_in_words(month)}, more than chance gives: {'; '.join(said)}{more}."] if moved else []
    if still := len(latest) - len(moved):
        one = still == 1
        which = f"{'the other' if moved else ''} {'' if one and moved else still} figure{'' if one else 's'}".split()
        within = f"{' '.join(which)} moved no more than chance gives: noise, not news"
        told.append(f"{within[:1].upper()}{within[1:]}." if moved else f"In {month_in_words(month)} {within}.")
    if few:
        told.append(f"Of {few} {'figure' if few == 1 else 'figures'} there are too few months to tell.")
    return " ".join(told)


def _moved(line: Line, *, named: bool) -> str:
    """One figure whose last month is news: from what to what, and by what it is known."""
    last, before = line.chart.last, line.chart.before
    if last is None:
        return ""
    way = ""
    if before is not None and before.result.shown is not None and last.result.shown is not None:
        less, more = last.result.shown < before.result.shown, last.result.shown > before.result.shown
        verb = "fell" if less else "rose" if more else "stayed"
        way = f" {verb} from {shown(before.result)} to" if less or more else f" {verb} at"
    title = small(line.figure.measure.title)
    what = f"{line.section.title}, {title}" if named else title
    return f"{what}{way or ' is at'} {shown(last.result)} ({signals_in_words(last.signals)})"


def _joined(places: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{x:.2f},{y:.2f}" for x, y in places)


def lengths(results: Sequence[Result]) -> Mapping[str, float]:
    """By borough, provider or step (whatever each is divided by, else its measure): how long its bar is, of a hundred."""
    found = {next(iter(r.breakdown.values()), r.slug): float(r.value) for r in results if r.value is not None}
    shares = any(r.statistic == "share" for r in results)
    most = 100.0 if shares else max(found.values(), default=0.0)
    return {name: (100 * value / most if most else 0.0) for name, value in found.items()}
