"""Lines of plain text."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line with words. `breaks`: a new paragraph begins here; `note`: it belongs to the footnotes of its page;
    `begins_page`: it is the first line of one."""

    text: str
    number: int
    page: int
    breaks: bool
    note: bool = False
    begins_page: bool = False
