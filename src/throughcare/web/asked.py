"""What the dashboard's address asks: months, which part of the pilot, an earlier period to stand beside; all kept in its links.

Who is of the governance audience may look at a part: a borough, a provider, women. Any other sees its own part undivided: two
parts beside each other would give small numbers away.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, get_args
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest

from throughcare.casework.access.reader import Reader
from throughcare.casework.people.queries import NOT_KNOWN
from throughcare.casework.pilot import current_pilot
from throughcare.core.dates import AgeBand, months_after, months_before, months_begun
from throughcare.core.pilot import Period
from throughcare.design.forms import ChoiceField
from throughcare.web.period import PeriodForm, period_asked

GOVERNANCE = "measures_governance"
USUAL = 12
"""Months shown at first."""
SEXES = {"F": "Women", "M": "Men"}
ETHNICITIES = ("White", "Asian", "Black", "Mixed", "Other", NOT_KNOWN)
AGENCIES = ("NPS", "CRC")
AGAINST = {"before": "As many months just before", "year": "The same months a year earlier"}


class PartForm(forms.Form):
    """Which part of the pilot, and what it stands beside."""

    against = ChoiceField(label="Compare with", choices=AGAINST, required=False, few=False, nothing="Nothing")

    def __init__(self, data: object, *, parts: Mapping[str, tuple[str, Mapping[str, str]]]) -> None:
        super().__init__(data)
        for name, (label, choices) in parts.items():
            self.fields[name] = ChoiceField(label=label, choices=choices, required=False, few=False, nothing="All")
        self.order_fields([*parts, "against"])


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The forms, the period (None where it cannot be), the part by column, the earlier period (None: none asked for, or none)."""

    months: PeriodForm
    part: PartForm
    period: Period | None
    chosen: Mapping[str, str] = field(default_factory=dict)
    earlier: Period | None = None

    @property
    def errors(self) -> Mapping[str, Any]:
        return {**self.months.errors, **self.part.errors}

    @property
    def whole_months(self) -> tuple[date, date]:
        """The months asked for, [first day, first day after]: the period itself may end before the last is over."""
        first, last = (date.fromisoformat(f"{self.months.cleaned_data[name]}-01") for name in ("since", "until"))
        return first, months_after(last, 1)

    def query(self, **others: str) -> str:
        """What follows the "?" of an address that asks the same; `others` are asked instead, "" takes away."""
        same = {name: self.months.cleaned_data[name] for name in ("since", "until")} if self.period else {}
        against = {"against": self.part.cleaned_data.get("against", "")} if self.part.is_valid() else {}
        told = {**same, **self.chosen, **against, **others}
        return urlencode({name: value for name, value in told.items() if value})

    @property
    def words(self) -> str:
        """The part in words: Hackney, women; "" for all."""
        return ", ".join(SEXES.get(value, value) if name == "sex" else value for name, value in self.chosen.items())


def asked(request: HttpRequest) -> Asked:
    """What the address asks. What cannot be given is an error of its form, and the page keeps what was chosen."""
    reader: Reader = request.reader
    months, period = period_asked(request, months=months_of_pilot(reader.day), default=USUAL)
    parts = parts_of(reader)
    part = PartForm(request.GET, parts=parts)
    if not part.is_valid() or period is None:
        return Asked(months=months, part=part, period=None if part.errors else period)
    chosen = {name: part.cleaned_data[name] for name in parts if part.cleaned_data[name]}
    earlier = _earlier(months, period, part.cleaned_data["against"])
    return Asked(months=months, part=part, period=period, chosen=chosen, earlier=earlier)


def parts_of(reader: Reader) -> dict[str, tuple[str, Mapping[str, str]]]:
    """By column the label and the values that the reader may look at a part by; nothing for who is not of governance."""
    if not reader.may(GOVERNANCE):
        return {}
    pilot = current_pilot()
    theirs = {post.place for post, cell in reader.cells("view", GOVERNANCE) if cell.scope == "borough"}
    boroughs = [b for b in pilot.boroughs if reader.whole_pilot(GOVERNANCE) or not theirs or b in theirs]
    listed: dict[str, tuple[str, Mapping[str, str]]] = {
        "borough": ("Borough", {b: b for b in boroughs}),
        "provider": ("Provider", {p.name: p.name for p in pilot.providers}),
        "court": ("Court", {c: c for c in pilot.courts}),
        "age_band": ("Age", {band: band for band in get_args(AgeBand)}),
        "sex": ("Sex", SEXES),
        "ethnicity": ("Ethnicity", {each: each for each in ETHNICITIES}),
        "agency": ("Agency", {each: each for each in AGENCIES}),
    }
    return {name: told for name, told in listed.items() if len(told[1]) > 1}


def months_of_pilot(day: date) -> list[date]:
    """The first days of the months of the pilot's life that have begun by the day; at least its first."""
    life = current_pilot().life
    return months_begun(life.start, min(day, life.end)) or [life.start.replace(day=1)]


def _earlier(months: PeriodForm, period: Period, against: str) -> Period | None:
    """The earlier period, as long in months; None where nothing is asked for. Before the pilot's life there are no figures."""
    if not against:
        return None
    first, last = (date.fromisoformat(f"{months.cleaned_data[name]}-01") for name in ("since", "until"))
    span = 12 if against == "year" else (last.year - first.year) * 12 + last.month - first.month + 1
    start, end = months_before(first, span), min(months_before(months_after(last, 1), span), first)
    return Period(start=start, end=end)
