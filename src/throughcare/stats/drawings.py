"""Charts as SVG that stands in a page: Altair draws, nothing is fetched; a name and a description for who cannot see it."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import polars as pl

from throughcare.core.drawings import accessible
from throughcare.stats.survival.curves import Curve

BLUE, INK, LINE, ORANGE, GREY = "#1d70b8", "#0b0c0c", "#b1b4b6", "#f47738", "#505a5f"
FONT = "Arial, Helvetica, sans-serif"
WIDTH, HEIGHT, ROW = 520, 260, 24


def survival_chart(curves: Sequence[Curve], *, slug: str, title: str, unit: str) -> str:
    """Steps with their bands. The treated are drawn first, by a full line; the others by a dashed one: colour is not all."""
    rows = []
    for curve in curves:
        told = curve.table.select("time", "survival", "low", "high")
        if told["time"][0] > 0:
            told = pl.concat([pl.DataFrame({"time": [0.0], "survival": [1.0], "low": [1.0], "high": [1.0]}), told])
        rows += [row | {"group": curve.label} for row in told.to_dicts()]
    order = [curve.label for curve in curves]
    scale = alt.Scale(domain=order, range=[BLUE, ORANGE, GREY, INK][: len(order)])
    colours = alt.Color("group:N", sort=order, title=None, scale=scale)
    base = _chart(rows).encode(x=alt.X("time:Q", title=unit.capitalize()))
    band = base.mark_area(opacity=0.15, interpolate="step-after").encode(y="low:Q", y2="high:Q", color=colours)
    share = alt.Y("survival:Q", title="Share without the event", scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="%"))
    line = base.mark_line(interpolate="step-after").encode(
        y=share, color=colours, strokeDash=alt.StrokeDash("group:N", sort=order, legend=None)
    )
    ends = [100 * curve.survival(float(curve.table["time"][-1])) for curve in curves]
    says = "; ".join(f"{c.label}: {end:.0f}% without the event at the end" for c, end in zip(curves, ends, strict=True))
    return _svg(alt.layer(band, line).properties(width=WIDTH, height=HEIGHT), slug, title, says)


def balance_chart(table: pl.DataFrame, bound: float, *, slug: str) -> str:
    """Each covariate's standardised difference before (hollow) and after (full), with the bound of chance."""
    rows = [
        {"covariate": row["covariate"], "when": when, "value": min(abs(row[f"smd_{when}"]), 10.0)}
        for row in table.to_dicts() for when in ("before", "after")
    ]  # fmt: skip
    place = alt.Y("covariate:N", sort=table["covariate"].to_list(), title=None)
    value = alt.X("value:Q", title="Standardised difference, without sign")
    when = ["before", "after"]
    points = _chart(rows).mark_point(filled=True, size=70).encode(
        x=value, y=place, shape=alt.Shape("when:N", title=None, scale=alt.Scale(domain=when, range=["diamond", "circle"])),
        color=alt.Color("when:N", title=None, scale=alt.Scale(domain=when, range=[GREY, BLUE])),
    )  # fmt: skip
    rule = _chart([{"value": bound}]).mark_rule(color=INK, strokeDash=[4, 4]).encode(x="value:Q")
    before, after = (max(abs(value) for value in table[f"smd_{when}"]) for when in ("before", "after"))
    says = f"The largest difference is {before:.2f} before and {after:.2f} after."
    chart = alt.layer(rule, points).properties(width=WIDTH, height=ROW * max(table.height, 2))
    return _svg(chart, slug, "How alike the groups are, before and after", says)


def interval_chart(rows: Sequence[dict[str, Any]], *, slug: str, title: str, unit: str) -> str:
    """A point and its interval a row: {"name", "value", "low", "high"}; a line where there is no difference."""
    place = alt.Y("name:N", sort=[row["name"] for row in rows], title=None)
    base = _chart(rows).encode(y=place)
    line = base.mark_rule(color=BLUE, strokeWidth=2).encode(x=alt.X("low:Q", title=unit), x2="high:Q")
    point = base.mark_point(filled=True, color=INK, size=60).encode(x="value:Q")
    none = _chart([{"value": 0}]).mark_rule(color=LINE, strokeDash=[4, 4]).encode(x="value:Q")
    says = "; ".join(f"{row['name']}: {row['value']:.3g} ({row['low']:.3g} to {row['high']:.3g})" for row in rows)
    return _svg(alt.layer(none, line, point).properties(width=WIDTH, height=ROW * max(len(rows), 2)), slug, title, says)


