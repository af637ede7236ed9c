"""What a report is made of, free of any form: sections of paragraphs, tables, charts and lists. Numbers are results.

A number stands in the tree as a `Result`, never as text: how it is written, and whether it is published, is decided once.
"""

from dataclasses import dataclass
from typing import Literal

from throughcare.measures.results import Result
from throughcare.measures.run_charts import RunChart

Form = Literal["value", "counts", "numerator", "denominator", "target", "state", "period", "met", "most", "fraction"]
Comparison = Literal["rose", "higher", "more", "likely"]


@dataclass(frozen=True, kw_only=True)
class Said:
    """A number in a sentence, and the form in which it stands there: as itself, or as words that follow from it.

    mark: what stands beside it, such as [p]; whoever sets it says what it means.
    """

    result: Result
    form: Form = "value"
    mark: str = ""


@dataclass(frozen=True, kw_only=True)
class Compared:
    """Words that follow from two numbers: how `result` stands to `to`, as both are published."""

    result: Result
    to: Result
    form: Comparison


@dataclass(frozen=True, kw_only=True)
class Strong:
    parts: "tuple[Inline, ...]"


@dataclass(frozen=True, kw_only=True)
class Link:
    """Words that lead to an address."""

    parts: "tuple[Inline, ...]"
    address: str


@dataclass(frozen=True, kw_only=True)
class Footnote:
    """What stands below, called from here; each form numbers them."""

    parts: "tuple[Inline, ...]"


Inline = str | Said | Compared | Strong | Link | Footnote


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    parts: tuple[Inline, ...]


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A heading inside a section, whose own is of level 2."""

    text: str
    level: Literal[3, 4] = 3


@dataclass(frozen=True, kw_only=True)
class Bullets:
    items: tuple[Paragraph, ...]
    numbered: bool = False


@dataclass(frozen=True, kw_only=True)
class Quotation:
    """What somebody said, and as whom they are quoted."""

    text: str
    who: str


@dataclass(frozen=True, kw_only=True)
class Box:
    """What is set apart from the rest, such as the key learning of a chapter."""

    title: str
    blocks: "tuple[Paragraph | Bullets, ...]"


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row of a table under its heading; a cell is a result in some form, or words."""

    heading: str
    cells: tuple[Said | str, ...]
    total: bool = False


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table with its caption. `first` heads the column of row headings; `note` and the `caveats` of its figures stand below."""

    caption: str
    first: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One bar: where it stands (category), in which panel (series), and how long it is."""

    category: str
    series: str
    result: Result


@dataclass(frozen=True, kw_only=True)
class Chart:
    """Bars in one panel a series. `says` is what the chart shows, in words, for who cannot see it. `upright`: bars stand."""

    slug: str
    caption: str
    says: str
    category: str
    unit: str
    bars: tuple[Bar, ...]
    upright: bool = False
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RunPicture:
    """A figure month by month between its control limits. `says` is what it shows, in words; `months` its data, a row a month."""

    slug: str
    caption: str
    says: str
    unit: str
    chart: RunChart
    target: float | None
    months: Table
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """A picture that was made before, such as a study's. `says` is what it shows, in words; `data` the numbers in it."""

    slug: str
    caption: str
    says: str
    svg: str
    data: Table
    caveats: tuple[str, ...] = ()


Picture = Chart | RunPicture | Drawing


@dataclass(frozen=True, kw_only=True)
class Item:
    """One entry of a list: a term, what is said of it, and lines under it."""

    term: str
    words: Paragraph
    details: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ItemList:
    items: tuple[Item, ...]
    details_title: str = ""


Block = Paragraph | Heading | Bullets | Quotation | Box | Table | Picture | ItemList


@dataclass(frozen=True, kw_only=True)
class Section:
    """A section with its place in the page's address (`slug`) and its heading. `new_page`: on paper it begins a page."""

    slug: str
    title: str
    blocks: tuple[Block, ...]
    new_page: bool = False


@dataclass(frozen=True, kw_only=True)
class Report:
    """The whole: title, the line under it, sections in their order."""

    title: str
    subtitle: str
    public: bool
    sections: tuple[Section, ...]
