"""Sentences with places for figures: "{psr.delivered[total|all]} of {psr.cases[total|all]} cases". No number is typed.

A place is `{slug}` (group "all"), `{slug[group]}` or `{slug[group]:form}`; group "*" is the only group there is. Forms:
value, counts ("86 of 225"), numerator, denominator, target, state (against the target), period (to what it was cut).
"""

import re
from typing import cast, get_args

from throughcare.core.rounding import half_up
from throughcare.measures.results import Result
from throughcare.report.content import Form, Paragraph, Said
from throughcare.report.figures import Figures

PLACE = re.compile(r"\{([a-z0-9_.]+)(?:\[([^\]]+)\])?(?::([a-z]+))?\}")
WITHHELD = "[c]"
UNKNOWN = "[x]"
WITHHELD_WORDS = "a number that is not published"
UNKNOWN_WORDS = "an unknown number"


def say(figures: Figures, template: str) -> Paragraph:
    """A paragraph of the template with its figures. Refuses a place that no result fills, and an unknown form."""
    parts: list[str | Said] = []
    end = 0
    for place in PLACE.finditer(template):
        slug, group, form = place[1], place[2] or "all", place[3] or "value"
        if form not in get_args(Form):
            raise ValueError(f"{place[0]} asks for the form {form}; there are {', '.join(get_args(Form))}")
        parts += [template[end : place.start()], Said(result=figures.cell(slug, group), form=cast(Form, form))]
        end = place.end()
    return Paragraph(parts=tuple(p for p in (*parts, template[end:]) if p))


def words(said: Said) -> str:
    """The figure in a sentence."""
    return _form(said.result, said.form, withheld=WITHHELD_WORDS, unknown=UNKNOWN_WORDS)


def cell(said: Said | str) -> str:
    """The figure in a table: [c] where it is not published, [x] where there is none."""
    return said if isinstance(said, str) else _form(said.result, said.form, withheld=WITHHELD, unknown=UNKNOWN)


def _form(r: Result, form: Form, *, withheld: str, unknown: str) -> str:
    if form == "period":
        return r.period_note or "over the whole period"
    if form == "target":
        return "" if r.target is None else _with_unit(_grouped(half_up(r.target, 0 if r.target == int(r.target) else 2)), r)
    if form == "state":
        return _state(r, withheld, unknown)
    if r.value is None:
        return withheld if r.suppressed else unknown
    if form == "value":
        return _with_unit(_grouped(r.shown), r)
    numerator = "" if r.numerator is None else _count(r.numerator)
    if form == "numerator":
        return numerator
    denominator = "" if r.denominator is None else _count(r.denominator)
    return denominator if form == "denominator" else f"{numerator} of {denominator}"


def number(value: float, r: Result) -> str:
    """A number on the scale of a result, such as a limit of its chart, written as the result is."""
    return _with_unit(_grouped(half_up(value, r.digits if r.digits or r.statistic in ("share", "count") else 1)), r)


def _state(r: Result, withheld: str, unknown: str) -> str:
    if r.value is None:
        return withheld if r.suppressed else unknown
    return {True: "met", False: "not met", None: "no target"}[r.meets_target]


def _with_unit(number: str, r: Result) -> str:
    return f"{number}%" if r.unit == "percent" else number


def _count(value: float | int) -> str:
    return _grouped(value if isinstance(value, int) else half_up(value, 2))


def _grouped(number: object) -> str:
    """Thousands parted by commas: 1,363."""
    return f"{number:,}"
