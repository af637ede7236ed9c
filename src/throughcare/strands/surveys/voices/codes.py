"""What a file of coding software holds, whatever its form: themes, conversations, quotations; and how one is refused."""

from dataclasses import dataclass

from throughcare.strands.surveys.voices.errors import NotReadable

MOST_ROWS = 20_000


@dataclass(frozen=True, kw_only=True)
class CodedTheme:
    source: str
    title: str
    meaning: str = ""


@dataclass(frozen=True, kw_only=True)
class CodedQuotation:
    """`conversation` and `theme` are references of the file."""

    conversation: str
    theme: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Coded:
    """What a file holds. conversations: by reference, in their order. left: what was not read, in words, with the place."""

    themes: tuple[CodedTheme, ...]
    conversations: tuple[str, ...]
    quotations: tuple[CodedQuotation, ...]
    left: tuple[str, ...] = ()


def not_readable(record: str, expected: str, mend: str) -> NotReadable:
    return NotReadable(what="The file cannot be read", record=record, expected=expected, mend=mend)
