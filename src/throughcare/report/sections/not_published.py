"""What is withheld from the public, and why."""

from collections.abc import Iterable

from throughcare.measures.disclosure import reason
from throughcare.report.content import Item, ItemList, Paragraph, Section
from throughcare.report.figures import Figures


def section(figures: Figures) -> Section:
    title = "What is not published, and why"
    if not figures.public:
        return Section(slug="not-published", title=title, blocks=())
    smallest = figures.pilot.smallest_published
    why = Paragraph(parts=(
        f"A person could be recognised in a small number. A figure is therefore not published where it is {reason(smallest)} "
        "from the totals and figures beside it. It is withheld everywhere alike: in the text, the tables, the charts and the "
        "file. A zero is published as a zero.",
    ))  # fmt: skip
    rounding = figures.pilot.rounding
    near = Paragraph(parts=(
        f"Counts are published to the nearest {rounding}, each by itself, so that parts need not add up to their total; a share "
        "is that of the rounded counts.",
    ))  # fmt: skip
    items = []
    for slug in dict.fromkeys(r.slug for r in figures.results if r.suppressed):
        hidden = [r for r in figures.results if r.slug == slug and r.suppressed]
        where = list(dict.fromkeys(_place(r.group, r.breakdown.values()) for r in hidden))
        items.append(Item(term=hidden[0].title, words=Paragraph(parts=(f"{'; '.join(where)}.",))))
    none = Paragraph(parts=("In this report nothing had to be withheld.",))
    listed = (ItemList(items=tuple(items)) if items else none,)
    return Section(slug="not-published", title=title, blocks=(why, *((near,) if rounding else ()), *listed))


def _place(group: str, breakdown: Iterable[str]) -> str:
    return ", ".join([*group.split("|"), *breakdown])
