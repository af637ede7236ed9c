"""What waits about budgets: purchases that nobody has approved. Who may approve is told of each; the pilot, that they wait."""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from throughcare.casework.access.reader import Reader
from throughcare.core.dates import day_in_words
from throughcare.core.money import Money
from throughcare.core.pages import Task
from throughcare.strands.budgets.models import Purchase


def tasks(reader: Reader) -> Iterator[Task]:
    """A senior's, of the people of its office; for who runs the pilot, since when the oldest waits, and of nobody."""
    if reader.held("senior_officer"):
        theirs = to_approve(reader.day).filter(place__referral__person__in=reader.people("budget", "edit").values("pk"))
        for purchase in theirs.select_related("place__referral").order_by("asked_on", "pk"):
            person = purchase.place.referral.person_id
            yield Task(
                key=f"budgets.approve:{purchase.pk}", kind="Purchases to approve", harm=3, person=person, row="budget",
                words=f"{Money(pence=purchase.pence)} for {purchase.description or 'a purchase'}: asked for on "
                f"{day_in_words(purchase.asked_on)}, not approved",
                due_on=purchase.asked_on, act=("Decide", reverse("budget", kwargs={"place": purchase.place_id})),
            )  # fmt: skip
    if reader.held("pilot_manager"):
        oldest: date | None = to_approve(reader.day).order_by("asked_on").values_list("asked_on", flat=True).first()
        if oldest is not None:
            yield Task(
                key=f"budgets.waiting:{oldest}", kind="Purchases to approve", harm=3, row="budget", waiting=True, due_on=oldest,
                words=f"The oldest purchase without approval was asked for on {day_in_words(oldest)}; "
                "it is for the senior officers to approve", act=("Open budgets", reverse("budgets")),
            )  # fmt: skip


def to_approve(day: date) -> QuerySet:
    """Purchases asked for by the day that have taken no further step."""
    return Purchase.objects.filter(
        asked_on__lte=day, approved_on=None, ordered_on=None, delivered_on=None, invoiced_on=None, paid_on=None, cancelled_on=None
    )
