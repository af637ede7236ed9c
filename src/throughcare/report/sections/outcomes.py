"""Outcomes that are not of a service: attitudes and needs, recorded crime, victims. Descriptions, never effects."""

from collections.abc import Iterator, Sequence

from throughcare.report.content import Block, Heading, Paragraph, Row, Said, Section, Table
from throughcare.report.figures import Figures

NOTE = "A description, not an effect: what studies found stands under Impact."
NOT_TOLD = "not told"
OUTCOMES = ("improved", "about the same", "worse")
CRIME = (
    ("Boroughs of the pilot", "crime.recorded"), ("per 1,000 residents", "crime.rate"),
    ("Boroughs compared", "crime.recorded_elsewhere"), ("per 1,000 residents there", "crime.rate_elsewhere"),
)  # fmt: skip
VICTIMS = (
    ("Victims", "victims.recorded"), ("Victims before", "victims.repeat"), ("Of members' crimes", "victims.of_members"),
)  # fmt: skip


def section(figures: Figures) -> Section:
    """Nothing is shown of what no extract has told of the period."""
    return Section(slug="outcomes", title="Outcomes beside the services", blocks=tuple(_blocks(figures)))


def _blocks(figures: Figures) -> Iterator[Block]:
    scales = _groups(figures, "attitudes.assessed")
    if scales:
        yield Heading(text="Attitudes and needs")
        columns = (("Assessed", "attitudes.assessed"), ("Again", "attitudes.again"), ("Mean change", "attitudes.change"))
        yield _table(figures, "Repeated assessments, by scale", "Scale", columns, scales,
                     note=f"Above 0 is for the better. {NOTE}")  # fmt: skip
        yield _changes(figures, scales)
    if offences := _groups(figures, "crime.recorded"):
        yield Heading(text="Recorded crime")
        yield _table(figures, "Recorded crimes of a borough in a month, on average", "Offences", CRIME, offences, note=NOTE)
    if any(r.value or r.suppressed for r in figures.results if r.slug == "victims.recorded"):
        yield Heading(text="Victims")
        groups = tuple(g for g in _groups(figures, "victims.recorded") if g != "all")
        yield _table(figures, "Victims of recorded crime in the boroughs of the pilot", "Offences", VICTIMS, (*groups, "all"),
                     note=f"Rounded to the nearest 5, and small numbers withheld, for every audience. {NOTE}")  # fmt: skip
        yield Paragraph(parts=("A victim is of a member's crime where the police tell of the arrest, charge or conviction of "
                               "somebody for it who was a member on the day it was recorded.",))  # fmt: skip


def _groups(figures: Figures, slug: str) -> tuple[str, ...]:
    return tuple(r.group for r in figures.results if r.slug == slug and not r.breakdown)


def _table(
    figures: Figures, caption: str, first: str, columns: Sequence[tuple[str, str]], groups: Sequence[str], *, note: str
) -> Table:
    rows = tuple(
        Row(heading="All" if group == "all" else group, total=group == "all",
            cells=tuple(_cell(figures, slug, group) for _, slug in columns))
        for group in groups
    )  # fmt: skip
    return Table(caption=caption, first=first, columns=tuple(words for words, _ in columns), rows=rows, note=note)


def _changes(figures: Figures, scales: Sequence[str]) -> Table:
    rows = tuple(
        Row(heading=scale, cells=tuple(_cell(figures, "attitudes.outcome", f"{scale}|{how}") for how in OUTCOMES))
        for scale in scales
    )
    columns = tuple(how.capitalize() for how in OUTCOMES)
    note = f"Of those with two scores far enough apart; so much as is more than chance is better or worse. {NOTE}"
    caption = "Change from the first score to the last, by scale"
    return Table(caption=caption, first="Scale", columns=columns, rows=rows, note=note)


def _cell(figures: Figures, slug: str, group: str) -> Said | str:
    found = figures.find(slug, group)
    return NOT_TOLD if found is None or (found.value is None and not found.suppressed) else Said(result=found)
