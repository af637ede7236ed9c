"""Run charts with their limits, and every chart of a report drawn once; charts as pictures to keep. Nothing is fetched."""

from typing import Any, Literal

import altair as alt
import vl_convert

from throughcare.core.drawings import accessible
from throughcare.measures.run_charts import RunChart
from throughcare.report.charts import BLUE, FONT, INK, LINE, drawing_of, svg
from throughcare.report.content import Chart, Drawing, Report, RunPicture

Form = Literal["svg", "png"]
RED, GREY = "#942514", "#505a5f"
WIDTH, HEIGHT, SHARP = 640, 280, 2
"""Size of the drawing, and how many points of a PNG one of its points is."""


def drawn(report: Report) -> dict[str, str]:
    """Every chart of the report by its slug, drawn once for all forms."""
    blocks = [block for section in report.sections for block in section.blocks]
    bars = {block.slug: svg(block) for block in blocks if isinstance(block, Chart)}
    made = {block.slug: block.svg for block in blocks if isinstance(block, Drawing)}
    return bars | made | {block.slug: _run_svg(block) for block in blocks if isinstance(block, RunPicture)}


def _run_svg(block: RunPicture) -> str:
    drawing = run_drawn(block.chart, title="", unit=block.unit, target=block.target)
    return accessible(picture(drawing, "svg").decode(), slug=block.slug, title=block.caption, says=block.says)


def picture(drawing: alt.TopLevelMixin, form: Form) -> bytes:
    """The drawing in that form."""
    if form == "svg":
        return vl_convert.vegalite_to_svg(drawing.to_json()).encode()
    return bytes(vl_convert.vegalite_to_png(drawing.to_json(), scale=SHARP))


def bars_drawn(chart: Chart) -> alt.TopLevelMixin:
    """Bars with their caption above."""
    return drawing_of(chart).properties(title=chart.caption)


def run_drawn(chart: RunChart, *, title: str, unit: str, target: float | None) -> alt.TopLevelMixin:
    """Months from left to right; limits dashed grey, middle grey, target dashed red; a signal is a large red point, a month that
    is not whole a pale one. No title: what stands around it has one.
    """
    rows = [
        {"month": p.month, "value": p.value, "low": p.low, "high": p.high, "middle": chart.middle if p.low is not None else None,
         "kind": "signal" if p.signals else "month" if p.whole else "not a whole month"}
        for p in chart.points if p.value is not None
    ]  # fmt: skip
    base = _chart(rows).encode(x=alt.X("month:O", title=None, axis=alt.Axis(labelAngle=-45)))
    layers: list[alt.Chart] = []
    if chart.middle is not None:
        for name, dash in (("low", [4, 4]), ("high", [4, 4]), ("middle", [1, 0])):
            layers.append(base.mark_line(color=GREY, strokeDash=dash, strokeWidth=1.5).encode(y=alt.Y(f"{name}:Q", title=unit)))
    if target is not None:
        rule = _chart([{"target": target}]).mark_rule(color=RED, strokeDash=[8, 4], strokeWidth=1.5)
        layers.append(rule.encode(y=alt.Y("target:Q", title=unit)))
    layers.append(base.mark_line(color=BLUE, strokeWidth=2.5).encode(y=alt.Y("value:Q", title=unit)))
    kinds = ["month", "signal", "not a whole month"]
    layers.append(base.mark_point(filled=True, opacity=1, strokeWidth=1.5).encode(
        y=alt.Y("value:Q", title=unit),
        color=alt.Color("kind:N", title=None, scale=alt.Scale(domain=kinds, range=[BLUE, RED, LINE])),
        size=alt.Size("kind:N", legend=None, scale=alt.Scale(domain=kinds, range=[45, 130, 45])),
    ))  # fmt: skip
    laid = alt.layer(*layers).properties(width=WIDTH, height=HEIGHT)
    named = laid.properties(title=title) if title else laid
    return named.configure(font=FONT, background="white").configure_view(stroke=None).configure_axis(
        labelFontSize=13, labelColor=INK, titleFontSize=13, titleColor=INK, domainColor=LINE, tickColor=LINE, gridColor="#f3f2f1",
    ).configure_title(fontSize=15, anchor="start", color=INK).configure_legend(orient="bottom", labelFontSize=13)  # fmt: skip


def _chart(rows: list[dict[str, Any]]) -> alt.Chart:
    data: Any = alt.Data  # Altair's own types stop here
    return alt.Chart(data(values=rows))
