"""The Jinja environment of every page: GOV.UK's macros by their package, British dates, assets named with their digest."""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.staticfiles import finders
from django.urls import reverse
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader, PrefixLoader

from throughcare.core.dates import day_in_words, weekday_in_words
from throughcare.core.money import Money
from throughcare.core.times import time_in_words
from throughcare.core.words import capital, small

LONDON = ZoneInfo("Europe/London")


def environment(**options: Any) -> Environment:
    """Called by Django with its own options; macros of GOV.UK Frontend need an undefined value to be chained."""
    govuk = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    options["loader"] = ChoiceLoader([options["loader"], govuk])
    made = Environment(**{**options, "undefined": ChainableUndefined}, trim_blocks=True, lstrip_blocks=True)
    made.filters.update(day=day, weekday=weekday, clock=clock, count=count, time=time_in_words, pounds=pounds)
    made.filters.update(capital=capital, small=small)
    made.globals.update(asset=asset, url=_url, messages_of=messages.get_messages, choices_of=choices_of, day_typed=day_typed)
    return made


def _url(name: str, **arguments: Any) -> str:
    return _address(name, tuple(arguments.items()))


@lru_cache(maxsize=32_768)
def _address(name: str, arguments: tuple[tuple[str, Any], ...]) -> str:
    """A list has hundreds of addresses, and the same ones when it is looked at again."""
    return reverse(name, kwargs=dict(arguments) or None)


@cache
def asset(name: str) -> str:
    """The address of a collected asset, with the digest of what is in it, so that a new one is fetched at once."""
    file = finders.find(name)
    digest = hashlib.sha256(Path(file).read_bytes()).hexdigest()[:8] if file else "absent"
    return f"/static/{name}?v={digest}"


def day(on: date | datetime | None) -> str:
    """5 July 2016; nothing for no day."""
    return day_in_words(_local(on)) if on else ""


def weekday(on: date | datetime | None) -> str:
    """Tuesday 5 July 2016."""
    return weekday_in_words(_local(on)) if on else ""


def clock(at: datetime | None) -> str:
    """5 July 2016 at 17:58, as the clocks in London show it."""
    if at is None:
        return ""
    local = at.astimezone(LONDON)
    return f"{day_in_words(local.date())} at {local:%H:%M}"


def count(number: int, one: str, many: str = "") -> str:
    """1 person, 2 people, 1,024 records."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def pounds(pence: int) -> str:
    """An amount of whole pence as it is written: £1,234.50."""
    return str(Money(pence=pence))


def choices_of(choices: Iterable[tuple[Any, Any]]) -> list[dict[str, str]]:
    """A form's choices as the items of a component."""
    return [{"value": str(value), "text": str(words)} for value, words in choices]


def day_typed(value: Any) -> str:
    """A day as the field shows it again; what was typed and is no day stays as it was."""
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value or "")


def _local(on: date | datetime) -> date:
    return on.astimezone(LONDON).date() if isinstance(on, datetime) else on
