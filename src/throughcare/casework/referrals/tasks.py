"""What waits about referrals: for who sent them, answers that do not come; for a provider, people it has not answered."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import QuerySet
from django.urls import reverse

from throughcare.casework.access.reader import Reader
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.models import Referral
from throughcare.casework.referrals.reach import PATHWAYS, to_provider, to_service, with_state
from throughcare.casework.referrals.reasons import words_of
from throughcare.core.dates import day_in_words
from throughcare.core.pages import Task
from throughcare.core.working_days import working_days_between

SENDERS = ("offender_manager", "prison_coordinator")
DESKS = ("provider_admin", "provider_worker")


def tasks(reader: Reader) -> Iterator[Task]:
    """Those of the reader's posts, by what they are to a referral."""
    names = {service.slug: service.name for service in current_pilot().services}
    if reader.held(*SENDERS):
        for referral in _sent(reader):
            yield from _for_the_sender(referral, reader, names)
    for query in _desks(reader):
        for referral in query.order_by("sent_on", "pk"):
            yield from _for_the_provider(referral, reader, names)


def _sent(reader: Reader) -> list[Referral]:
    """Referrals sent lately of the people of the reader's posts, each to a service that it may know of for them."""
    lately = with_state(reader.day).filter(sent_on__gt=reader.day - timedelta(days=current_pilot().today.referrals_for))
    sent = list(lately.filter(person__in=reader.people("contact").values("pk")).order_by("sent_on", "pk"))
    rows = {referral.service: reader.row_of(f"service:{referral.service}") for referral in sent}
    people = {referral.person_id for referral in sent}
    known = {row: reader.allowed(row, people) for row in set(rows.values())}
    return [referral for referral in sent if referral.person_id in known[rows[referral.service]]]


def _desks(reader: Reader) -> Iterator[QuerySet]:
    desks = reader.held(*DESKS)
    if desks:
        yield to_provider(desks, reader.day)
    for role, service in PATHWAYS.items():
        if reader.held(role):
            yield to_service(service, reader.day)


def _for_the_sender(referral: Referral, reader: Reader, names: dict[str, str]) -> Iterator[Task]:
    name, state, limits = names.get(referral.service, referral.service), referral.state or "sent", current_pilot().today
    act = ("Open referral", reverse("referral", kwargs={"referral": referral.pk}))
    told = {"person": referral.person_id, "row": f"service:{referral.service}", "act": act}
    if state in ("sent", "acknowledged"):
        waited = working_days_between(referral.sent_on, reader.day)
        late = waited >= limits.decide_within
        yield Task(
            key=f"referrals.unanswered:{referral.pk}", kind="Referrals not answered", harm=3, waiting=not late,
            due_on=referral.sent_on, **told,
            words=f"Referral to {name}: no decision, working day {waited} of {limits.decide_within}",
        )  # fmt: skip
    elif state == "declined" and referral.state_on > reader.day - timedelta(days=limits.declined_for):
        why = words_of(referral.reason).lower() if referral.reason else "no reason was given"
        yield Task(
            key=f"referrals.declined:{referral.pk}", kind="Referrals declined", harm=3, due_on=referral.state_on,
            words=f"Referral to {name} declined: {why}", **told,
        )  # fmt: skip


def _for_the_provider(referral: Referral, reader: Reader, names: dict[str, str]) -> Iterator[Task]:
    name, state, limits = names.get(referral.service, referral.service), referral.state or "sent", current_pilot().today
    act = ("Answer", reverse("referral", kwargs={"referral": referral.pk}))
    told = {"person": referral.person_id, "row": f"service:{referral.service}", "due_on": referral.sent_on, "elsewhere": False}
    if state == "sent":
        waited = working_days_between(referral.sent_on, reader.day)
        late = waited > limits.acknowledge_within
        yield Task(
            key=f"referrals.new:{referral.pk}", kind="New referrals", harm=2 if late else 3, act=act,
            words=f"New referral to {name}: working day {waited} of {limits.acknowledge_within} to acknowledge", **told,
        )  # fmt: skip
    elif state == "acknowledged":
        waited = working_days_between(referral.sent_on, reader.day)
        late = waited > limits.decide_within
        yield Task(
            key=f"referrals.undecided:{referral.pk}", kind="Referrals to decide", harm=2 if late else 3, act=act,
            words=f"Referral to {name}: working day {waited} of {limits.decide_within} to decide", **told,
        )  # fmt: skip
    elif state == "accepted":
        yield Task(
            key=f"referrals.to-start:{referral.pk}", kind="Accepted, not started", harm=4, act=("Open referral", act[1]),
            words=f"{name}: accepted on {day_in_words(referral.state_on)}, not started", **told,
        )  # fmt: skip
