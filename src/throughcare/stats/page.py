"""A result as one accessible page: no script, nothing fetched, its style inside, tables with their headings."""

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

TEMPLATES = Path(__file__).parent / "templates"


def page(template: str, *, charts: dict[str, str], **shown: Any) -> str:
    """The page of a template, with its drawings in it."""
    styles = Markup((TEMPLATES / "result.css").read_text(encoding="utf-8"))
    return _template(template).render(styles=styles, charts=_drawn(charts), **shown)


def part(template: str, *, charts: dict[str, str], **shown: Any) -> str:
    """What stands between head and foot of that page, for a page of the service to stand around."""
    found = _template(template)
    context = found.new_context({"charts": _drawn(charts), **shown})
    return "".join(found.blocks["main"](context))


def _template(name: str) -> Template:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(number=number, pounds=pounds)
    return environment.get_template(name)


def _drawn(charts: dict[str, str]) -> dict[str, Markup]:
    return {name: Markup(drawing) for name, drawing in charts.items()}


def number(value: float | int | None, digits: int = 3) -> str:
    """A figure for a cell; none is a dash that says so."""
    if value is None:
        return "none"
    return f"{value:,}" if isinstance(value, int) else f"{value:,.{digits}f}".replace("-0." + "0" * digits, "0." + "0" * digits)


def pounds(value: float | None) -> str:
    """Whole pounds, a minus before the sign."""
    if value is None:
        return "none"
    whole = round(value)
    return f"{'-' if whole < 0 else ''}£{abs(whole):,}"
