"""The content tree as one accessible page: no script, nothing fetched, tables with their headings, charts with their data."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from throughcare.report.charts import svg
from throughcare.report.content import Block, Chart, Paragraph, Report, Row, Said, Table
from throughcare.report.sentences import UNKNOWN, WITHHELD, cell, plain

TEMPLATES = Path(__file__).parent / "templates"


def page(report: Report) -> str:
    """The page, whole, with its styles inside."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals.update(kind=_kind, prose=_prose, cell=cell, drawing=_drawing, data=_data, key=_key)
    styles = Markup((TEMPLATES / "report.css").read_text(encoding="utf-8"))
    return environment.get_template("report.html").render(report=report, styles=styles)


def _kind(block: Block) -> str:
    return type(block).__name__


def _prose(paragraph: Paragraph) -> str:
    return plain(paragraph.parts)


def _drawing(chart: Chart) -> Markup:
    return Markup(svg(chart))


def _data(chart: Chart) -> Table:
    """The numbers of a chart as a table: a row a category, a column a panel."""
    series = list(dict.fromkeys(bar.series for bar in chart.bars))
    found = {(b.category, b.series): Said(result=b.result) for b in chart.bars}
    rows = tuple(
        Row(heading=c, cells=tuple(found[c, s] for s in series)) for c in dict.fromkeys(b.category for b in chart.bars)
    )
    columns = tuple(s or chart.unit.capitalize() for s in series)
    caption = f"Data of {chart.caption[:1].lower()}{chart.caption[1:]}"
    return Table(caption=caption, first=chart.category, columns=columns, rows=rows)


def _key(table: Table) -> str:
    """What the marks of a table mean, where it has any."""
    written = {cell(c) for row in table.rows for c in row.cells}
    meanings = {WITHHELD: "not published, to protect small numbers", UNKNOWN: "no figure"}
    return "; ".join(f"{mark}: {meaning}" for mark, meaning in meanings.items() if mark in written)
