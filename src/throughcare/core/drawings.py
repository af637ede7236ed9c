"""An SVG drawing that stands in a page beside others: named and described for who cannot see it."""

import re


def accessible(drawing: str, *, slug: str, title: str, says: str) -> str:
    """Puts name and description in, and makes identifiers the drawing's own, so that several share a page."""
    drawing = re.sub(r'\b(id="|url\(#|xlink:href="#|href="#)', rf"\g<1>{slug}-", drawing)
    drawing = re.sub(r'\s(?:role|aria-[a-z]+)="[^"]*"', "", drawing)
    start, rest = drawing.split(">", 1)
    start = re.sub(r'\s(?:width|height)="[^"]*"', "", start)
    label = f'role="img" aria-labelledby="{slug}-title {slug}-desc"'
    told = f'<title id="{slug}-title">{_escape(title)}</title><desc id="{slug}-desc">{_escape(says)}</desc>'
    return f"{start} {label}>{told}{rest}"


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
