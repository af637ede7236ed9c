"""An SVG drawing that stands in a page beside others: named and described for who cannot see it."""

import re
from html import unescape

DRESSED = re.compile(r"(?P<start><svg[^>]*>)<title[^>]*>(?P<title>.*?)</title><desc[^>]*>(?P<says>.*?)</desc>", re.DOTALL)


def accessible(drawing: str, *, slug: str, title: str, says: str) -> str:
    """Puts name and description in, and makes identifiers the drawing's own, so that several share a page."""
    drawing = re.sub(r'\b(id="|url\(#|xlink:href="#|href="#)', rf"\g<1>{slug}-", drawing)
    drawing = re.sub(r'\s(?:role|aria-[a-z]+)="[^"]*"', "", drawing)
    start, rest = drawing.split(">", 1)
    start = re.sub(r'\s(?:width|height)="[^"]*"', "", start)
    label = f'role="img" aria-labelledby="{slug}-title {slug}-desc"'
    told = f'<title id="{slug}-title">{_escape(title)}</title><desc id="{slug}-desc">{_escape(says)}</desc>'
    return f"{start} {label}>{told}{rest}"


def undressed(drawing: str) -> tuple[str, str, str]:
    """Name, description and bare drawing of one that `accessible` made, for it to stand elsewhere under another slug."""
    found = DRESSED.match(drawing)
    if found is None:
        return "", "", drawing
    return unescape(found["title"]), unescape(found["says"]), found["start"] + drawing[found.end() :]


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
