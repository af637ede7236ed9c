"""What waits in a borough: proposals that nobody has decided."""

from collections.abc import Iterator

from django.urls import reverse

from throughcare.casework.access.reader import Reader
from throughcare.casework.cohort.models import JOIN, LEAVE, Proposal
from throughcare.core.pages import Task

WORDS = {JOIN: "Proposed to join the cohort", LEAVE: "Proposed to leave the cohort"}


def tasks(reader: Reader) -> Iterator[Task]:
    """The open proposals of the co-ordinator's boroughs, oldest first; those parked until a later day are left out."""
    boroughs = [post.place for post in reader.held("iom_coordinator")]
    if not boroughs:
        return
    waiting = Proposal.objects.filter(borough__in=boroughs, accepted=None, superseded_on=None, as_at__lte=reader.day)
    waiting = waiting.exclude(parked_until__gt=reader.day)
    waiting = waiting.filter(person__in=reader.people("cohort_membership").values("pk"))
    for p in waiting.order_by("kind", "as_at", "pk"):
        words = WORDS.get(p.kind, "Proposed to pass to your borough")
        yield Task(
            key=f"cohort.proposal:{p.pk}", kind="Proposals to decide",
            words=f"{words}: {_why(p)}",
            person=p.person_id, row="cohort_membership", harm=3, due_on=p.as_at, elsewhere=False,
            act=("Decide", reverse("proposal", kwargs={"proposal": p.pk})),
        )  # fmt: skip


def _why(proposal: Proposal) -> str:
    """What is new: of a joiner the last of the rule's reasons, the risk; of a leaver the first, which is why."""
    reasons = proposal.reasons.splitlines() or [proposal.because]
    return reasons[-1 if proposal.kind == JOIN else 0]
