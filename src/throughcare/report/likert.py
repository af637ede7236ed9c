"""Answers on a scale as a diverging bar: below the middle to the left, above it to the right, the middle over the line."""

from collections.abc import Sequence

import altair as alt
import vl_convert

from throughcare.core.drawings import accessible
from throughcare.measures.results import Result
from throughcare.report.charts import FONT, INK, LINE

WIDTH, ROW = 640, 34
NARROW = 9
"""A share of fewer points has no room for its number."""
RED, PALE_RED, GREY, PALE_BLUE, BLUE = "#942514", "#e58a80", "#cecece", "#8eb8e0", "#1d70b8"
COLOURS = {5: (RED, PALE_RED, GREY, PALE_BLUE, BLUE), 2: (PALE_RED, BLUE)}
"""By the number of answers, from the least to the most. The table beside the chart says the same in numbers."""


def diverging(answers: Sequence[Result], *, slug: str, title: str) -> str:
    """One question as an `<svg>`; "" for a scale that has no two sides. Answers go from the least to the most."""
    colours = COLOURS.get(len(answers))
    shares = [float(each.value or 0) for each in answers]
    if colours is None or not sum(shares):
        return ""
    middle = len(shares) // 2
    left = sum(shares[:middle]) + (shares[middle] / 2 if len(shares) % 2 else 0)
    rows, at = [], -left
    for place, (each, share) in enumerate(zip(answers, shares, strict=True)):
        label = f"{each.shown}%" if share >= NARROW else ""
        rows.append({"answer": each.group, "from": at, "to": at + share, "middle": at + share / 2, "label": label,
                     "dark": colours[place] in (RED, BLUE)})  # fmt: skip
        at += share
    order = [each.group for each in answers]
    scale = alt.Scale(domain=[-100, 100])
    along = alt.Axis(labelExpr="abs(datum.value) + '%'", grid=False, values=[-100, -50, 0, 50, 100])
    base = alt.Chart(alt.Data(values=rows))
    bars = base.mark_bar(height=ROW - 8).encode(
        x=alt.X("from:Q", scale=scale, title=None, axis=along), x2="to:Q",
        color=alt.Color("answer:N", sort=order, title=None, scale=alt.Scale(domain=order, range=list(colours)),
                        legend=alt.Legend(orient="top", columns=5, labelLimit=0, columnPadding=18)),
    )  # fmt: skip
    words = base.mark_text(fontSize=12).encode(
        x=alt.X("middle:Q", scale=scale), text="label:N",
        color=alt.condition("datum.dark", alt.value("white"), alt.value(INK)),
    )  # fmt: skip
    line = alt.Chart(alt.Data(values=[{"zero": 0}])).mark_rule(color=INK).encode(x=alt.X("zero:Q", scale=scale))
    drawn = alt.layer(bars, line, words).properties(width=WIDTH, height=ROW).configure(font=FONT, background="white")
    drawn = drawn.configure_view(stroke=None).configure_axis(labelFontSize=12, labelColor=INK, domainColor=LINE, tickColor=LINE)
    says = "; ".join(f"{each.group} {each.shown}%" for each in answers)
    drawing = vl_convert.vegalite_to_svg(drawn.configure_legend(labelFontSize=12).to_json())
    return accessible(drawing, slug=slug, title=title, says=says)
