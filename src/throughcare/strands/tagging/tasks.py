"""What waits about tags: for the monitoring officer incidents, findings, orders to be made, tags to be fitted or taken off; for
who manages the person, breaches that were reviewed.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.urls import reverse

from throughcare.casework.access.queries import allocated
from throughcare.casework.access.reader import Reader
from throughcare.casework.clock import instant_on
from throughcare.core.clock import london_date
from throughcare.core.dates import day_in_words
from throughcare.core.pages import Harm, Task
from throughcare.strands.tagging import models as m
from throughcare.strands.tagging.checks.queries import waiting
from throughcare.strands.tagging.checks.words import COURT, DECISIONS, KINDS, WARNING
from throughcare.strands.tagging.incidents.actions import ROLE
from throughcare.strands.tagging.orders.queries import AGREED, MOMENT, sources, standing, terms_of
from throughcare.strands.tagging.queries import dates_of, version_at, whole

ORDER, COMPLIANCE, POSITIONS = "tag_order", "tag_compliance", "tag_positions"
ENDS_AHEAD = timedelta(days=14)
TOLD_FOR = timedelta(days=14)


def tasks(reader: Reader) -> Iterator[Task]:
    """Of a monitoring officer what is to be done in the reach of its posts; of an offender manager what was decided lately."""
    if reader.held(ROLE):
        at = instant_on(reader.day)
        people = reader.people(ORDER)
        orders = whole(m.Order.objects.filter(person__in=people.values("pk")))
        yield from _incidents(orders, at)
        yield from _findings(orders, at)
        lost = _consents_lost(orders)
        for order in orders:
            yield from _of_order(order, at, lost.get(order.pk, frozenset()))
        yield from _to_make(reader, {order.person_id for order in orders})
    if reader.held("offender_manager"):
        yield from _breaches(reader)


def _incidents(orders: list[m.Order], at: datetime) -> Iterator[Task]:
    told = m.Incident.objects.filter(order__in=orders, closed_at=None, taken_by=None, raised_at__lte=at).select_related("order")
    for each in told.order_by("harm", "raised_at", "pk"):
        harm: Harm = 1 if each.harm <= 2 else 2
        yield Task(
            key=f"tagging.incident:{each.pk}", kind="Incidents that nobody has", person=each.order.person_id, row=POSITIONS,
            harm=harm, words=KINDS[each.kind].words, due_on=london_date(each.raised_at), elsewhere=False, later=False,
            act=("Open the incident", reverse("incident", kwargs={"incident": each.pk})),
        )  # fmt: skip


def _findings(orders: list[m.Order], at: datetime) -> Iterator[Task]:
    """One for each order, whatever waits of it."""
    by_order: dict[int, list[m.Finding]] = {}
    for each in waiting(orders, at):
        by_order.setdefault(each.finding.order_id, []).append(each.finding)
    people = {order.pk: order.person_id for order in orders}
    for order, findings in by_order.items():
        more = f", and {len(findings) - 1} more" if len(findings) > 1 else ""
        first = findings[0]
        yield Task(
            key=f"tagging.findings:{order}", kind="Findings to be decided of", person=people[order], row=POSITIONS, harm=2,
            words=f"{KINDS[first.kind].words} on {day_in_words(first.day)}{more}", due_on=first.day, elsewhere=False,
            act=("Decide", reverse("finding", kwargs={"finding": first.pk})),
        )  # fmt: skip


def _consents_lost(orders: list[m.Order]) -> dict[int, frozenset[str]]:
    """By order, the addresses whose householder agrees no longer."""
    last: dict[tuple[int, str], str] = {}
    for order, address, answer in (
        m.Consent.objects.filter(order__in=orders).order_by("on", "pk").values_list("order", "address", "answer")
    ):
        last[order, address] = answer
    lost: dict[int, frozenset[str]] = {}
    for (order, address), answer in last.items():
        if answer != AGREED:
            lost[order] = lost.get(order, frozenset()) | {address}
    return lost


def _of_order(order: m.Order, at: datetime, lost: frozenset[str]) -> Iterator[Task]:
    """A tag to be fitted or taken off, a householder who no longer agrees, an order about to end."""
    state, dates = standing(order, at), dates_of(order)
    worn = next((each for each in order.fittings.all() if each.removed_at is None), None)
    page = reverse("tag-equipment", kwargs={"order": order.pk})
    told = {"person": order.person_id, "row": ORDER, "elsewhere": False}
    if dates and state in ("running", "to come") and worn is None:
        yield Task(key=f"tagging.fit:{order.pk}", kind="Tags to be fitted", harm=2, words=_when(dates[0], at),
                   due_on=london_date(dates[0]), act=("Keep that it is fitted", page), **told)  # fmt: skip
    if state in ("over", "closed") and worn is not None:
        yield Task(key=f"tagging.remove:{order.pk}", kind="Tags to be taken off", harm=3,
                   words=f"The order has ended, and tag {worn.tag} is on", due_on=london_date(at),
                   act=("Keep that it is off", page), **told)  # fmt: skip
    if state == "running" and dates:
        yield from _running(order, dates[1], at, lost, told)


def _when(first: datetime, at: datetime) -> str:
    return f"Monitoring begins on {day_in_words(london_date(first))}" if first > at else "Monitoring runs, and no tag is fitted"


def _running(order: m.Order, last: datetime, at: datetime, lost: frozenset[str], told: dict[str, object]) -> Iterator[Task]:
    version = version_at(order, at)
    conditions = terms_of(order, version).conditions if version else ()
    asked = {place.address for each in conditions for place in each.places if place.householder}
    if gone := sorted(lost & asked):
        yield Task(key=f"tagging.consent:{order.pk}", kind="Householders who no longer agree", harm=2,
                   words=f"Nobody agrees any more to a curfew at {gone[0]}", due_on=london_date(at),
                   act=("Vary the order", reverse("tag-vary", kwargs={"order": order.pk})), **told)  # type: ignore[arg-type]  # fmt: skip
    if last - at <= ENDS_AHEAD:
        on = london_date(last - MOMENT)
        yield Task(key=f"tagging.ends:{order.pk}", kind="Orders about to end", harm=3,
                   words=f"The last day is {day_in_words(on)}", due_on=on,
                   act=("Open the order", reverse("tag-order", kwargs={"order": order.pk})), **told)  # type: ignore[arg-type]  # fmt: skip


def _to_make(reader: Reader, ordered: set[int]) -> Iterator[Task]:
    for person in reader.people(ORDER).exclude(pk__in=ordered).order_by("pk").values_list("pk", flat=True):
        for source in sources(person, reader.day):
            if not source.refused:
                yield Task(
                    key=f"tagging.make:{source.requirement}", kind="Orders to be made", person=person, row=ORDER, harm=2,
                    words=f"{source.words.capitalize()} was ordered on {day_in_words(source.imposed_on)}",
                    due_on=source.imposed_on, elsewhere=False,
                    act=("Make the order", reverse("tag-new", kwargs={"person": person})),
                )  # fmt: skip


def _breaches(reader: Reader) -> Iterator[Task]:
    """Warnings, and what goes back to court, of the last two weeks: of the reader's own people."""
    since: date = reader.day - TOLD_FOR
    mine = allocated(reader.held("offender_manager"), reader.day).values("person_id")
    people = reader.people(COMPLIANCE).filter(pk__in=mine).values("pk")
    told = m.Review.objects.filter(finding__order__person__in=people, undone_at=None, on__gt=since, on__lte=reader.day)
    for each in told.filter(decision__in=(WARNING, COURT)).select_related("finding__order").order_by("on", "pk"):
        person = each.finding.order.person_id
        yield Task(
            key=f"tagging.breach:{each.pk}", kind="Breaches of orders with a tag", person=person, row=COMPLIANCE,
            harm=2 if each.decision == COURT else 3, due_on=each.on,
            words=f"{KINDS[each.finding.kind].words} on {day_in_words(each.finding.day)}: {DECISIONS[each.decision].lower()}",
            act=("Read it", reverse("person-tag", kwargs={"person": person})),
        )  # fmt: skip
