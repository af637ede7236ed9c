"""What a pilot file may not say of where facts come from and where they are kept: when feeds are due, the home of each kind."""

from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from throughcare.core.pilot import FACT_KINDS, OURS, WEEKDAYS
from throughcare.core.toml_lines import Path
from throughcare.rules.pilot_mistakes import Mistake, items

LAST_DAY = 28
"""The last day of the month that every month has."""


def feed_mistakes(told: Mapping[str, Any], feeds: Collection[str]) -> Iterator[Mistake]:
    """A day that does not go with how often a feed is due; a feed that there is not. `feeds`: those there are; none: any."""
    for at, item in items(told, "feeds"):
        slug = item.get("slug")
        if feeds and isinstance(slug, str) and slug not in feeds:
            close = get_close_matches(slug, sorted(feeds), n=1)
            yield Mistake(
                at=(*at, "slug"), what=f"there is no feed {slug}", expected="the slug of a feed, as court-lists",
                mend=f"did you mean {close[0]}?" if close else "correct the slug, or take the entry out",
            )  # fmt: skip
        yield from _wrong_day(at, item)


def _wrong_day(at: Path, item: Mapping[str, Any]) -> Iterator[Mistake]:
    slug, every, on = item.get("slug"), item.get("every"), item.get("on")
    if every == "week" and on not in WEEKDAYS:
        yield _day(at, item, f"{slug} is due every week on {on!r}", "a weekday", 'write on = "Monday", or another weekday')
    elif every == "month" and (type(on) is not int or not 1 <= on <= LAST_DAY):
        mend = "write on = 5, or another day"
        yield _day(at, item, f"{slug} is due every month on {on!r}", f"a day of the month from 1 to {LAST_DAY}", mend)
    elif every in ("day", "working day") and on is not None:
        yield _day(at, item, f"{slug} is due every {every}, and on {on!r}", "no on", "take on out, or correct every")


def _day(at: Path, item: Mapping[str, Any], what: str, expected: str, mend: str) -> Mistake:
    return Mistake(at=(*at, "on") if "on" in item else (*at, "every"), what=what, expected=expected, mend=mend)


def home_mistakes(told: Mapping[str, Any]) -> Iterator[Mistake]:
    """A kind of fact without a home, a home of what is no kind of fact, and what is kept here copied out to here."""
    homes = told.get("homes")
    if not isinstance(homes, Mapping):
        return
    kinds = [kind.slug for kind in FACT_KINDS]
    for name, home in homes.items():
        if name not in kinds:
            close = get_close_matches(name, kinds, n=1)
            yield Mistake(
                at=("homes", name), what=f"{name} is no kind of fact", expected=f"one of {', '.join(kinds)}",
                mend=f"did you mean {close[0]}?" if close else "take it out",
            )  # fmt: skip
        elif isinstance(home, Mapping) and home.get("system") == OURS and home.get("typed_here"):
            yield Mistake(
                at=("homes", name), what=f"{name} has its home in {OURS} and would be copied out to it",
                expected="typed_here only where another system is the home", mend="take typed_here out, or name that system",
            )  # fmt: skip
    for kind in FACT_KINDS:
        if kind.slug not in homes:
            yield Mistake(
                at=("homes",), what=f"homes.{kind.slug} is missing", expected=f"the home of {kind.meaning}",
                mend=f'add {kind.slug} = {{ system = "{OURS}" }} here, or name the system that keeps it',
            )  # fmt: skip
