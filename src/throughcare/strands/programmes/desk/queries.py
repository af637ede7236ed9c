"""The provider's desk: every referral in its hands in the section where it waits, in a fixed number of questions to the store."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from throughcare.casework.access.reader import Reader
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.reach import TO_FINISH_WRITING, to_provider
from throughcare.casework.referrals.reasons import words_of
from throughcare.casework.referrals.transitions import CLOSED, TABLE
from throughcare.core.clock import london_date
from throughcare.core.dates import day_in_words, weekday_in_words
from throughcare.core.pages import Harm
from throughcare.core.times import time_in_words
from throughcare.core.working_days import working_days_between
from throughcare.strands.programmes.meetings.codes import PLANNED
from throughcare.strands.programmes.models import GroupPlace, PlannedSession, Session

DESKS = ("provider_admin", "provider_worker")
SECTIONS: Mapping[str, str] = {
    "overdue": "Overdue", "new": "New", "decide": "To decide", "waiting": "Waiting to start", "active": "Active",
    "ended": "Ended lately",
}  # fmt: skip
DECLINED = ("declined", "withdrawn")
"""Closed before any work: nothing is left to write."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """A referral on the desk: where it stands in words, since when, and its next step."""

    referral: int
    person: int
    service: str
    since: date
    words: str
    step: str
    to: str = ""
    harm: Harm = 4


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is on record beside the referrals themselves: by referral, the last session, the next meeting, the group."""

    last: Mapping[int, date]
    following: Mapping[int, datetime]
    group: Mapping[int, str]


def sections(reader: Reader, *, now: datetime, service: str = "") -> dict[str, list[Row]]:
    """By section, its rows: the most harmful first, then the longest waiting. `service`: of one only.

    Overdue is past the working days of the pilot file to acknowledge or decide, or started without a session for as
    long as the pilot file lets a match be without a meeting; each referral stands in one section.
    Whoever is kept from the reader is left out.
    """
    mine = to_provider(reader.held(*DESKS), reader.day)
    told = list((mine.filter(service=service) if service else mine).order_by("sent_on", "pk"))
    people = {referral.person_id for referral in told}
    rows = {reader.row_of(f"service:{referral.service}") for referral in told}
    allowed = {row: reader.allowed(row, people) for row in rows}
    seen = [r for r in told if r.person_id in allowed[reader.row_of(f"service:{r.service}")]]
    known = _known(mine, now)
    found: dict[str, list[Row]] = {section: [] for section in SECTIONS}
    for referral in seen:
        section, row = _placed(referral, reader.day, known)
        if section:
            found[section].append(row)
    return {section: sorted(rows, key=lambda row: (row.harm, row.since, row.referral)) for section, rows in found.items()}


def _known(mine: Any, now: datetime) -> Known:
    theirs = mine.order_by().values("pk")
    last = dict(Session.objects.filter(referral__in=theirs).order_by("held_on", "pk").values_list("referral", "held_on"))
    planned = PlannedSession.objects.filter(referral__in=theirs, state=PLANNED, starts_at__gte=now)
    following = dict(planned.order_by("-starts_at", "-pk").values_list("referral", "starts_at"))
    places = GroupPlace.objects.filter(referral__in=theirs, left_on=None)
    return Known(last=last, following=following, group=dict(places.values_list("referral", "group__name")))


def _placed(referral: Any, day: date, known: Known) -> tuple[str, Row]:
    """The section of a referral and its row; "" where nothing is left to do."""
    state, limits = referral.state or "sent", current_pilot().today
    waited = working_days_between(referral.sent_on, day)
    if state == "sent":
        late = waited > limits.acknowledge_within
        words = f"sent on {day_in_words(referral.sent_on)}: working day {waited} of {limits.acknowledge_within} to acknowledge"
        return "overdue" if late else "new", _row(referral, words, "Say it has arrived", "acknowledged", 2 if late else 3)
    if state == "acknowledged":
        late = waited > limits.decide_within
        words = f"sent on {day_in_words(referral.sent_on)}: working day {waited} of {limits.decide_within} to decide"
        return "overdue" if late else "decide", _row(referral, words, "Accept or decline", "", 2 if late else 3)
    if state == "started":
        return _active(referral, day, known)
    if state in CLOSED:
        return _ended(referral, state)
    return "waiting", _waiting(referral, state, known)


def _active(referral: Any, day: date, known: Known) -> tuple[str, Row]:
    last, following = known.last.get(referral.pk), known.following.get(referral.pk)
    late = (day - (last or referral.state_on)).days >= current_pilot().today.no_meeting
    words = f"last session on {day_in_words(last)}" if last else "no session on record"
    words += f", next meeting {weekday_in_words(london_date(following))} at {time_in_words(following)}" if following else ""
    words += f", in {known.group[referral.pk]}" if referral.pk in known.group else ""
    return "overdue" if late else "active", _row(referral, words, "Open referral", "", 3 if late else 4)


def _waiting(referral: Any, state: str, known: Known) -> Row:
    on = day_in_words(referral.state_on)
    if referral.pk in known.group:
        return _row(referral, f"has a place in {known.group[referral.pk]}", "Open referral", "")
    if state == "on_hold":
        return _row(referral, f"on hold since {on}: {words_of(referral.reason).lower()}", "Go on", "")
    return _row(referral, f"accepted on {on}, not started", "Record the start", "started")


def _ended(referral: Any, state: str) -> tuple[str, Row]:
    until = referral.state_on + TO_FINISH_WRITING
    words = f"{TABLE[state].shown.lower()} on {day_in_words(referral.state_on)}: finish writing before {weekday_in_words(until)}"
    return "" if state in DECLINED else "ended", _row(referral, words, "Open referral", "")


def _row(referral: Any, words: str, step: str, to: str, harm: Harm = 4) -> Row:
    return Row(
        referral=referral.pk, person=referral.person_id, service=referral.service, since=referral.state_on or referral.sent_on,
        words=words, step=step, to=to, harm=harm,
    )  # fmt: skip
