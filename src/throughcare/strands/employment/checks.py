"""What every action of the pathway refuses in the same words."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, time

from throughcare.casework.referrals.models import Referral
from throughcare.casework.referrals.queries import state_of
from throughcare.casework.referrals.transitions import CLOSED
from throughcare.core.dates import day_in_words, has_come
from throughcare.core.errors import UserError
from throughcare.strands.employment.queries import SERVICE, TAKING_PART


class NotInPathway(UserError):
    """Work for somebody whose referral is to another service, not accepted yet, or over."""


class NotOnTheList(UserError):
    """A code that is on no list."""


class WrongDay(UserError):
    """A day before the referral was sent, or before what it follows."""


class WrongHours(UserError):
    """Hours of a day of which one end is missing, or that end when they start."""


def takes_part(referral: Referral) -> Referral:
    """The referral, locked. Refused: one to another service, not accepted yet, or over."""
    return _locked(referral, lambda state: state in TAKING_PART, "an accepted or started", "record the acceptance first")


def in_hand(referral: Referral) -> Referral:
    """The referral, locked. Refused: one to another service, or over."""
    return _locked(referral, lambda state: state not in CLOSED, "an open", "refer them anew")


def _locked(referral: Referral, fits: Callable[[str], bool], which: str, mend: str) -> Referral:
    found = Referral.objects.select_for_update().get(pk=referral.pk)
    state = state_of(found.pk)
    if found.service != SERVICE or not fits(state):
        raise NotInPathway(
            what=f"The referral is {state.replace('_', ' ')}", record=f"referral {found.pk}",
            expected=f"{which} referral to employment", mend=mend,
        )  # fmt: skip
    return found


def coded(codes: Iterable[str], known: Mapping[str, str]) -> None:
    """Refuses a code that is not on the list."""
    for code in codes:
        if code not in known:
            raise NotOnTheList(
                what=f"{code!r} is not on the list", record=code, expected=f"one of {', '.join(known)}", mend="choose one"
            )


def since(on: date, first: date, *, today: date, record: str) -> None:
    """Refuses a day that is still to come, or before the first on which it can be."""
    has_come(on, today=today, record=record)
    if on < first:
        raise WrongDay(
            what=f"That cannot have been on {day_in_words(on)}", record=record, expected=f"a day from {day_in_words(first)} on",
            mend="correct the day",
        )  # fmt: skip


def a_part_of_the_day(start: time | None, end: time | None, *, record: str, needed: bool = False) -> None:
    """Refuses hours with one end, that end when they start, or none where they are needed."""
    if (start is None) != (end is None) or (start is not None and start == end) or (needed and start is None):
        raise WrongHours(
            what="The hours are not whole", record=record, expected="a time from and a time until, that differ",
            mend="enter both" if needed else "enter both, or neither",
        )  # fmt: skip
