"""What waits about referrals: for who sent them, answers that do not come; for a provider, people it has not answered."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import QuerySet
from django.urls import reverse

from throughcare.casework.access.reader import Reader
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.clocks import RUNNING, clocks_of, since
from throughcare.casework.referrals.models import Referral
from throughcare.casework.referrals.reach import PATHWAYS, to_provider, to_service, with_state
from throughcare.casework.referrals.reasons import words_of
from throughcare.casework.referrals.talk.queries import CASELOADS
from throughcare.casework.referrals.talk.tasks import for_senders, for_the_desk
from throughcare.casework.referrals.transitions import REFERRERS
from throughcare.core.dates import day_in_words
from throughcare.core.pages import Task
from throughcare.rules.referral_clock import Clocks

DESKS = ("provider_admin", "provider_worker")


def tasks(reader: Reader) -> Iterator[Task]:
    """Those of the reader's posts, by what they are to a referral."""
    names = {service.slug: service.name for service in current_pilot().services}
    if reader.held(*CASELOADS):
        sent = _sent(reader)
        clocks = clocks_of(_running(sent), reader.day)
        for referral in sent:
            yield from _for_the_sender(referral, reader, names, clocks)
    if reader.held(*REFERRERS):
        yield from for_senders(reader, names)
    for query in _desks(reader):
        theirs = list(query.order_by("sent_on", "pk"))
        clocks = clocks_of(_running(theirs), reader.day)
        for referral in theirs:
            yield from _for_the_provider(referral, names, clocks)
        yield from for_the_desk(query, names)


def _running(found: list[Referral]) -> list[Referral]:
    return [referral for referral in found if referral.state in (None, *RUNNING)]


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


def _for_the_sender(referral: Referral, reader: Reader, names: dict[str, str], clocks: dict[int, Clocks]) -> Iterator[Task]:
    """Without a decision: it waits for others until the last working day, and while the clock stands still."""
    name, limits = names.get(referral.service, referral.service), current_pilot().today
    act = ("Open referral", reverse("referral", kwargs={"referral": referral.pk}))
    told = {"person": referral.person_id, "row": f"service:{referral.service}", "act": act}
    if referral.pk in clocks:
        clock = clocks[referral.pk].decide
        waits = clock.state == "paused" or clock.days < clock.limit
        yield Task(
            key=f"referrals.unanswered:{referral.pk}", kind="Referrals not answered", harm=3, waiting=waits,
            due_on=referral.sent_on, **told,
            words=f"Referral to {name}: no decision, working day {clock.days} of {clock.limit}{since(clock)}",
        )  # fmt: skip
    elif referral.state == "declined" and referral.state_on > reader.day - timedelta(days=limits.declined_for):
        why = words_of(referral.reason).lower() if referral.reason else "no reason was given"
        yield Task(
            key=f"referrals.declined:{referral.pk}", kind="Referrals declined", harm=3, due_on=referral.state_on,
            words=f"Referral to {name} declined: {why}", **told,
        )  # fmt: skip


def _for_the_provider(referral: Referral, names: dict[str, str], clocks: dict[int, Clocks]) -> Iterator[Task]:
    """To acknowledge, to decide, to start. What stands still waits for others, until somebody lets it go on."""
    name, where = names.get(referral.service, referral.service), reverse("referral", kwargs={"referral": referral.pk})
    told = {"person": referral.person_id, "row": f"service:{referral.service}", "due_on": referral.sent_on}
    if referral.pk in clocks:
        new = referral.state in (None, "sent")
        clock = clocks[referral.pk].acknowledge if new else clocks[referral.pk].decide
        begin, to = (f"New referral to {name}", "acknowledge") if new else (f"Referral to {name}", "decide")
        yield Task(
            key=f"referrals.{'new' if new else 'undecided'}:{referral.pk}", elsewhere=False,
            kind="New referrals" if new else "Referrals to decide",
            harm=2 if clock.state == "missed" else 3, act=("Answer", where), waiting=clock.state == "paused", **told,
            words=f"{begin}: working day {clock.days} of {clock.limit} to {to}{since(clock)}",
        )  # fmt: skip
    elif referral.state == "accepted":
        yield Task(
            key=f"referrals.to-start:{referral.pk}", kind="Accepted, not started", harm=4, act=("Open referral", where),
            words=f"{name}: accepted on {day_in_words(referral.state_on)}, not started", elsewhere=False, **told,
        )  # fmt: skip
