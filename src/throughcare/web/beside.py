"""An earlier period beside the one asked for: by how much each figure differs, and whether by more than chance gives."""

from collections.abc import Callable

from throughcare.casework.access.reader import Reader
from throughcare.measures.board import Figure, View
from throughcare.measures.comparisons import Compared, compared
from throughcare.measures.results import Result
from throughcare.web.asked import Asked
from throughcare.web.boards import board_of, figure_of

EVENTS = ("referrals", "reports", "cases", "assessments", "appointments", "consultations", "plans", "taskings", "sessions")
"""Units of what happens on a day and each once, so that its numbers in two periods can be told from chance."""
Beside = Callable[[Result], Compared | None]


def beside(reader: Reader, ask: Asked, view: View) -> Beside | None:
    """What gives of a result on the reader's board the earlier one and the difference; None where no earlier is asked for."""
    if ask.earlier is None:
        return None
    found = {r.key: r for r in board_of(reader, ask.earlier, view).results}
    return lambda result: _compared(result, found.get(result.key))


def beside_figure(reader: Reader, ask: Asked, view: View, figure: Figure) -> Beside | None:
    """The same of one measure, whether it is on the board or not."""
    if ask.earlier is None:
        return None
    before = figure_of(reader, figure.measure, ask.earlier, view)
    found = {r.key: r for r in before.results} if before else {}
    return lambda result: _compared(result, found.get(result.key))


def _compared(now: Result, before: Result | None) -> Compared | None:
    return compared(now, before, of_days=now.unit in EVENTS) if before is not None else None


VERDICTS = {"higher": "Higher, more than chance", "lower": "Lower, more than chance", "chance": "Within chance"}


def difference_in_words(each: Compared) -> str:
    """+3.0 points (-8.0 to +14.0); +12 (a day 92% to 140% of the earlier)."""
    if each.value is None:
        return ""
    if each.now.statistic == "share":
        interval = "" if each.low is None or each.high is None else f" ({each.low:+.1f} to {each.high:+.1f})"
        return f"{each.value:+.1f} points{interval}"
    told = f"{each.value:+,.0f}" if each.now.statistic == "count" else f"{each.value:+,.{each.now.digits or 1}f}"
    return told if each.low is None or each.high is None else f"{told} (a day {each.low:.0f}% to {each.high:.0f}% of the earlier)"
