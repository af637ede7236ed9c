"""What waits about posts: people handed over, unowned work, and who opened a record of one's caseload for a reason."""

from collections.abc import Iterator

from django.urls import reverse

from throughcare.casework.access.models import REASONS, Allocation, Post
from throughcare.casework.access.queries import handovers, openings, vacant
from throughcare.casework.access.reader import Reader
from throughcare.casework.people.queries import on_the_day
from throughcare.core.pages import Task


def tasks(reader: Reader) -> Iterator[Task]:
    """Handovers to answer; for a senior, vacant posts with people; for a manager, openings of today."""
    for handover in handovers(reader.acting):
        yield Task(
            key=f"access.handover:{handover.pk}", kind="People handed over to you", harm=2, person=handover.person_id,
            row="contact",
            words=f"Handed over by {handover.from_post.title}: take them or say why not", due_on=handover.asked_on,
            act=("Answer", reverse("handovers")), elsewhere=False,
        )  # fmt: skip
    yield from _unowned(reader)
    if reader.held("offender_manager"):
        for opened in openings(reader.people("supervision").values("pk"), reader.day):
            if opened.account_id != reader.account.pk:
                yield Task(
                    key=f"access.opened:{opened.pk}", kind="Records opened from outside", harm=4, person=opened.person_id,
                    row="supervision", words=f"{opened.post.title} opened this record: {REASONS[opened.reason].lower()}",
                    act=("Open record", reverse("person", kwargs={"person": opened.person_id})),
                )  # fmt: skip


def _unowned(reader: Reader) -> Iterator[Task]:
    """Vacant posts of a senior's office that have people on their caseload."""
    offices = [post.office for post in reader.held("senior_officer") if post.office]
    if not offices:
        return
    with_people = Allocation.objects.filter(on_the_day(reader.day)).values("post")
    empty: list[Post] = list(vacant(reader.day).filter(office__in=offices, pk__in=with_people))
    for post in empty:
        yield Task(
            key=f"access.unowned:{post.pk}", kind="Unowned work", harm=1, row="supervision",
            words=f"{post.title} is vacant, with people on its caseload: nobody sees their alerts",
            act=("Reassign", reverse("caseload", kwargs={"post": post.slug})), elsewhere=False,
        )  # fmt: skip