def series_chart(
    lines: Mapping[str, Sequence[float | None]], labels: Sequence[str], *, start: str, slug: str, title: str, unit: str, says: str
) -> str:  # fmt: skip
    """Up to three lines over the same periods, each with a dash of its own: colour is not all; a rule where it began."""
    rows = [
        {"label": label, "value": value, "line": name}
        for name, values in lines.items() for label, value in zip(labels, values, strict=True) if value is not None
    ]  # fmt: skip
    order = list(lines)
    colours = alt.Scale(domain=order, range=[BLUE, ORANGE, GREY][: len(order)])
    dashes = alt.Scale(domain=order, range=[[1, 0], [6, 3], [2, 2]][: len(order)])
    line = _over_periods(rows, labels).mark_line(strokeWidth=2.5, point=alt.OverlayMarkDef(size=20)).encode(
        y=alt.Y("value:Q", title=None, scale=alt.Scale(zero=False)),
        color=alt.Color("line:N", sort=order, title=None, scale=colours),
        strokeDash=alt.StrokeDash("line:N", sort=order, title=None, scale=dashes),
    )  # fmt: skip
    drawn = alt.layer(_began(start, labels), line).properties(width=WIDTH, height=HEIGHT, title=_above(unit))
    return _svg(drawn, slug, title, f"{says} It began in {start}, where the upright line stands.")


def periods_chart(rows: Sequence[dict[str, Any]], *, start: str, slug: str, title: str, unit: str, says: str) -> str:
    """A point and its interval a period: {"label", "value", "low", "high"}; a line where there is no difference, a rule where it
    began (`start`)."""
    labels = [row["label"] for row in rows]
    base = _over_periods(rows, labels)
    line = base.mark_rule(color=BLUE, strokeWidth=2).encode(y=alt.Y("low:Q", title=None), y2="high:Q")
    point = base.mark_point(filled=True, color=INK, size=40).encode(y="value:Q")
    none = _chart([{"value": 0}]).mark_rule(color=GREY, strokeDash=[4, 4]).encode(y="value:Q")
    drawn = alt.layer(_began(start, labels), none, line, point).properties(width=WIDTH, height=HEIGHT, title=_above(unit))
    return _svg(drawn, slug, title, f"{says} It began in {start}, where the upright line stands.")


def _above(unit: str) -> alt.TitleParams:
    """What is measured, above the drawing: beside it a long one would be cut off."""
    return alt.TitleParams(unit, anchor="start", fontSize=13, fontWeight="normal", color=INK, offset=12)


def _over_periods(rows: Sequence[dict[str, Any]], labels: Sequence[str]) -> alt.Chart:
    axis = alt.Axis(labelAngle=-45, labelOverlap=True, grid=False)
    drawn: alt.Chart = _chart(rows).encode(x=alt.X("label:O", sort=list(labels), title=None, axis=axis))
    return drawn


def _began(start: str, labels: Sequence[str]) -> alt.Chart:
    drawn: alt.Chart = _over_periods([{"label": start}], labels).mark_rule(color=INK, strokeDash=[4, 4])
    return drawn


def tornado_chart(rows: Sequence[dict[str, Any]], middle: float, *, slug: str, title: str, unit: str) -> str:
    """A bar a row from "low" to "high" around the middle, the longest first."""
    order = [row["name"] for row in rows]
    base = _chart(rows).encode(y=alt.Y("name:N", sort=order, title=None))
    bars = base.mark_bar(color=BLUE).encode(x=alt.X("low:Q", title=unit, axis=alt.Axis(format="~s", tickCount=5)), x2="high:Q")
    rule = _chart([{"value": middle}]).mark_rule(color=INK).encode(x="value:Q")
    says = "; ".join(f"{row['name']}: from {row['low']:,.0f} to {row['high']:,.0f}" for row in rows)
    return _svg(alt.layer(bars, rule).properties(width=WIDTH, height=ROW * max(len(rows), 2)), slug, title, says)


def _chart(rows: Sequence[dict[str, Any]]) -> alt.Chart:
    data: Any = alt.Data  # Altair's own types stop here
    return alt.Chart(data(values=list(rows)))


def _svg(chart: alt.TopLevelMixin, slug: str, title: str, says: str) -> str:
    import vl_convert

    room: Any = {"left": 24, "right": 8, "top": 8, "bottom": 8}
    drawing = chart.configure(font=FONT, background="white", padding=room).configure_view(stroke=None).configure_axis(
        labelFontSize=13, labelColor=INK, titleFontSize=13, titleColor=INK, domainColor=LINE, tickColor=LINE, gridColor="#f3f2f1",
        labelLimit=260,
    ).configure_legend(labelFontSize=13, orient="top", labelLimit=0)  # fmt: skip
    return accessible(vl_convert.vegalite_to_svg(drawing.to_json()), slug=slug, title=title, says=says)
