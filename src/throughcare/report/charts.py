"""Charts as SVG that stands in the page: named and described for who cannot see it, with no font or file from elsewhere."""

from typing import Any

import altair as alt
import vl_convert

from throughcare.core.drawings import accessible
from throughcare.report.content import Bar, Chart
from throughcare.report.sentences import WITHHELD

BLUE, INK, LINE = "#1d70b8", "#0b0c0c", "#b1b4b6"
FONT = "Arial, Helvetica, sans-serif"
LETTER = 8
"""Room for a letter of a label, so that none is cut off where a wider font stands in for Arial, as in the PDF."""
PANEL_WIDTH, BAR_HEIGHT, PANEL_HEIGHT = 260, 26, 150


def svg(chart: Chart) -> str:
    """The chart as an `<svg>` element whose title and description are its accessible name and text."""
    drawing = vl_convert.vegalite_to_svg(drawing_of(chart).to_json())
    return accessible(drawing, slug=chart.slug, title=chart.caption, says=chart.says)


def drawing_of(chart: Chart) -> alt.TopLevelMixin:
    """The chart as a drawing, one panel a series."""
    series = list(dict.fromkeys(bar.series for bar in chart.bars))
    longest = max((float(b.result.value) for b in chart.bars if b.result.value is not None), default=1) or 1
    panels = [_panel(chart, name, longest, one=len(series) == 1) for name in series]
    drawing = panels[0] if len(panels) == 1 else alt.concat(*panels, columns=2, spacing=28)
    return drawing.configure(font=FONT, background="white").configure_view(stroke=None).configure_axis(
        labelFontSize=13, labelColor=INK, titleFontSize=13, titleColor=INK, domainColor=LINE, tickColor=LINE, labelLimit=240,
    ).configure_title(fontSize=15, anchor="start", color=INK)  # fmt: skip


def _panel(chart: Chart, series: str, longest: float, *, one: bool) -> alt.LayerChart:
    bars = [b for b in chart.bars if b.series == series]
    data = alt.Data(values=[_datum(b) for b in bars])
    order = [b.category for b in bars]
    room = LETTER * max((len(category) for category in order), default=0)
    along = alt.Axis(grid=False, ticks=False, labels=False, domain=False)
    scale = alt.Scale(domain=[0, longest * 1.15])
    if chart.upright:
        place = alt.X("category:N", sort=order, title=None, axis=alt.Axis(labelAngle=-90, minExtent=room))
        length = alt.Y("value:Q", title=None, axis=along, scale=scale)
        put: dict[str, Any] = {"align": "center", "baseline": "bottom", "dy": -3}
        size = {"width": PANEL_WIDTH, "height": PANEL_HEIGHT}
        base = alt.Chart(data, title=series).encode(x=place)
        drawn = base.mark_bar(color=BLUE).encode(y=length)
        text = base.mark_text(color=INK, fontSize=12, **put).encode(y=alt.Y("value:Q", scale=scale), text="label:N")
    else:
        place = alt.Y("category:N", sort=order, title=None, axis=alt.Axis(ticks=False, minExtent=room))
        length = alt.X("value:Q", title=None, axis=along, scale=scale)
        put = {"align": "left", "baseline": "middle", "dx": 4}
        size = {"width": PANEL_WIDTH * 2 if one else PANEL_WIDTH - 60, "height": BAR_HEIGHT * max(len(bars), 1)}
        base = alt.Chart(data, title=series).encode(y=place)
        drawn = base.mark_bar(color=BLUE).encode(x=length)
        text = base.mark_text(color=INK, fontSize=13, **put).encode(x=alt.X("value:Q", scale=scale), text="label:N")
    return alt.layer(drawn, text).properties(**size)


def _datum(bar: Bar) -> dict[str, str | float]:
    """A withheld bar has no length and says so: it is not a zero."""
    value = bar.result.value
    label = WITHHELD if bar.result.suppressed else f"{bar.result.shown:,}" if value is not None else "[x]"
    unit = "%" if bar.result.unit == "percent" and value is not None else ""
    return {"category": bar.category, "value": float(value or 0), "label": f"{label}{unit}"}
