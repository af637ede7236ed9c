"""The clocks of referrals as they stand: from the last sending, with what has stopped them. In words, and for whom they count."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from throughcare.casework.imports.queries import parts_of
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.models import ClockPause, Referral, ReferralEvent
from throughcare.casework.referrals.reasons import PAUSED
from throughcare.core.dates import weekday_in_words
from throughcare.rules import referral_clock as rule

DECIDES = ("accepted", "declined")
RUNNING = ("sent", "acknowledged")
"""The states in which the answer is awaited."""


@dataclass(frozen=True, kw_only=True)
class Days:
    """Since when a referral's clocks run, and when they were answered. over: taken back undecided, so that none runs."""

    sent_on: date
    acknowledged_on: date | None = None
    decided_on: date | None = None
    over: bool = False


def days_of(sent_on: date, events: Iterable[tuple[str, date]]) -> Days:
    """Of the events (state, day) in their order: a referral that is sent again begins anew, and its earlier answer is past."""
    days, last = Days(sent_on=sent_on), "sent"
    for last, on in events:
        if last == "sent":
            days = Days(sent_on=on)
        elif last == "acknowledged":
            days = replace(days, acknowledged_on=days.acknowledged_on or on)
        elif last in DECIDES:
            days = replace(days, decided_on=days.decided_on or on)
    return replace(days, over=days.decided_on is None and last not in RUNNING)


def days_by_referral(referrals: Mapping[int, date], day: date = date.max) -> dict[int, Days]:
    """The days of referrals, each by its number with the day it was first sent, as they were known on a day."""
    happened: dict[int, list[tuple[str, date]]] = defaultdict(list)
    for part in parts_of(referrals):
        events = ReferralEvent.objects.filter(referral__in=part, replaced_by=None, on__lte=day).order_by("on", "place", "pk")
        for referral, state, on in events.values_list("referral", "state", "on"):
            happened[referral].append((state, on))
    return {number: days_of(sent_on, happened[number]) for number, sent_on in referrals.items()}


def stops_of(referrals: Collection[int]) -> Mapping[int, list[rule.Stop]]:
    """What has stopped the clocks of these referrals."""
    found: dict[int, list[rule.Stop]] = defaultdict(list)
    for part in parts_of(referrals):
        rows = ClockPause.objects.filter(referral__in=part).order_by("pk")
        for referral, start, end, reason in rows.values_list("referral", "start", "end", "reason"):
            found[referral].append(rule.Stop(start=start, end=end, reason=reason))
    return found


def clocks(days: Days, stops: Iterable[rule.Stop], day: date) -> rule.Clocks:
    """Both clocks on a day, with the limits of the pilot file."""
    limits = current_pilot().today
    return rule.clocks(
        sent_on=days.sent_on, acknowledged_on=days.acknowledged_on, decided_on=days.decided_on, stops=tuple(stops), as_at=day,
        acknowledge_within=limits.acknowledge_within, decide_within=limits.decide_within,
    )  # fmt: skip


def clocks_of(referrals: Collection[Referral], day: date) -> dict[int, rule.Clocks]:
    """By number the clocks of these referrals on a day; none of one taken back undecided. Two queries, however many they are."""
    days = days_by_referral({referral.pk: referral.sent_on for referral in referrals}, day)
    stops = stops_of(days)
    return {number: clocks(each, stops[number], day) for number, each in days.items() if not each.over}


def since(clock: rule.Standing) -> str:
    """Since when and why a clock stands still, as the end of a sentence; "" where it does not."""
    if clock.stopped is None:
        return ""
    return f", stopped since {weekday_in_words(clock.stopped.start)}: {_why(clock.stopped.reason)}"


def _why(reason: str) -> str:
    return PAUSED[reason].lower() if reason != "other" else "for the reason told in its note"


def both_in_words(clocks: rule.Clocks, day: date) -> list[str]:
    """The clocks as sentences: the one to acknowledge while it is open, and the one to decide."""
    first = [] if clocks.acknowledge.done_on else [_in_words(clocks.acknowledge, "acknowledge", day)]
    return [*first, _in_words(clocks.decide, "decide", day)]


def _in_words(clock: rule.Standing, to: str, day: date) -> str:
    stood = f", not counting {clock.paused} on which the clock stood still" if clock.paused else ""
    if clock.done_on:
        return f"Decided on working day {clock.days} of {clock.limit}{stood}{': late' if clock.state == 'missed' else ''}."
    said = f"Working day {clock.days} of {clock.limit} to {to}{stood}"
    if clock.state == "missed" or clock.last_day is None:
        return f"{said}{since(clock) or ': late'}."
    return f"{said}; {'today is the last' if clock.last_day == day else f'the last is {weekday_in_words(clock.last_day)}'}."
