"""Whether the list behind a figure is as long as the figure says: asked of a small world and of the demonstration."""

from throughcare.casework.access.models import Account
from throughcare.casework.access.queries import posts_of
from throughcare.casework.access.reader import Reader
from throughcare.casework.pilot import current_pilot
from throughcare.core.contracts import Measure
from throughcare.core.pilot import Period
from throughcare.measures.all_measures import all_measures
from throughcare.measures.calculate import Run
from throughcare.measures.cases import HIT, cases
from throughcare.measures.own import PERSON
from throughcare.measures.results import Result
from throughcare.measures.windows import window_of
from throughcare.registry.parts import reach, service_rows
from throughcare.web.behind import cases_of, rows_told
from throughcare.web.boards import figure_of, view_of


def difference(measure: Measure, r: Result, period: Period, run: Run) -> str:
    """In words where list and figure differ; "" where they are as one, or the measure is absent or not about people. Of a
    protected measure there is no list.
    """
    window = window_of(measure, pilot=current_pilot(), period=period)
    if measure.protected:
        listed = cases(measure, r.group, None, pilot=current_pilot(), period=period, run=run)
        return "" if listed.is_empty() else f"{r.slug} has a list"
    if window.absent or PERSON not in run.rows(measure.rows, window.scope).columns:
        return ""
    rows = cases(measure, r.group, None, pilot=current_pilot(), period=period, run=run)
    base = (r.numerator if r.statistic in ("count", "monthly") else r.denominator) or 0
    hits = rows[HIT].sum()
    if rows.height == base and (r.statistic != "share" or hits == (r.numerator or 0)):
        return ""
    return f"{r.slug} [{r.group}]: {rows.height} rows, {hits} hits; {r.numerator} of {r.denominator}"


def listed_by(username: str, period: Period) -> tuple[list[str], int]:
    """Of an account's own part: where its list, with those said to be missing, is not as long as its figure; how many cases it
    is given in all. Of what it may not know it is given nobody.
    """
    account = Account.objects.get(username=username)
    day = period.end
    posts = tuple(posts_of(account, day))
    reader = Reader(account=account, post=posts[0], posts=posts, day=day, reach=reach(), service_rows=service_rows())
    view, wrong, given = view_of(reader), [], 0
    for measure in all_measures():
        found = figure_of(reader, measure, period, view)
        for r in (r for r in (found.whole if found else ()) if r.value is not None):
            told, others = cases_of(reader, measure, r.group, period, view)
            rows = rows_told(r.slug, r.group)
            may = bool(rows) and all(reader.may(row) for row in ("contact", *rows))
            base = (r.numerator if r.statistic in ("count", "monthly") else r.denominator) or 0
            if len(told) + others != (base if may and (told or others) else 0):
                wrong.append(f"{username}: {r.slug} [{r.group}]: {len(told)} listed, {others} others, of {base}")
            given += len(told)
    return wrong, given
