"""What every format is read to: sentences and tables in their order, each with its place."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where something stands. What a format does not tell is 0 or ""; a line is the first one, from 1."""

    section: str = ""
    page: int = 0
    line: int = 0
    cell: str = ""

    def __str__(self) -> str:
        parts = [self.cell, f"“{self.section}”" if self.section else "", f"page {self.page}" if self.page else ""]
        parts.append(f"line {self.line}" if self.line else "")
        return ", ".join(part for part in parts if part) or "the document"


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """One sentence of prose; `paragraph` numbers the paragraph or list item that it stands in."""

    text: str
    paragraph: int
    place: Place


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A cell as written; `value` is None where it holds no single number, a dash is nought. `percent`: written with %."""

    text: str
    value: Decimal | None
    percent: bool = False

    @property
    def decimals(self) -> int:
        return len(self.text.partition(".")[2].rstrip("% ")) if self.value is not None else 0


@dataclass(frozen=True, kw_only=True)
class Row:
    label: str
    cells: tuple[Cell, ...]
    line: int = 0


@dataclass(frozen=True, kw_only=True)
class Table:
    """`columns` heads the cells, without the column of labels; "" where the head could not be told apart.

    `name` is as text calls it ("Table 2"), "" for none; `groups` are the upper heads of a two-storey head, one a cell.
    """

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    place: Place
    groups: tuple[str, ...] = ()

    def at(self, row: Row, column: int | None = None) -> Place:
        """The place of a row, or of a cell of it."""
        named = self.name or self.title or "table"
        head = "" if column is None else self.columns[column] or f"column {column + 1}"
        cell = ", ".join(part for part in (named, f"row “{row.label}”" if row.label else "", head) if part)
        return Place(section=self.place.section, page=self.place.page, line=row.line or self.place.line, cell=cell)

    def column(self, number: int) -> tuple[Decimal | None, ...]:
        return tuple(row.cells[number].value for row in self.rows)


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A row of a `figures.csv`: one figure of one group, with its counts where it has them."""

    id: str
    group: str
    value: Decimal | None
    unit: str
    numerator: Decimal | None
    denominator: Decimal | None
    suppressed: str
    line: int

    @property
    def place(self) -> Place:
        return Place(cell=f"{self.id} [{self.group}]", line=self.line)


@dataclass(frozen=True)
class Document:
    """What is audited."""

    name: str
    sentences: tuple[Sentence, ...] = ()
    tables: tuple[Table, ...] = ()
    figures: tuple[Figure, ...] = field(default=())

    @cached_property
    def paragraphs(self) -> tuple[tuple[Sentence, ...], ...]:
        together: dict[int, list[Sentence]] = {}
        for sentence in self.sentences:
            together.setdefault(sentence.paragraph, []).append(sentence)
        return tuple(tuple(sentences) for sentences in together.values())

    def in_pairs(self) -> Iterator[tuple[Sentence, Sentence | None]]:
        """Each sentence with the one before it in its paragraph."""
        for paragraph in self.paragraphs:
            yield from zip(paragraph, (None, *paragraph), strict=False)
