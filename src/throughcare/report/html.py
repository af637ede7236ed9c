"""The content tree as one accessible page: no script, nothing fetched, tables with their headings, charts with their data.

A figure says which it is: `data-figure` has its slug and group parted by the first "|", `data-form` the form it stands in, and
`data-by` what it is divided by.
"""

from collections.abc import Mapping
from html import escape
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from throughcare.report.content import (
    Block,
    Compared,
    Drawing,
    Footnote,
    Inline,
    Link,
    Picture,
    Report,
    Row,
    RunPicture,
    Said,
    Strong,
    Table,
)
from throughcare.report.sentences import UNKNOWN, WITHHELD, cell, words

TEMPLATES = Path(__file__).parent / "templates"


def page(report: Report, drawings: Mapping[str, str]) -> str:
    """The page, whole, with its styles inside; `drawings`: of each chart by its slug the SVG (`charts.drawn`)."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    notes: list[Footnote] = []
    environment.globals.update(
        kind=kind, prose=lambda parts: _prose(parts, notes), cell=cell, marks=_marks, notes=notes,
        drawing=lambda chart: Markup(drawings[chart.slug]), data=data_of, key=key,
    )  # fmt: skip
    styles = Markup((TEMPLATES / "report.css").read_text(encoding="utf-8"))
    return environment.get_template("report.html").render(report=report, styles=styles)


def kind(block: Block) -> str:
    return type(block).__name__


def _prose(parts: tuple[Inline, ...], notes: list[Footnote]) -> Markup:
    return Markup("").join(_inline(part, notes) for part in parts)


def _inline(part: Inline, notes: list[Footnote]) -> Markup:
    """Words with their marks; a footnote leaves its number and is kept for the end."""
    match part:
        case str():
            return Markup(escape(part))
        case Said():
            return Markup("<span{}>{}</span>").format(_marks(part), words(part))
        case Compared():
            return Markup(escape(words(part)))
        case Strong():
            return Markup("<strong>{}</strong>").format(_prose(part.parts, notes))
        case Link():
            return Markup('<a href="{}">{}</a>').format(part.address, _prose(part.parts, notes))
        case Footnote():
            notes.append(part)
            number = len(notes)
            return Markup('<sup><a href="#note-{0}" id="from-note-{0}" aria-label="Note {0}">{0}</a></sup>').format(number)


def _marks(said: Said | str) -> Markup:
    """The attributes that say which figure it is; none of words."""
    if isinstance(said, str):
        return Markup("")
    r = said.result
    by = " ".join(f"{name}={value}" for name, value in r.breakdown.items())
    divided = Markup(' data-by="{}"').format(by) if by else ""
    return Markup(' data-figure="{}|{}" data-form="{}"{}').format(r.slug, r.group, said.form, divided)


def data_of(chart: Picture) -> Table:
    """The numbers of a chart as a table: a row a category, a column a panel; of a run chart a row a month."""
    if isinstance(chart, RunPicture):
        return chart.months
    if isinstance(chart, Drawing):
        return chart.data
    series = list(dict.fromkeys(bar.series for bar in chart.bars))
    found = {(b.category, b.series): Said(result=b.result) for b in chart.bars}
    rows = tuple(
        Row(heading=c, cells=tuple(found[c, s] for s in series)) for c in dict.fromkeys(b.category for b in chart.bars)
    )
    columns = tuple(s or chart.unit.capitalize() for s in series)
    caption = f"Data of {chart.caption[:1].lower()}{chart.caption[1:]}"
    return Table(caption=caption, first=chart.category, columns=columns, rows=rows)


def key(table: Table) -> str:
    """What the marks of a table mean, where it has any."""
    written = {mark for row in table.rows for c in row.cells for mark in cell(c).split()[:1]}
    meanings = {WITHHELD: "not published, to protect small numbers", UNKNOWN: "no figure"}
    return "; ".join(f"{mark}: {meaning}" for mark, meaning in meanings.items() if mark in written)
