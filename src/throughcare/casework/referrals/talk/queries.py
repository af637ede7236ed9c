"""Reading what was asked on referrals, and which side of one a reader is on."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet

from throughcare.casework.access.reader import Reader
from throughcare.casework.referrals.models import ClockPause, Question, Referral
from throughcare.casework.referrals.reach import PATHWAYS, sent_from, still_in_hand
from throughcare.casework.referrals.talk.codes import PROVIDER, SENDER
from throughcare.casework.referrals.transitions import PROVIDERS, REFERRERS

CASELOADS = ("offender_manager", "prison_coordinator")
"""Posts that see to all that is asked of their people, whoever sent them."""


def side_of(reader: Reader, referral: Referral) -> str:
    """The side on which the reader works on the referral: as a provider first. "" for who may not write on it."""
    if not reader.sees(f"service:{referral.service}", referral.person_id, "edit"):
        return ""
    roles = {role for role in reader.roles if PATHWAYS.get(role, referral.service) == referral.service}
    return PROVIDER if roles & set(PROVIDERS) else SENDER if roles & set(REFERRERS) else ""


def thread(referral: int) -> list[Question]:
    """All that was asked on a referral, the oldest first; what was taken back too."""
    return list(Question.objects.filter(referral=referral).order_by("asked_at", "pk"))


def pauses(referral: int) -> list[ClockPause]:
    """All that stopped the clocks of a referral, the oldest first."""
    return list(ClockPause.objects.filter(referral=referral).order_by("start", "pk"))


def waiting(side: str, referrals: QuerySet) -> QuerySet:
    """The questions of a side, on these referrals, that nobody has answered or taken back; the oldest first."""
    found = Question.objects.filter(side=side, referral__in=referrals.values("pk"), answered_at=None, taken_back_at=None)
    return found.select_related("referral").order_by("asked_at", "pk")


def of_senders(reader: Reader) -> Iterator[tuple[str, Question]]:
    """By asking side the waiting questions on referrals that are in hand on the day: those that the reader's posts sent, and of a
    caseload all of its people's.
    """
    wanted = sent_from(reader.held(*REFERRERS))
    if reader.held(*CASELOADS):
        wanted |= Q(person__in=reader.people("contact").values("pk"))
    theirs = still_in_hand(reader.day).filter(wanted)
    found = [(side, each) for side in (PROVIDER, SENDER) for each in waiting(side, theirs)]
    rows = {each.referral.service: reader.row_of(f"service:{each.referral.service}") for _, each in found}
    people = {each.referral.person_id for _, each in found}
    known = {row: reader.allowed(row, people) for row in set(rows.values())}
    return (pair for pair in found if pair[1].referral.person_id in known[rows[pair[1].referral.service]])
