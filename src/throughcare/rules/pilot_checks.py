"""What a pilot file may not say although each value by itself is possible: unknown names, ends before starts."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from throughcare.core.toml_lines import Path
from throughcare.rules.ogrs3 import OFFENCE_GROUPS
from throughcare.rules.pilot_mistakes import Mistake
from throughcare.rules.pilot_mistakes import items as _items
from throughcare.rules.pilot_sources import feed_mistakes, home_mistakes

REFERENCE_DAYS = ("first_pull", "initial_cohort")
NEEDS = {"adult": ("minimum_age",), "risk": ("at_or_above",)}
TAKES = {"adult": {"minimum_age"}, "risk": {"at_or_above", "or_at_or_above", "with_groups", "committed_within_months"}}
PARTS_OF_TODAY = (("acknowledge_within", "decide_within"), ("release_now", "releases_ahead"), ("released_now", "released_for"))
TOGETHER = ("or_at_or_above", "with_groups", "committed_within_months")


def mistakes_in(told: Mapping[str, Any], *, strands: Collection[str] = (), feeds: Collection[str] = ()) -> list[Mistake]:
    """Every mistake between values, of a file as read. Values of a wrong type are passed over, as others check them.

    `strands`: those that services may name; `feeds`: those that may be expected; where none is given, any.
    """
    return [
        *_twice(told), *_named_twice(told), *_unknown_names(told), *_unknown_strands(told, strands), *_days(told),
        *_reference_days(told), *_criteria(told), *_ages(told), *_budgets(told), *_today(told), *feed_mistakes(told, feeds),
        *home_mistakes(told),
    ]  # fmt: skip


def _twice(told: Mapping[str, Any]) -> Iterator[Mistake]:
    for table in ("criteria", "services", "providers", "feeds"):
        seen: set[Any] = set()
        for at, item in _items(told, table):
            slug = str(item.get("slug"))
            if slug in seen:
                yield Mistake(
                    at=(*at, "slug"), what=f"{slug} stands twice under {table}", expected="each slug once",
                    mend="take one out, or give it a slug of its own",
                )  # fmt: skip
            seen.add(slug)


def _named_twice(told: Mapping[str, Any]) -> Iterator[Mistake]:
    """A name that stands twice would have its column, and its people, twice in a table."""
    for table in ("boroughs", "courts", "comparison_courts", "prisons"):
        names = told.get(table)
        found = [name for name in names if isinstance(name, str)] if isinstance(names, list) else []
        for name in dict.fromkeys(name for name in found if found.count(name) > 1):
            yield Mistake(at=(table,), what=f"{name} stands twice in {table}", expected="each name once", mend="take one out")
    own = told.get("courts") or ()
    for name in told.get("comparison_courts") or ():
        if name in own:
            yield Mistake(at=("comparison_courts",), what=f"{name} stands in courts too", mend="take one out",
                          expected="courts that are not of the pilot")  # fmt: skip


def _unknown_strands(told: Mapping[str, Any], strands: Collection[str]) -> Iterator[Mistake]:
    for at, item in _items(told, "services"):
        strand = item.get("strand")
        if strands and isinstance(strand, str) and strand not in strands:
            yield Mistake(
                at=(*at, "strand"), what=f"there is no strand {strand}", expected=f"one of {', '.join(sorted(strands))}",
                mend="correct the name",
            )  # fmt: skip


def _unknown_names(told: Mapping[str, Any]) -> Iterator[Mistake]:
    services = {str(item.get("slug")) for _, item in _items(told, "services")}
    courts, boroughs = set(map(str, told.get("courts") or ())), set(map(str, told.get("boroughs") or ()))
    for table, key, known, expected in (
        ("providers", "services", services, "a slug under [[services]]"),
        ("services", "courts", courts, "a court named in courts"),
        ("services", "clashes", services, "a slug under [[services]]"),
        ("services", "boroughs", boroughs, "a borough named in boroughs"),
        ("services", "variations", boroughs, "a borough named in boroughs"),
        ("local_services", "borough", boroughs, "a borough named in boroughs"),
        ("local_services", "like", services, "a slug under [[services]]"),
        ("criteria", "with_groups", set(OFFENCE_GROUPS), f"one of {', '.join(OFFENCE_GROUPS)}"),
    ):
        for at, item in _items(told, table):
            names = item.get(key)
            for name in names if isinstance(names, list | dict) else [names] * bool(names):
                if name not in known:
                    what = f"{key} names {name!r}, which is not known"
                    yield Mistake(at=(*at, key), what=what, expected=expected, mend="correct the name")


def _days(told: Mapping[str, Any]) -> Iterator[Mistake]:
    """Windows and services lie in the pilot's life, and end after they start."""
    life = told.get("life")
    if not isinstance(life, Mapping) or not _is_day(life.get("start")) or not _is_day(life.get("end")):
        return
    windows = told.get("windows")
    spans = [(("windows", name), span) for name, span in (windows.items() if isinstance(windows, Mapping) else ())]
    for at, span in [*spans, *_items(told, "services")]:
        if isinstance(span, Mapping) and _is_day(span.get("start")) and _is_day(span.get("end", life["end"])):
            yield from _wrong_span(at, span, life)


