"""The provider's desk: every referral in its hands in the section where it waits, in a fixed number of questions to the store."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from throughcare.casework.access.models import Post
from throughcare.casework.access.reader import Reader
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.clocks import RUNNING, clocks_of, since
from throughcare.casework.referrals.hands.queries import WORKED, workers_of
from throughcare.casework.referrals.reach import to_provider
from throughcare.casework.referrals.reasons import words_of
from throughcare.casework.referrals.transitions import CLOSED, TABLE
from throughcare.core.clock import london_date
from throughcare.core.dates import day_in_words, weekday_in_words
from throughcare.core.pages import Harm
from throughcare.core.times import time_in_words
from throughcare.rules.referral_clock import Clocks
from throughcare.strands.programmes.meetings.codes import PLANNED
from throughcare.strands.programmes.models import GroupPlace, PlannedSession, Session
from throughcare.strands.programmes.work.codes import ENDED
from throughcare.strands.programmes.work.queries import WITH_GOALS, lacks_report, last_day, with_report, write_by

DESKS = ("provider_admin", "provider_worker")
SECTIONS: Mapping[str, str] = {
    "overdue": "Overdue", "new": "New", "decide": "To decide", "waiting": "Waiting to start", "active": "Active",
    "ended": "Ended lately",
}  # fmt: skip
FIELDS = ("pk", "person_id", "service", "sent_on", "state", "state_on", "reason", "reported_on")
DECLINED = ("declined", "withdrawn")
"""Closed before any work: nothing is left to write."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """A referral on the desk: where it stands in words, since when, and its next step; `to`: the move that the step begins with;
    `report`: the step is to write the report at the end.
    """

    referral: int
    person: int
    service: str
    since: date
    words: str
    step: str
    to: str = ""
    report: bool = False
    harm: Harm = 4
    worker: Post | None = None

    @property
    def address(self) -> str:
        if self.report:
            return reverse("end-report", kwargs={"referral": self.referral})
        return reverse("referral", kwargs={"referral": self.referral}) + (f"?to={self.to}" if self.to else "")


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is on record beside the referrals themselves: by referral, its clocks, the last session, the next meeting, the group,
    the post that works it; `to_report`: those whose report at the end is to be written.
    """

    clocks: Mapping[int, Clocks]
    last: Mapping[int, date]
    following: Mapping[int, datetime]
    group: Mapping[int, str]
    worker: Mapping[int, Post]
    to_report: frozenset[int]


def sections(reader: Reader, *, now: datetime, service: str = "", whose: str = "") -> dict[str, list[Row]]:
    """By section, its rows: the most harmful first, then the longest waiting. `service`: of one only. `whose`: "mine", given to
    the reader's own posts; "nobody", worked and given to nobody.

    Overdue is past the working days of the pilot file to acknowledge or decide, less those on which the clock stood still;
    started without a session for as long as the pilot file lets a match be without a meeting; ended without a report for as
    long as it gives. Each referral stands in one section.
    Whoever is kept from the reader is left out.
    """
    mine = to_provider(reader.held(*DESKS), reader.day)
    wanted = (mine.filter(service=service) if service else mine).order_by("sent_on", "pk")
    told = list(with_report(wanted).values_list(*FIELDS, named=True))
    people = {referral.person_id for referral in told}
    rows = {reader.row_of(f"service:{referral.service}") for referral in told}
    allowed = {row: reader.allowed(row, people) for row in rows}
    seen = [r for r in told if r.person_id in allowed[reader.row_of(f"service:{r.service}")]]
    known = _known(seen, reader.day, now)
    posts = {post.pk for post in reader.acting}
    seen = [r for r in seen if not whose or _is(whose, r, known, posts)]
    found: dict[str, list[Row]] = {section: [] for section in SECTIONS}
    for referral in seen:
        section, row = _placed(referral, reader.day, known)
        if section:
            found[section].append(row)
    return {section: sorted(rows, key=lambda row: (row.harm, row.since, row.referral)) for section, rows in found.items()}


def _is(whose: str, referral: Any, known: Known, posts: set[int]) -> bool:
    worker = known.worker.get(referral.pk)
    return worker is None and referral.state in WORKED if whose == "nobody" else worker is not None and worker.pk in posts


