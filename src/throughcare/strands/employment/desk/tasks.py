"""What waits about work: for the broker weeks to be looked at, and what is to be said or seen; for a manager hours that clash."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse

from throughcare.casework.access.queries import allocated
from throughcare.casework.access.reader import Reader
from throughcare.casework.people.models import CustodySpell
from throughcare.casework.people.queries import on_the_day
from throughcare.casework.referrals.reach import to_service
from throughcare.core.dates import weekday_in_words
from throughcare.core.pages import Appointment, Task
from throughcare.strands.employment.models import Application
from throughcare.strands.employment.placements.queries import Placed, hours_clash, running
from throughcare.strands.employment.queries import SERVICE, TAKING_PART
from throughcare.strands.employment.readiness.queries import limits_of, ready_of
from throughcare.strands.employment.shown import DESK, ROW
from throughcare.strands.employment.vacancies.codes import INTERVIEW, OFFERED, SENT
from throughcare.strands.employment.vacancies.queries import applications_of, in_hand, step_of

RUNS_OUT = timedelta(days=28)
"""Evidence of the right to work that runs out within so many days is to be seen again [decided]."""
LATE = timedelta(days=7)
"""A week that was reached so long ago, and that nobody has looked at, is missed [decided]."""
NO_ANSWER = timedelta(days=14)
"""An application without an answer for so long is asked about [decided]."""


def tasks(reader: Reader) -> Iterator[Task]:
    """Of the broker's own people; of the caseload of a manager's posts."""
    if reader.held(*DESK):
        yield from _of_the_broker(reader)
    if reader.held("offender_manager"):
        yield from _of_a_manager(reader)


def _of_the_broker(reader: Reader) -> Iterator[Task]:
    people = reader.people(ROW, "edit").values("pk")
    work = running(people, reader.day)
    inside = set(
        CustodySpell.objects.filter(on_the_day(reader.day), person__in=[each.placement.referral.person_id for each in work])
        .values_list("person", flat=True)
    )  # fmt: skip
    for each in work:
        yield from _of_placement(each, reader, inside=each.placement.referral.person_id in inside)
    yield from _of_seekers(reader)
    yield from _of_applications(reader)


def _of_placement(each: Placed, reader: Reader, *, inside: bool) -> Iterator[Task]:
    row, person = each.placement, each.placement.referral.person_id
    end = reverse("placement-end", kwargs={"placement": row.pk})
    for week in each.due:
        late = reader.day - week.due_on >= LATE
        yield Task(
            key=f"employment.week:{row.pk}:{week.weeks}", kind="Still in work?", person=person, row=ROW, due_on=week.due_on,
            harm=2 if late else 3, words=f"Week {week.weeks} with {row.employer or 'the employer'} was reached on "
            f"{weekday_in_words(week.due_on)}", elsewhere=False,
            act=("Say", reverse("placement-check", kwargs={"placement": row.pk, "weeks": week.weeks})),
        )  # fmt: skip
    if each.unsaid or inside:
        words = "In custody while in work: is the job lost?" if inside else "The job is lost: since when, and why?"
        yield Task(key=f"employment.lost:{row.pk}:{'inside' if inside else 'found'}", kind="Jobs that may be lost", person=person,
                   row=ROW, harm=3, words=words, act=("Say", end), elsewhere=False)  # fmt: skip


    if row.planned_end_on <= reader.day and not (each.due or each.unsaid or inside or row.referral.over_on):
        yield Task(
            key=f"employment.planned:{row.pk}", kind="Six months that are over", person=person, row=ROW, harm=4,
            due_on=row.planned_end_on, elsewhere=False,
            act=("Open referral", reverse("referral", kwargs={"referral": row.referral_id})),
            words=f"The contract with {row.employer or 'the employer'} was planned until {weekday_in_words(row.planned_end_on)}: "
            "complete the referral, or end the job",
        )  # fmt: skip


def _of_seekers(reader: Reader) -> Iterator[Task]:
    """Readiness to be looked at again, and evidence of the right to work that runs out."""
    theirs = to_service(SERVICE, reader.day).filter(person__in=reader.people(ROW, "edit").values("pk"), state__in=TAKING_PART)
    persons = dict(theirs.order_by("pk").values_list("pk", "person"))
    for referral, ready in ready_of(persons).items():
        review = ready.readiness.review_on if ready.readiness else None
        if review and review <= reader.day:
            yield Task(
                key=f"employment.review:{referral}:{review}", kind="Readiness to look at again", person=persons[referral],
                row=ROW, harm=4, due_on=review, words=f"To be looked at again on {weekday_in_words(review)}", elsewhere=False,
                act=("Look again", reverse("work-ready", kwargs={"referral": referral})),
            )  # fmt: skip
        until = ready.right.expires_on if ready.right else None
        if until and until <= reader.day + RUNS_OUT:
            ran = "ran" if until <= reader.day else "runs"
            yield Task(
                key=f"employment.right:{referral}:{until}", kind="Right to work to be seen again", person=persons[referral],
                row=ROW, harm=3, due_on=until, words=f"Evidence of the right to work {ran} out on {weekday_in_words(until)}",
                act=("See it again", reverse("work-right", kwargs={"referral": referral})), elsewhere=False,
            )  # fmt: skip


def _of_applications(reader: Reader) -> Iterator[Task]:
    """Interviews that are over and unanswered, applications without an answer, offers that led to no start yet."""
    theirs = to_service(SERVICE, reader.day).filter(person__in=reader.people(ROW, "edit").values("pk"))
    for each in applications_of(theirs.order_by("pk").values_list("pk", flat=True)):
        if not in_hand(each):
            continue
        now = step_of(each)
        since = {SENT: each.sent_on + NO_ANSWER, INTERVIEW: each.interview_on, OFFERED: each.answered_on}[now]
        if since is None or since > reader.day:
            continue
        asks = {SENT: "has there been an answer?", INTERVIEW: "how did the interview go?", OFFERED: "have they started?"}[now]
        yield Task(
            key=f"employment.application:{each.pk}:{now}:{since}", kind="Applications to follow up", harm=4, row=ROW,
            person=each.referral.person_id, due_on=since, words=f"{each.vacancy.job} with {each.vacancy.employer}: {asks}",
            act=("Open", reverse("application", kwargs={"application": each.pk})), elsewhere=False,
        )  # fmt: skip


def _of_a_manager(reader: Reader) -> Iterator[Task]:
    """Of the caseload, whose hours of work run into a curfew that was told."""
    limits = limits_of(allocated(reader.held("offender_manager"), reader.day).values("person"), reader.day)
    for each in running(list(limits), reader.day):
        person = each.placement.referral.person_id
        if curfews := hours_clash(each, limits[person]):
            yield Task(
                key=f"employment.clash:{each.placement.pk}:{'+'.join(curfews)}", kind="Work that clashes with a curfew", harm=2,
                person=person, row=ROW, words=f"Works {each.shift.words if each.shift else ''}: {', '.join(curfews)}",
                act=("See it", reverse("person-work", kwargs={"person": person})), elsewhere=False,
            )  # fmt: skip


def diary(reader: Reader) -> Iterator[Appointment]:
    """The interviews of the day, for the broker."""
    if reader.held(*DESK):
        people = reader.people(ROW, "edit").values("pk")
        today = Application.objects.filter(referral__person__in=people, interview_on=reader.day, answer="")
        for each in today.select_related("referral", "vacancy").order_by("pk"):
            yield Appointment(
                person=each.referral.person_id, row=ROW, words=f"Job interview: {each.vacancy.job}, {each.vacancy.employer}",
                address=reverse("application", kwargs={"application": each.pk}),
            )  # fmt: skip
