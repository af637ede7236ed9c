"""Filters of a list, kept in its address: shown as tags that can be taken off one by one; sorting; the day that is looked at."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict

from throughcare.core.dates import day_in_words
from throughcare.design.forms import ChoiceField, DayField


@dataclass(frozen=True, kw_only=True)
class Filter:
    """One filter: its name in the address, its words, the values that it offers, and the value that a line of the list has."""

    name: str
    label: str
    values: Sequence[str]
    of: Callable[[Any], str]


def past_day(day: date, *, label: str = "As it stood on", help_text: str = "Any past day") -> DayField:
    """A day until today, asked for in a list; not given: the list's own."""
    field = DayField(label=label, help_text=help_text, required=False)

    def until_today(on: date | None) -> None:
        if on is not None and on > day:
            raise forms.ValidationError("Enter a day that is not after today")

    field.validators.append(until_today)
    return field


class Asked:
    """What the address asks of a list. What it asks and cannot be given is an error of the form, and left out."""

    def __init__(
        self, given: QueryDict, filters: Sequence[Filter], *, days: Mapping[str, DayField] | None = None,
        sorts: Mapping[str, Callable[[Any], Any]] | None = None, first: str = "",
    ) -> None:  # fmt: skip
        self.filters, self.given, self.sorts = tuple(filters), given, sorts or {}
        self.form = forms.Form(given)
        self.form.fields.update(days or {})
        for each in self.filters:
            choices = {value: value for value in each.values}
            self.form.fields[each.name] = ChoiceField(label=each.label, choices=choices, required=False, few=False)
        self.form.is_valid()
        sort = given.get("sort", "")
        self.sort = sort if sort.removeprefix("-") in self.sorts else first

    def value(self, name: str) -> Any:
        """What is asked by this name; None or "" where nothing is."""
        return self.form.cleaned_data.get(name) or None

    @property
    def chosen(self) -> dict[str, str]:
        """By name, the filters that are asked."""
        return {each.name: value for each in self.filters if (value := self.value(each.name))}

    def kept(self, lines: Sequence[Any]) -> list[Any]:
        """The lines that fit, in the order asked; what has no value comes last whichever way."""
        chosen = self.chosen
        fit = [line for line in lines if all(f.of(line) == chosen[f.name] for f in self.filters if f.name in chosen)]
        if not self.sort:
            return fit
        key = self.sorts[self.sort.removeprefix("-")]
        known = sorted((line for line in fit if key(line) not in (None, "")), key=key, reverse=self.sort.startswith("-"))
        return [*known, *(line for line in fit if key(line) in (None, ""))]

    def address(self, **other: str) -> str:
        """The address of the same list with these asked otherwise; "" leaves one out. The page is always the first."""
        told = {name: self.given.get(name, "") for name in (*self.form.fields, "sort")} | other
        return "?" + urlencode({name: value for name, value in told.items() if value})

    @property
    def tags(self) -> list[tuple[str, str]]:
        """What is asked, in words, each with the address of the list without it."""
        found = []
        for name, field in self.form.fields.items():
            if (value := self.value(name)) is not None:
                words = day_in_words(value) if isinstance(value, date) else value
                found.append((f"{field.label}: {words}", self.address(**{name: ""})))
        return found

    def heading(self, name: str) -> tuple[str, str]:
        """Of a column that sorts: the address that sorts by it (or the other way), and how it is sorted now, for `aria-sort`."""
        down, up = self.sort == f"-{name}", self.sort == name
        return self.address(sort=f"-{name}" if up else name), "descending" if down else "ascending" if up else "none"