def _known(seen: list[Any], day: date, now: datetime) -> Known:
    going_on = [referral.pk for referral in seen if referral.state not in CLOSED]
    last = dict(Session.objects.filter(referral__in=going_on).order_by("held_on", "pk").values_list("referral", "held_on"))
    planned = PlannedSession.objects.filter(referral__in=going_on, state=PLANNED, starts_at__gte=now)
    following = dict(planned.order_by("-starts_at", "-pk").values_list("referral", "starts_at"))
    places = GroupPlace.objects.filter(referral__in=going_on, left_on=None)
    return Known(
        last=last, following=following, group=dict(places.values_list("referral", "group__name")),
        clocks=clocks_of([r for r in seen if (r.state or "sent") in RUNNING], day), worker=workers_of([r.pk for r in seen]),
        to_report=frozenset(r.pk for r in seen if lacks_report(r.state, r.state_on, r.service, r.reported_on)),
    )  # fmt: skip


def _placed(referral: Any, day: date, known: Known) -> tuple[str, Row]:
    """The section of a referral and its row; "" where nothing is left to do."""
    state = referral.state or "sent"
    if referral.pk in known.clocks:
        return _unanswered(referral, state, known)
    if state == "started":
        return _active(referral, day, known)
    if state in CLOSED:
        return _ended(referral, state, day, known)
    return "waiting", _waiting(referral, state, known)


def _unanswered(referral: Any, state: str, known: Known) -> tuple[str, Row]:
    """To acknowledge or to decide, by the clock that runs from the last sending."""
    clocks, new = known.clocks[referral.pk], state == "sent"
    clock, to = (clocks.acknowledge, "acknowledge") if new else (clocks.decide, "decide")
    on, late = day_in_words(referral.state_on or referral.sent_on), clock.state == "missed"
    words = f"{state} on {on}: working day {clock.days} of {clock.limit} to {to}{since(clock)}"
    step, where = ("Say it has arrived", "acknowledged") if new else ("Accept or decline", "")
    return "overdue" if late else "new" if new else "decide", _row(referral, known, words, step, where, 2 if late else 3)


def _active(referral: Any, day: date, known: Known) -> tuple[str, Row]:
    last, following = known.last.get(referral.pk), known.following.get(referral.pk)
    late = (day - (last or referral.state_on)).days >= current_pilot().today.no_meeting
    words = f"last session on {day_in_words(last)}" if last else "no session on record"
    words += f", next meeting {weekday_in_words(london_date(following))} at {time_in_words(following)}" if following else ""
    words += f", in {known.group[referral.pk]}" if referral.pk in known.group else ""
    return "overdue" if late else "active", _row(referral, known, words, "Open referral", "", 3 if late else 4)


def _waiting(referral: Any, state: str, known: Known) -> Row:
    on = day_in_words(referral.state_on)
    if referral.pk in known.group:
        return _row(referral, known, f"has a place in {known.group[referral.pk]}", "Open referral", "")
    if state == "on_hold":
        return _row(referral, known, f"on hold since {on}: {words_of(referral.reason).lower()}", "Go on", "")
    return _row(referral, known, f"accepted on {on}, not started", "Record the start", "started")


def _ended(referral: Any, state: str, day: date, known: Known) -> tuple[str, Row]:
    """What is left after the end: the report, and access until the 14 days are over."""
    ended = f"{TABLE[state].shown.lower()} on {day_in_words(referral.state_on)}"
    over = f"your access ends after {weekday_in_words(last_day(referral.state_on))}"
    if referral.pk not in known.to_report:
        done = "report sent, " if referral.service in WITH_GOALS and state in ENDED else ""
        return "" if state in DECLINED else "ended", _row(referral, known, f"{ended}: {done}{over}", "Open referral", "")
    by = write_by(referral.state_on)
    late = day > by
    words = f"{ended}: report {'was ' if late else ''}to be sent by {weekday_in_words(by)}; {over}"
    row = _row(referral, known, words, "Write the report", "", 2 if late else 3)
    return "overdue" if late else "ended", replace(row, report=True)


def _row(referral: Any, known: Known, words: str, step: str, to: str, harm: Harm = 4) -> Row:
    return Row(
        referral=referral.pk, person=referral.person_id, service=referral.service, since=referral.state_on or referral.sent_on,
        words=words, step=step, to=to, harm=harm, worker=known.worker.get(referral.pk),
    )  # fmt: skip
