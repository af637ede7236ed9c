"""Whether the services changed anything: of each registered study what it found, or why it is not ready and when it will be."""

from collections.abc import Mapping
from typing import Any

from throughcare.core.dates import day_in_words
from throughcare.core.drawings import accessible, undressed
from throughcare.core.words import capital, small
from throughcare.report.around import Study, StudyChart
from throughcare.report.content import Block, Bullets, Drawing, Heading, Paragraph, Row, Section, Table
from throughcare.report.figures import Figures
from throughcare.stats.page import number

COLUMNS = ("Treated", "Compared or expected", "Difference", "95% interval", "Verdict")
SHARES = ("binary", "time")


def section(figures: Figures) -> Section:
    studies = figures.around.studies
    if studies:
        blocks: tuple[Block, ...] = tuple(
            block for place, study in enumerate(studies, start=1) for block in _study(study, place, figures.public))
    else:
        blocks = (_words("No study is registered. Without one that was written down before its data were seen, nothing here may "
                         "be read as an effect."),)  # fmt: skip
    return Section(slug="impact", title="Impact", blocks=blocks)


def _study(study: Study, place: int, public: bool) -> tuple[Block, ...]:
    asked = f"{study.question} " if study.question else ""
    said: list[Block] = [
        Heading(text=study.title), _words(f"{asked}The study was registered on {day_in_words(study.registered_on)}."),
    ]  # fmt: skip
    if study.ran_on:
        told = " To the public the direction alone is told, for each outcome." if public else ""
        said.append(_words(f"It was run on data as they were known on {day_in_words(study.ran_on)}.{told}"))
        if study.found:
            said.append(_bullets(study.found))
        if study.estimates and not public:
            said.append(_estimates(study))
        said += [] if public else [_drawing(chart, study, f"study-{place}-{n}") for n, chart in enumerate(study.charts, start=1)]
    elif study.because:
        when = f" It can be run from {day_in_words(study.ready_on)}." if study.ready_on else ""
        said.append(_words(f"No effect is told: the study is not ready, because of {study.because}.{when}"))
        if words := tuple(words for _, words in study.shut if words):
            said.append(_bullets(words))
    else:
        said.append(_words("No effect is told: the study has not been run."))
    return tuple(said)


def _words(text: str) -> Paragraph:
    return Paragraph(parts=(text,))


def _bullets(texts: tuple[str, ...]) -> Bullets:
    return Bullets(items=tuple(map(_words, texts)))


def _estimates(study: Study) -> Table:
    rows = tuple(
        Row(heading=capital(str(e.get("words") or e["outcome"])), cells=(*_values(e), str(e["verdict"])))
        for e in study.estimates
    )  # fmt: skip
    note = "Shares in percent, their difference in points of a hundred; counts and days in their own unit."
    return Table(caption=f"Estimates of the study: {study.title}", first="Outcome", columns=COLUMNS, rows=rows, note=note)


def _values(e: Mapping[str, Any]) -> tuple[str, ...]:
    scale, digits, unit = (100, 1, "%") if e.get("kind") in SHARES else (1, 2, "")
    one, other, apart, low, high = (
        number(scale * e[name], digits) for name in ("treated_value", "compared_value", "estimate", "ci_low", "ci_high"))
    return f"{one}{unit}", f"{other}{unit}", apart, f"{low} to {high}"


def _drawing(chart: StudyChart, study: Study, slug: str) -> Drawing:
    """The study's own drawing, under a slug that no other has: several studies may have drawn the same."""
    title, says, bare = undressed(chart.svg)
    first, *names = chart.rows[0] if chart.rows else ("",)
    rows = tuple(Row(heading=_told(row[first]), cells=tuple(_told(row[name]) for name in names)) for row in chart.rows)
    caption = f"{title}. {study.title}"
    data = Table(caption=f"Data of {small(caption)}", first=capital(first), rows=rows,
                 columns=tuple(capital(name.replace("_", " ")) for name in names))  # fmt: skip
    return Drawing(slug=slug, caption=caption, says=says, data=data, svg=accessible(bare, slug=slug, title=caption, says=says))


def _told(value: float | int | str | None) -> str:
    return value if isinstance(value, str) else number(value, 2)
