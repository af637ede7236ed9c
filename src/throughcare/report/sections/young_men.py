"""Enhanced services for young men: referrals by month and borough, and what mentoring made of them."""

from throughcare.measures.groups import months_of
from throughcare.measures.windows import said as day_said
from throughcare.report.blocks import bars_by, by_group, said
from throughcare.report.content import Block, Chart, Row, Section, Table
from throughcare.report.figures import Figures
from throughcare.report.sentences import say

SERVICES = ("mentoring", "building_bridges", "right_track", "tiger")


def section(figures: Figures) -> Section:
    services = [s for s in figures.pilot.services if s.slug in SERVICES]
    if not services:
        return Section(slug="young-men", title="Services for young men", blocks=())
    names = [s.name for s in services]
    start = min(s.start for s in services)
    months = [(f"{m:%Y-%m}", f"{m:%b %Y}") for m in months_of(figures.period.cut(start, None))]
    made = Table(
        caption=f"Referrals made from {day_said(start)}", first="Service", columns=("Referrals",),
        rows=tuple(Row(heading=n, cells=said([figures.cell("referrals", n)])) for n in names),
    )  # fmt: skip
    blocks = (
        made,
        _chart(figures, names, "month", months),
        _chart(figures, names, "borough", [(b, b) for b in figures.pilot.boroughs]),
        *(_mentoring(figures) if figures.runs("mentoring") else ()),
    )
    return Section(slug="young-men", title="Services for young men", blocks=blocks)


def _mentoring(figures: Figures) -> tuple[Block, ...]:
    table = by_group(figures, "Table 2. Mentoring", "Provider", [
        ("Referrals made", "mentoring.referred"), ("Accepted", "mentoring.accepted"),
        ("People seen", "mentoring.seen"), ("Completed", "mentoring.completed"),
    ])  # fmt: skip
    # A pilot file need not name the month and the time before it.
    if not {"referrals.month", "referrals.month_mean"} <= set(figures.measures):
        return (table,)
    month, mean = (f"{slug}[{figures.name('mentoring')}]" for slug in ("referrals.month", "referrals.month_mean"))
    before = f"after a mean of {{{mean}}} a month {{{mean}:period}}"
    return say(figures, f"{{{month}}} referrals were made to mentoring {{{month}:period}}, {before}."), table


def _chart(figures: Figures, names: list[str], breakdown: str, values: list[tuple[str, str]]) -> Chart:
    bars = [bar for n in names for bar in bars_by(figures, "referrals", n, breakdown, values, series=n)]
    return Chart(
        slug=f"referrals-by-{breakdown}", caption=f"Figure 3. Referrals by {breakdown}", category=breakdown.capitalize(),
        unit="referrals", upright=breakdown == "month", bars=tuple(bars),
        says=f"One panel for each service, with a bar for each {breakdown}, as long as the number of referrals made.",
    )  # fmt: skip
