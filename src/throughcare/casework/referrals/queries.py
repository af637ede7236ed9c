"""Reading referrals: as a frame with a day a column, one referral's state, and its history."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from throughcare.casework.frames import about, once, read
from throughcare.casework.imports.queries import parts_of, source_ids
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.models import (
    AGREEMENTS,
    ClockPause,
    Dismissal,
    Question,
    Referral,
    ReferralEvent,
    Withheld,
    Worker,
)
from throughcare.casework.referrals.reasons import PAUSED, words_of
from throughcare.casework.referrals.transitions import CLOSED, TABLE
from throughcare.core.clock import london_date
from throughcare.core.contracts import TimelineEntry
from throughcare.core.dates import day_in_words

FEED = "provider-referrals"
FIRST_DAY = ("acknowledged", "accepted", "started")
AMONG_COLLEAGUES = "notes"
"""The row that whoever delivers a service has not: why a service is put off is told to the person's justice staff alone."""
LAST_DAY = ("completed", "ended_early", "declined", "withdrawn")


@once
def referrals(
    services: tuple[str, ...] = (), *, started: tuple[date, date] | None = None, until: date | None = None
) -> pl.DataFrame:
    """A row a referral, of these services or of all, by the day it was sent. `started`: of those alone that have a start on
    record in these days [from, to), so that no other is read. `until`: those sent by the end of that day, as they stood then.

    referral, person, service, provider (slugs), route, sent_on, days_ordered, days_done; acknowledged_on, accepted_on,
    started_on: the first time; completed_on, ended_early_on, declined_on, withdrawn_on: the last; state (the latest by
    day), state_on, reason (of that state), in_error. What has not happened is null.
    """
    wanted, events = Referral.objects.order_by("sent_on", "pk"), ReferralEvent.objects.filter(replaced_by=None)
    if services:
        wanted, events = wanted.filter(service__in=services), events.filter(referral__service__in=services)
    if started is not None:
        begun = events.filter(state="started", on__gte=started[0], on__lt=started[1]).values("referral")
        wanted, events = wanted.filter(pk__in=begun), events.filter(referral__in=begun)
    if until is not None:
        wanted, events = wanted.filter(sent_on__lte=until), events.filter(on__lte=until)
    frame = read(
        wanted, referral="pk", person="person", service="service", provider="provider", route="route", sent_on="sent_on",
        days_ordered="days_ordered", days_done="days_done",
    )  # fmt: skip
    happened = read(
        events.exclude(on=None), referral="referral", person="referral__person", state="state", on="on", place="place",
        event="pk", reason="reason",
    ).drop("person")  # fmt: skip
    return (
        frame.join(_days(happened), on="referral", how="left", maintain_order="left")
        .with_columns(pl.col("state").fill_null("sent"), pl.col("reason").fill_null(""))
        .with_columns(pl.col("state_on").fill_null(pl.col("sent_on")))
        .with_columns(in_error=pl.col("state") == "made_in_error")
    )  # fmt: skip


def _days(happened: pl.DataFrame) -> pl.DataFrame:
    """A row a referral with anything happened: the first or last day of each state, and the latest state."""
    days = [pl.col("on").filter(pl.col("state") == state).first().alias(f"{state}_on") for state in FIRST_DAY]
    days += [pl.col("on").filter(pl.col("state") == state).last().alias(f"{state}_on") for state in LAST_DAY]
    last = [pl.col("state").last(), pl.col("on").last().alias("state_on"), pl.col("reason").last()]
    return happened.sort("referral", "on", "place", "event").group_by("referral", maintain_order=True).agg(*days, *last)


def history(referral_id: int) -> list[ReferralEvent]:
    """What happened to a referral, in order, without what has been corrected since and what did not happen after all."""
    live = ReferralEvent.objects.filter(referral=referral_id, replaced_by=None).exclude(on=None)
    return list(live.order_by("on", "place", "pk"))


def state_of(referral_id: int) -> str:
    """The state of a referral: that of the latest thing that happened to it; "sent" where nothing has."""
    events = history(referral_id)
    return events[-1].state if events else "sent"


def open_with(person_id: int, service: str) -> Referral | None:
    """The person's open referral to a service; None where there is none."""
    return open_of(person_id).get(service)


def open_of(person_id: int) -> dict[str, Referral]:
    """The person's open referrals, by service."""
    sent = {referral.pk: referral for referral in Referral.objects.filter(person=person_id).order_by("-pk")}
    live = ReferralEvent.objects.filter(referral__in=list(sent), replaced_by=None).exclude(on=None).order_by("on", "place", "pk")
    states = dict(live.values_list("referral", "state"))
    return {referral.service: referral for pk, referral in sent.items() if states.get(pk, "sent") not in CLOSED}


