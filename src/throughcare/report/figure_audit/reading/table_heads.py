"""The head of a table in plain text, told apart into columns: lines that were cells, words that belong together."""

import re
from collections.abc import Sequence

from throughcare.report.figure_audit.reading.prose import without_marks

Heads = tuple[tuple[str, ...], tuple[str, ...]]


def heads(lines: Sequence[str], *, width: int, text: str) -> Heads:
    """(columns, groups above them) for `width` columns; "" where it cannot be told. `text`: the whole document's.

    Tried in this order: a last line that repeats itself stands under groups; each word is a column, once words
    that the document only has together are one; each piece is one (or all but the first, which heads the labels).
    """
    if lines and (repeated := _repeated(lines[-1].split(), width)):
        return repeated, _groups(_pieces([without_marks(line) for line in lines[:-1]]), width, repeated)
    pieces = _pieces([without_marks(line) for line in lines])
    words = _together(" ".join(pieces).split(), text)
    if len(words) == width:
        return tuple(words), ()
    return tuple(pieces[-width:]) if len(pieces) in (width, width + 1) else ("",) * width, ()


def _pieces(lines: Sequence[str]) -> list[str]:
    """Lines put together where one goes on in small letters."""
    pieces: list[str] = []
    for line in lines:
        if pieces and line[:1].islower():
            pieces[-1] += f" {line}"
        else:
            pieces.append(line)
    return pieces


def _repeated(words: Sequence[str], width: int) -> tuple[str, ...]:
    """The sub-heads where a line gives one each and they repeat ("All 18-25 All 18-25"), else nothing."""
    if len(words) != width:
        return ()
    period = next((n for n in range(2, width // 2 + 1) if width % n == 0 and list(words[:n]) * (width // n) == list(words)), 0)
    return tuple(words) if period else ()


def _groups(pieces: Sequence[str], width: int, repeated: Sequence[str]) -> tuple[str, ...]:
    """One upper head for each cell; where the pieces do not fit, only a last "Total" is known."""
    period = next(n for n in range(2, width + 1) if list(repeated[:n]) * (width // n) == list(repeated))
    count = width // period
    if len(pieces) not in (count, count + 1):
        last = pieces[-1] if pieces and re.match(r"(?:total|all|overall)$", pieces[-1], re.I) else ""
        named = [f"group {number}" for number in range(1, count)] + [last or f"group {count}"]
    else:
        named = list(pieces[-count:])
    return tuple(name for name in named for _ in range(period))


def _together(words: Sequence[str], text: str) -> list[str]:
    """Words of a head that are one: the first only says how ("Strongly agree"), or the text has it only before the second."""
    joined: list[str] = []
    open_ = False
    for word, after in zip(words, [*words[1:], ""], strict=True):
        joined = [*joined[:-1], f"{joined[-1]} {word}"] if open_ else [*joined, word]
        open_ = bool(after) and (word.lower().endswith("ly") or _only_before(word, after, text))
    return joined


def _only_before(word: str, after: str, text: str) -> bool:
    """Whether in the document's prose `word` is found, and always before `after` (alone on its line it tells nothing)."""
    if not word[:1].isupper() or not after[:1].isupper():
        return False
    both = len(re.findall(rf"\b{re.escape(word)}\s+{re.escape(after)}\b", text))
    apart = len(re.findall(rf"\b{re.escape(word)}\s*[,.;)]", text))
    return both >= 2 and not apart
