"""What an e-mail says: numbers, days and kinds of work. Nothing here reads the store.

It names no person, number or date of birth, no service, court, prison, place or organisation: it lies in an inbox that others
may read. So the kinds are those below, and never a task's own words or heading.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from throughcare.core.dates import weekday_in_words
from throughcare.design.environment import count

KINDS: Mapping[str, tuple[str, str]] = {
    "notes.concern": ("worry", "worries"), "referrals.question": ("referral question", "referral questions"),
    "referrals": ("referral", "referrals"), "access": ("matter of posts and rights", "matters of posts and rights"),
    "imports": ("extract", "extracts"),
}  # fmt: skip
"""By how a task's key begins, the longest first, what it is called; all others are "other things"."""
OTHER = ("other thing", "other things")
HINT = "You can choose when this e-mail comes: open your account, E-mails to you."


@dataclass(frozen=True, kw_only=True)
class Open:
    """What is open for somebody: `now` and `later` things, how many of them `overdue`, new `notices`; by kind how many."""

    now: int = 0
    later: int = 0
    overdue: int = 0
    notices: int = 0
    kinds: Mapping[tuple[str, str], int] = field(default_factory=dict)

    @property
    def anything(self) -> bool:
        return bool(self.now or self.later or self.notices)


def kind_of(key: str) -> tuple[str, str]:
    """What the task of a key is called in an e-mail."""
    fits = [begin for begin in KINDS if key.startswith((f"{begin}:", f"{begin}."))]
    return KINDS[max(fits, key=len)] if fits else OTHER


def digest(found: Open, *, link: str) -> tuple[str, str]:
    """Subject and text of the morning's e-mail."""
    needs = count(found.now, "thing needs you today", "things need you today") if found.now else "nothing needs you today"
    lines = [f"{needs[0].upper()}{needs[1:]}."]
    if found.later:
        lines.append(f"{count(found.later, 'more thing is', 'more things are')} for this week or after.")
    if found.overdue:
        lines.append(f"{count(found.overdue, 'thing is', 'things are')} overdue.")
    if found.notices:
        lines.append(f"{count(found.notices, 'new notice', 'new notices')}.")
    if len(found.kinds) > 1 or OTHER not in found.kinds:
        kinds = "; ".join(count(number, *kind) for kind, number in sorted(found.kinds.items(), key=lambda each: -each[1]))
        lines += ["", f"Among them: {kinds}."] if kinds else []
    return f"Throughcare: {needs}", "\n".join([*lines, "", f"Open Throughcare: {link}", "", HINT, ""])


def off_in_short(day: date, *, again: bool, theirs: bool) -> str:
    """That what the reader, or one of the reader's people (`theirs`), was to go to is off; `again`: it is on again."""
    what = "What one of your people was to go to" if theirs else "What you were to do"
    return f"{what} on {weekday_in_words(day)} {'is on again' if again else 'is off'}"


def off(day: date, *, again: bool, ring: str, link: str, theirs: bool = False) -> tuple[str, str]:
    """Subject and text of the same."""
    told = f"{off_in_short(day, again=again, theirs=theirs)}."
    number = f", or ring {ring}" if ring else ""
    subject = "something is on again" if again else "something is off" if theirs else "something you were to do is off"
    what = "how it stands" if again else "why, and what to do"
    return f"Throughcare: {subject}", f"{told}\n\nOpen Throughcare to see {what}{number}: {link}\n"