def entered_here(record_ids: list[str]) -> dict[str, list[tuple[date, int, str]]]:
    """By record_id of the providers' return: what people entered for that referral (day, place, state), where anything."""
    sources = source_ids(FEED, [record_id for record_id in record_ids if record_id])
    records = {source: record_id for record_id, source in sources.items()}
    found: dict[str, list[tuple[date, int, str]]] = defaultdict(list)
    for part in parts_of(records):
        live = ReferralEvent.objects.filter(referral__source__in=part, source=None, replaced_by=None).exclude(on=None)
        for source, on, place, state in live.values_list("referral__source", "on", "place", "state"):
            found[records[source]].append((on, place, state))
    return dict(found)


def timeline(person_id: int) -> Sequence[TimelineEntry]:
    """Referrals of a person and what became of them, as it stands corrected; services put off, less what was taken back."""
    services = {each.slug: each.name for each in current_pilot().services}
    told = []
    sent = sorted(about(Referral, person_id), key=lambda referral: referral.sent_on)
    live = ReferralEvent.objects.filter(referral__in=sent, replaced_by=None).exclude(on=None).order_by("on", "place", "pk")
    happened: dict[int, list[ReferralEvent]] = defaultdict(list)
    for event in live if sent else ():
        happened[event.referral_id].append(event)
    said = _said(sent)
    for referral in sent:
        name, row = services.get(referral.service, referral.service), f"service:{referral.service}"
        agreed = AGREEMENTS.get(referral.agreement, "").lower()
        words = f"Referred to {name}" + (f" ({agreed})" if agreed else "")
        told.append(TimelineEntry(on=referral.sent_on, kind="referral", row=row, referral=referral.pk, words=words))
        for event in happened[referral.pk]:
            why = f": {words_of(event.reason)}" if event.reason else ""
            words = f"{name}: {TABLE[event.state].shown.lower()}{why}"
            told.append(TimelineEntry(on=event.on, kind="referral", row=row, referral=referral.pk, words=words))
        told += [TimelineEntry(on=on, kind="referral", row=row, referral=referral.pk, words=f"{name}: {words}")
                 for on, words in said[referral.pk]]  # fmt: skip
    told += [_put_off(put, services) for put in about(Dismissal, person_id) if not put.withdrawn]
    return sorted(told, key=lambda entry: entry.on)


def _put_off(put: Dismissal, services: Mapping[str, str]) -> TimelineEntry:
    words = f"{services.get(put.service, put.service)}: not now, until {day_in_words(put.until)}: {words_of(put.reason)}"
    return TimelineEntry(on=put.on, kind="not now", row=f"service:{put.service}", also=AMONG_COLLEAGUES, words=words)


def _said(sent: Sequence[Referral]) -> dict[int, list[tuple[date, str]]]:
    """By referral what was asked and answered, never its text, when its clocks were stopped and went on, and who works it."""
    told: dict[int, list[tuple[date, str]]] = defaultdict(list)
    who = {"sender": "who sent it", "provider": "the provider"}
    for asked in Question.objects.filter(referral__in=sent).order_by("pk") if sent else ():
        days = ((asked.asked_at, f"{who[asked.side]} asked something"), (asked.answered_at, "the question was answered"),
                (asked.taken_back_at, "the question was taken back"))  # fmt: skip
        told[asked.referral_id] += [(london_date(at), words) for at, words in days if at is not None]
    for pause in ClockPause.objects.filter(referral__in=sent).order_by("pk") if sent else ():
        told[pause.referral_id].append((pause.start, f"the clock was stopped: {PAUSED[pause.reason].lower()}"))
        if pause.end:
            told[pause.referral_id].append((pause.end, "the clock went on"))
    for worker in Worker.objects.filter(referral__in=sent).select_related("post").order_by("pk") if sent else ():
        told[worker.referral_id].append((worker.start, f"{worker.post.title} works with them"))
    return told


def held_about(person_id: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Every referral of a person and every event of it, what has been corrected too, and what was struck out; what was put off.

    No timeline tells what was struck out: who delivers the service reads it too, and is not to know.
    """
    return {
        "Referrals": list(Referral.objects.filter(person=person_id).order_by("pk").values()),
        "What happened to referrals": list(ReferralEvent.objects.filter(referral__person=person_id).order_by("pk").values()),
        "What was struck out of referrals": list(Withheld.objects.filter(referral__person=person_id).order_by("pk").values()),
        "Questions on referrals": list(Question.objects.filter(referral__person=person_id).order_by("pk").values()),
        "When clocks of referrals stood still": list(
            ClockPause.objects.filter(referral__person=person_id).order_by("pk").values()
        ),
        "Who works their referrals": list(Worker.objects.filter(referral__person=person_id).order_by("pk").values()),
        "Services put off": list(Dismissal.objects.filter(person=person_id).order_by("pk").values()),
    }
