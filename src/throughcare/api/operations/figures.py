"""Figures: the results that pages and report show, with the counts that they follow from, as the post may see them."""

from collections.abc import Callable
from functools import lru_cache

from django.http import Http404, HttpRequest

from throughcare.api import asked, given
from throughcare.api.guard import Operation
from throughcare.casework.pilot import current_pilot
from throughcare.casework.reasons.models import Reason
from throughcare.casework.reasons.queries import Seen, stands
from throughcare.core.errors import UserError
from throughcare.core.pilot import Period
from throughcare.measures.all_measures import all_measures
from throughcare.measures.calculate import calculate_all
from throughcare.measures.results import Result
from throughcare.report.packs.gathered import whole_months
from throughcare.web.boards import ROW, board_of, figure_of, last_write, measure_asked, view_of
from throughcare.web.why import reasons_told


class NotGiven(UserError):
    """There are no such figures: the period has no day, or they are not divided for this post."""


def figures(request: HttpRequest, start: asked.Start, end: asked.End, by: asked.Divided = ()) -> given.Figures:
    """Every figure of the period that the post may see: of the governance audience all, else those of its own dashboard.

    Of a part of the pilot they are not divided: nearly all would be withheld.
    """
    period = _period(start, end)
    if view_of(request.reader).governance:
        found = _all(period, tuple(dict.fromkeys(by)), last_write())
    elif by:
        raise NotGiven(
            what="The figures are not divided for this post", record=", ".join(by), expected="no breakdown",
            mend="leave `by` out, or ask with a token of the governance audience",
        )  # fmt: skip
    else:
        found = board_of(request.reader, period).results
    return _given(request, period, found)


def figure(request: HttpRequest, slug: asked.Slug, start: asked.Start, end: asked.End) -> given.Figures:
    """One measure's figures, undivided and by month and borough where its rows tell them."""
    period, measure = _period(start, end), measure_asked(slug)
    found = figure_of(request.reader, measure, period, view_of(request.reader))
    if found is None:
        raise Http404
    return _given(request, period, found.results)


def _period(start: asked.Day, end: asked.Day) -> Period:
    if end <= start:
        raise NotGiven(what="The period has no day", record=f"{start} to {end}", expected="an end later than the start",
                       mend="give as `end` the day after the last")  # fmt: skip
    return Period(start=start, end=end)


@lru_cache(maxsize=8)
def _all(period: Period, by: tuple[str, ...], written: int | None) -> tuple[Result, ...]:
    return calculate_all(all_measures(), pilot=current_pilot(), period=period, by=by)


def _given(request: HttpRequest, period: Period, results: tuple[Result, ...]) -> given.Figures:
    """With the reasons that stand beside them on the dashboard of the months in which the period lies."""
    reader = request.reader
    reasons = reasons_told(reader, view_of(reader), chosen={}, months=whole_months(period))
    return given.Figures(start=period.start, end=period.end, figures=[_figure(r, _reason(r, reasons)) for r in results])


def _reason(r: Result, reasons: Callable[[Result], tuple[Reason | None, Seen]]) -> given.GapReason | None:
    reason, now = reasons(r)
    if reason is None:
        return None
    return given.GapReason(
        text=reason.text, post=reason.post.title, on=reason.on, since=reason.since, until=reason.until, was=reason.figure,
        stands=stands(reason, now),
    )  # fmt: skip


def _figure(r: Result, reason: given.GapReason | None) -> given.Figure:
    return given.Figure(
        id=r.slug, group=r.group, title=r.title, by=dict(r.breakdown), value=r.value,
        shown=None if r.shown is None else str(r.shown), unit=r.unit,
        statistic=r.statistic, numerator=r.numerator, denominator=r.denominator, target=r.target,
        as_at=r.as_at, suppressed=r.suppressed, note="; ".join(note for note in (r.period_note, r.note) if note),
        reason=reason,
    )  # fmt: skip


OPERATIONS = (
    Operation(name="figures", method="GET", path="/figures", view=figures, gives=given.Figures, needs=ROW, group="Figures",
              by_rule=True),
    Operation(name="figure", method="GET", path="/figures/{slug}", view=figure, gives=given.Figures, needs=ROW, group="Figures",
              by_rule=True),
)  # fmt: skip
