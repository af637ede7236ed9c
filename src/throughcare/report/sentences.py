"""Sentences with places for figures: "{psr.delivered[total|all]} of {psr.cases[total|all]} cases". No number is typed.

A place is `{slug}` (group "all"), `{slug[group]}` or `{slug[group]:form}`; group "*" is the only group there is, "@mentoring" the
name of that service in the pilot file. Forms: value, counts ("86 of 225"), numerator, denominator, target, period (to what it
was cut); and words that follow from the number: state ("met", "not met"), met ("met", "missed"), most, fraction ("almost two
thirds"). `{slug vs slug:rose}` compares two figures: rose, higher, more, likely. `{=5}` is a number that is no figure.
`{pilot}`, `{area}`, `{boroughs}`, `{from}` and `{to}` are words of the pilot file and the period.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import cast, get_args

from throughcare.core.dates import day_in_words
from throughcare.core.errors import UserError
from throughcare.core.rounding import half_up
from throughcare.measures.results import Result
from throughcare.measures.windows import last_day
from throughcare.report import number_words
from throughcare.report.content import Compared, Comparison, Footnote, Form, Inline, Paragraph, Said
from throughcare.report.figures import Figures

PLACE = re.compile(r"\{([^{}\n]+)\}")
_NAME = r"([a-z0-9_.]+)(?:\[([^\]]+)\])?"
ONE = re.compile(rf"{_NAME}(?::([a-z]+))?")
TWO = re.compile(rf"{_NAME}\s+vs\s+{_NAME}:([a-z]+)")
WORDS: Mapping[str, Callable[[Figures], str]] = {
    "pilot": lambda f: f.pilot.name, "area": lambda f: f.pilot.area, "boroughs": lambda f: _listed(f.pilot.boroughs),
    "from": lambda f: day_in_words(f.period.start), "to": lambda f: day_in_words(last_day(f.period)),
}  # fmt: skip
"""What the pilot file and the period say, by name."""
WITHHELD = "[c]"
UNKNOWN = "[x]"
WITHHELD_WORDS = "a number that is not published"
UNKNOWN_WORDS = "an unknown number"


class NotAPlace(UserError):
    """What stands between braces is no place for a figure, or asks for a form that there is not."""


def say(figures: Figures, template: str) -> Paragraph:
    """A paragraph of the template with its figures. Refuses a place that no result fills, and an unknown form."""
    parts: list[Inline] = []
    end = 0
    for place in PLACE.finditer(template):
        parts += [template[end : place.start()], figure(figures, place[1])]
        end = place.end()
    return Paragraph(parts=tuple(p for p in (*parts, template[end:]) if p))


def figure(figures: Figures, inside: str) -> str | Said | Compared:
    """What stands between the braces of a place."""
    if inside.startswith("="):
        return inside[1:].strip()
    if inside in WORDS:
        return WORDS[inside](figures)
    if two := TWO.fullmatch(inside):
        form = _form_of(inside, two[5], get_args(Comparison))
        first, second = cell_of(figures, two[1], two[2]), cell_of(figures, two[3], two[4])
        if first.unit != second.unit:
            raise _not(inside, f"two figures of one unit, not {first.unit} and {second.unit}")
        return Compared(result=first, to=second, form=cast(Comparison, form))
    one = ONE.fullmatch(inside)
    if one is None:
        raise _not(inside, "{slug}, {slug[group]}, {slug[group]:form} or {slug vs slug:form}")
    form = _form_of(inside, one[3] or "value", get_args(Form))
    found = cell_of(figures, one[1], one[2])
    if form in ("most", "fraction") and found.statistic != "share":
        raise _not(inside, f"a share, as the form {form} is of a percentage")
    return Said(result=found, form=cast(Form, form))


def cell_of(figures: Figures, slug: str, group: str | None) -> Result:
    """The figure that a place names."""
    if group and group.startswith("@"):
        group = figures.name(group[1:]) if figures.runs(group[1:]) else group
    return figures.cell(slug, group or "all")


def _form_of(inside: str, form: str, known: tuple[str, ...]) -> str:
    if form not in known:
        raise _not(inside, f"one of the forms {', '.join(known)}, not {form}")
    return form


def _not(inside: str, expected: str) -> NotAPlace:
    return NotAPlace(what="There is no such place for a figure", record=f"{{{inside}}}", expected=expected, mend="correct it")


def _listed(names: Sequence[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def words(said: Said | Compared) -> str:
    """The figure in a sentence, or the words that follow from it."""
    if isinstance(said, Compared):
        return number_words.compared(said.result, said.to, said.form)
    if said.form in ("met", "most", "fraction"):
        return number_words.following(said.result, said.form)
    return _marked(said, _form(said.result, said.form, withheld=WITHHELD_WORDS, unknown=UNKNOWN_WORDS))


def plain(parts: Iterable[Inline]) -> str:
    """What inline parts say, without marks, links and footnotes."""
    told = []
    for part in parts:
        if isinstance(part, str):
            told.append(part)
        elif isinstance(part, Said | Compared):
            told.append(words(part))
        elif not isinstance(part, Footnote):
            told.append(plain(part.parts))
    return "".join(told)


def cell(said: Said | str) -> str:
    """The figure in a table: [c] where it is not published, [x] where there is none."""
    return said if isinstance(said, str) else _marked(said, _form(said.result, said.form, withheld=WITHHELD, unknown=UNKNOWN))


def _marked(said: Said, written: str) -> str:
    return f"{written} {said.mark}" if said.mark else written


def _form(r: Result, form: Form, *, withheld: str, unknown: str) -> str:
    if form == "period":
        return r.period_note or "over the whole period"
    if form == "target":
        return "" if r.target is None else _with_unit(_grouped(half_up(r.target, 0 if r.target == int(r.target) else 2)), r)
    if r.value is None:
        return withheld if r.suppressed else unknown
    if form == "state":
        return {True: "met", False: "not met", None: "no target"}[r.meets_target]
    if form == "value":
        return _with_unit(_grouped(r.shown), r)
    numerator = "" if r.numerator is None else _count(r.numerator)
    if form == "numerator":
        return numerator
    denominator = "" if r.denominator is None else _count(r.denominator)
    return denominator if form == "denominator" else f"{numerator} of {denominator}"


def number(value: float, r: Result) -> str:
    """A number on the scale of a result, such as a limit of its chart, written as the result is: of people without decimals."""
    whole = r.statistic in ("share", "count", "monthly")
    return _with_unit(_grouped(half_up(value, r.digits if r.digits or whole else 1)), r)


def _with_unit(number: str, r: Result) -> str:
    return f"{number}%" if r.unit == "percent" else number


def _count(value: float | int) -> str:
    return _grouped(value if isinstance(value, int) else half_up(value, 2))


def _grouped(number: object) -> str:
    """Thousands parted by commas: 1,363."""
    return f"{number:,}"
