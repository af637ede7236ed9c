"""Tables and charts made from figures: who builds a section names slugs and headings, and types no number."""

from collections.abc import Iterable, Sequence

from throughcare.measures.results import Result
from throughcare.report.content import Bar, Form, Row, Said, Table
from throughcare.report.figures import Figures

TOTALS = ("total", "all")


def said(results: Iterable[Result], form: Form = "value") -> tuple[Said, ...]:
    return tuple(Said(result=r, form=form) for r in results)


def by_group(figures: Figures, caption: str, first: str, columns: Sequence[tuple[str, str]], *, note: str = "") -> Table:
    """A row for each group that the first figure has, a column a figure: (heading, slug)."""
    groups = figures.groups(columns[0][1])
    rows = tuple(
        Row(heading=_heading(g), cells=said(figures.cell(slug, g) for _, slug in columns), total=g in TOTALS) for g in groups
    )
    return Table(caption=caption, first=first, columns=tuple(h for h, _ in columns), rows=rows, note=note)


def by_figure(figures: Figures, caption: str, rows: Sequence[tuple[str, str]], *, first: str = "", note: str = "") -> Table:
    """A row a figure (heading, slug), a column for each group that the first figure has: "Thames, 18-25" of Thames|18-25."""
    groups = figures.groups(rows[0][1])
    made = tuple(Row(heading=h, cells=said(figures.cell(slug, g) for g in groups)) for h, slug in rows)
    return Table(caption=caption, first=first, columns=tuple(_heading(g) for g in groups), rows=made, note=note)


def shares(figures: Figures, caption: str, first: str, rows: Sequence[tuple[str, str, str]], *, note: str = "") -> Table:
    """A row a share (heading, slug, group), shown with the counts that it follows from."""
    found = [(heading, figures.cell(slug, group)) for heading, slug, group in rows]
    made = tuple(Row(heading=h, cells=(Said(result=r), Said(result=r, form="counts"))) for h, r in found)
    return Table(caption=caption, first=first, columns=("Share", "Counts"), rows=made, note=note)


def bars_by(
    figures: Figures, slug: str, group: str, breakdown: str, values: Iterable[tuple[str, str]], *, series: str = ""
) -> list[Bar]:
    """A bar for each value of a breakdown: (value, how it is written)."""
    return [Bar(category=words, series=series, result=figures.cell(slug, group, by=(breakdown, v))) for v, words in values]


def _heading(group: str) -> str:
    parts = [part.replace("total", "Total").replace("all", "all ages" if "|" in group else "All") for part in group.split("|")]
    words = ", ".join(parts).replace("_", " ")
    return words[:1].upper() + words[1:]