def _wrong_span(at: Path, span: Mapping[str, Any], life: Mapping[str, Any]) -> Iterator[Mistake]:
    start, end = span["start"], span.get("end", life["end"])
    if end <= start:
        yield Mistake(
            at=(*at, "end" if "end" in span else "start"), what=f"there is no day from {start} to before {end}",
            expected="an end (the first day outside) after the start", mend="correct one of the two days",
        )  # fmt: skip
    elif start < life["start"] or end > life["end"]:
        key = "start" if start < life["start"] else "end"
        yield Mistake(
            at=(*at, key), what=f"{start} to {end} is not within the pilot's life",
            expected=f"days from {life['start']} to {life['end']}", mend="correct the day, or the pilot's life",
        )  # fmt: skip


def _is_day(value: Any) -> bool:
    return type(value) is date


def _reference_days(told: Mapping[str, Any]) -> Iterator[Mistake]:
    days = told.get("reference_days")
    for name in REFERENCE_DAYS:
        if isinstance(days, Mapping) and name not in days:
            yield Mistake(
                at=("reference_days",), what=f"reference_days.{name} is missing", mend=f"add {name} = YYYY-MM-DD here",
                expected="the day of the first pull and that of the initial cohort",
            )  # fmt: skip


def _criteria(told: Mapping[str, Any]) -> Iterator[Mistake]:
    for at, item in _items(told, "criteria"):
        slug = str(item.get("slug"))
        missing = [key for key in NEEDS.get(slug, ()) if key not in item]
        if any(key in item for key in TOGETHER):
            missing += [key for key in TOGETHER if key not in item]
        for key in missing:
            what = f"{key} of the criterion {slug} is missing"
            yield Mistake(at=at, what=what, expected=f"the key {key}", mend=f"add {key} = ... here")
        for key in sorted(set(item) & set().union(*TAKES.values()) - TAKES.get(slug, set())):
            yield Mistake(
                at=(*at, key), what=f"criterion {slug} takes no {key}", mend="take it out, or move it to its criterion",
                expected=", ".join(sorted(TAKES.get(slug, ()))) or "no parameter",
            )  # fmt: skip
        lower, upper = item.get("or_at_or_above"), item.get("at_or_above")
        if isinstance(lower, int) and isinstance(upper, int) and lower >= upper:
            yield Mistake(
                at=(*at, "or_at_or_above"), what=f"or_at_or_above is {lower}, at_or_above {upper}",
                expected="the lower of the two for those with such an offence", mend="correct one of the two",
            )  # fmt: skip


def _ages(told: Mapping[str, Any]) -> Iterator[Mistake]:
    for at, item in _items(told, "services"):
        ages = item.get("ages")
        if not isinstance(ages, list) or len(ages) != 2 or not all(isinstance(age, int) for age in ages):
            continue
        if ages[0] > ages[1]:
            yield Mistake(
                at=(*at, "ages"), what=f"ages run from {ages[0]} to {ages[1]}", expected="the younger age first",
                mend="write the two ages the other way round",
            )  # fmt: skip


def _budgets(told: Mapping[str, Any]) -> Iterator[Mistake]:
    budgets = told.get("budgets")
    if not isinstance(budgets, Mapping):
        return
    limit, allocation = budgets.get("small_limit"), budgets.get("allocation")
    if isinstance(limit, int | float) and isinstance(allocation, int | float) and limit > allocation:
        yield Mistake(
            at=("budgets", "small_limit"), what=f"small_limit is {limit}, allocation {allocation}",
            expected="a limit of at most the allocation: else every purchase is a small one", mend="correct one of the two",
        )  # fmt: skip


def _today(told: Mapping[str, Any]) -> Iterator[Mistake]:
    """Pairs of limits of which the first is a part of the second."""
    limits = told.get("today")
    if not isinstance(limits, Mapping):
        return
    for part, whole in PARTS_OF_TODAY:
        inner, outer = limits.get(part), limits.get(whole)
        if isinstance(inner, int) and isinstance(outer, int) and inner > outer:
            yield Mistake(
                at=("today", part), what=f"{part} is {inner}, {whole} {outer}", expected=f"at most {whole}",
                mend="correct one of the two",
            )  # fmt: skip
