"""Reading goals with how they stand, and reports at the end of the work: whose are to be written, and whose to be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, When

from throughcare.casework.access.models import Post
from throughcare.casework.access.queries import allocated
from throughcare.casework.access.reader import Reader
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.models import Referral
from throughcare.casework.referrals.reach import TO_FINISH_WRITING, known_to, to_provider, with_state
from throughcare.casework.referrals.talk.codes import PROVIDER
from throughcare.casework.referrals.talk.queries import side_of
from throughcare.strands.programmes.models import EndReport, Goal, GoalReview, Session
from throughcare.strands.programmes.queries import CONTACT, SERVICES
from throughcare.strands.programmes.work.codes import ENDED, PUT_OFF

DESKS = ("provider_admin", "provider_worker")
READERS = ("offender_manager",)
"""Whom a report is for: others who may see the person's sessions may look at it."""
WITH_GOALS = tuple(service for service in SERVICES if service != CONTACT)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A goal and the review that holds; None: it is worked towards."""

    goal: Goal
    review: GoalReview | None


def found_by(reader: Reader, referral: int) -> Any:
    """The referral with its state, where it has goals and is the reader's to look into; None where not."""
    return known_to(reader).filter(pk=referral, service__in=WITH_GOALS).first()


def writes(reader: Reader, referral: Referral) -> bool:
    """Whether the reader writes the work's goals and report: the provider's desk, and nobody else."""
    return bool(reader.held(*DESKS)) and side_of(reader, referral) == PROVIDER


def goals_of(referral: int, until: date | None = None) -> list[Standing]:
    """The goals of a referral, the first agreed first, as they stand, or stood on the evening of a day."""
    goals = Goal.objects.filter(referral=referral).order_by("agreed_on", "pk")
    reviews = GoalReview.objects.filter(goal__referral=referral).order_by("on", "pk")
    if until:
        goals, reviews = goals.filter(agreed_on__lte=until), reviews.filter(on__lte=until)
    last = {review.goal_id: review for review in reviews}
    return [Standing(goal=goal, review=last.get(goal.pk)) for goal in goals]


def sessions_of(referral: int) -> tuple[int, int]:
    """How many sessions the person attended, of how many that were offered: those put off to another day are not among them."""
    told = Session.objects.filter(referral=referral).exclude(outcome__in=PUT_OFF).values_list("attended", flat=True)
    came = list(told)
    return len([each for each in came if each]), len(came)


def draft_of(referral: int) -> EndReport | None:
    return EndReport.objects.filter(referral=referral, sent_on=None).first()


def sent_of(referral: int) -> list[EndReport]:
    """The reports of a referral that were sent, the newest first: of one opened again and ended anew there are more."""
    return list(EndReport.objects.filter(referral=referral).exclude(sent_on=None).order_by("-sent_on", "-pk"))


def write_by(ended_on: date) -> date:
    """The day by which the report is to be sent; from the next it is late, and can be sent until access ends."""
    return ended_on + timedelta(days=current_pilot().today.end_report_within)


def last_day(ended_on: date) -> date:
    """The last day on which the provider can write."""
    return ended_on + TO_FINISH_WRITING - timedelta(days=1)


def unwritten(referrals: QuerySet) -> QuerySet:
    """Of referrals with their state: those whose work is over, and of which no report was sent since."""
    found = with_report(referrals.filter(state__in=ENDED, service__in=WITH_GOALS))
    return found.filter(Q(reported_on=None) | Q(reported_on__lt=F("state_on")))


def with_report(referrals: QuerySet) -> QuerySet:
    """Of referrals with their state, also `reported_on`: the day of the last report sent; None where none was, or they go on."""
    sent = EndReport.objects.filter(referral=OuterRef("pk")).exclude(sent_on=None).order_by("-sent_on")
    reported = When(state__in=ENDED, then=Subquery(sent.values("sent_on")[:1]))
    return referrals.annotate(reported_on=Case(reported, default=None))


def is_unwritten(referral: Any) -> bool:
    """Of one referral with its state, the same."""
    sent = sent_of(referral.pk)
    return lacks_report(referral.state, referral.state_on, referral.service, sent[0].sent_on if sent else None)


def lacks_report(state: str | None, state_on: date, service: str, reported_on: date | None) -> bool:
    """The same, of what was read of it already."""
    return state in ENDED and service in WITH_GOALS and (reported_on is None or reported_on < state_on)


def to_write(posts: Sequence[Post], day: date) -> list[Any]:
    """The referrals of these desks whose report is to be written, those that ended first before the others."""
    return list(unwritten(to_provider(posts, day)).order_by("state_on", "pk"))


def not_come(reader: Reader) -> list[Any]:
    """Of the people of a manager's caseload: referrals whose report did not come in its days, for as long as that is told."""
    day, limits = reader.day, current_pilot().today
    due_before = day - timedelta(days=limits.end_report_within)
    since = due_before - timedelta(days=limits.end_report_for)
    caseload = allocated(reader.held(*READERS), day).values("person")
    over = with_state(day).filter(person__in=caseload, over_on__gte=since, state_on__lt=due_before, state_on__gte=since)
    return list(unwritten(over).order_by("state_on", "pk"))


def to_read(reader: Reader) -> list[EndReport]:
    """Reports on the people of a manager's caseload that the manager has not read."""
    caseload = allocated(reader.held(*READERS), reader.day).values("person")
    found = EndReport.objects.filter(referral__person__in=caseload, read_on=None).exclude(sent_on=None)
    return list(found.select_related("referral").order_by("sent_on", "pk"))
