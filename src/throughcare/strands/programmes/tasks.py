"""What waits about contact: people just released with nothing booked, people not seen for long, matches not met."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse

from throughcare.casework.access.models import Post
from throughcare.casework.access.queries import allocated
from throughcare.casework.access.reader import Reader
from throughcare.casework.people.models import CustodySpell, Supervision
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.reach import to_provider
from throughcare.core.dates import weekday_in_words
from throughcare.core.pages import Appointment, Task
from throughcare.strands.programmes import models as m
from throughcare.strands.programmes.extracts import APPOINTMENTS

TELL_APPOINTMENTS = (APPOINTMENTS.agency,)
"""The agencies that tell their appointments: of the others nobody can know whether somebody was seen."""


def tasks(reader: Reader) -> Iterator[Task]:
    """Of the caseload of a manager's posts; of the people matched with a volunteer."""
    posts = reader.held("offender_manager")
    if posts:
        yield from _released(allocated(posts, reader.day), reader)
        yield from _not_seen(allocated(posts, reader.day), reader)
    mentors = reader.held("volunteer")
    if mentors:
        yield from _not_met(mentors, reader)


def _released(caseload: QuerySet, reader: Reader) -> Iterator[Task]:
    """Released lately, not back inside, and neither seen since nor booked."""
    day, limits = reader.day, current_pilot().today
    left = CustodySpell.objects.filter(
        person__in=caseload.values("person"), end__lte=day, end__gt=day - timedelta(days=limits.released_for)
    )
    again = CustodySpell.objects.filter(person=OuterRef("person"), start__gte=OuterRef("end"), start__lte=day)
    booked = m.Appointment.objects.filter(person=OuterRef("person"), due_on__gte=OuterRef("end"))
    left = left.filter(~Exists(again), ~Exists(booked)).order_by("end", "pk")
    for person, prison, on in left.values_list("person", "prison", "end"):
        days = (day - on).days
        when = {0: "today", 1: "yesterday"}.get(days, f"on {weekday_in_words(on)}")
        yield Task(
            key=f"programmes.released:{person}:{on}", kind="Released, no appointment", person=person, row="custody", due_on=on,
            harm=1 if days <= limits.released_now else 2, words=f"Released {when} from {prison}, no appointment on record",
            act=("Book", reverse("book", kwargs={"person": person})),
        )  # fmt: skip


def _not_seen(caseload: QuerySet, reader: Reader) -> Iterator[Task]:
    """On licence or post-sentence supervision for the days of the pilot file or more, out of prison, and not seen for as long.

    Of the agencies that tell their appointments.
    """
    days = current_pilot().today.no_contact
    day, since = reader.day, reader.day - timedelta(days=days)
    on_licence = Supervision.objects.filter(
        person__in=caseload.values("person"), kind__in=("licence", "pss"), start__lte=since, agency__in=TELL_APPOINTMENTS
    ).exclude(end__lte=day)
    seen = m.Appointment.objects.filter(person=OuterRef("person"), attended=True, held_on__gt=since, held_on__lte=day)
    inside = CustodySpell.objects.filter(person=OuterRef("person"), start__lte=day).exclude(end__lte=since)
    before = m.Appointment.objects.filter(person=OuterRef("person"), attended=True, held_on__lte=day).order_by("-held_on")
    found = on_licence.filter(~Exists(seen), ~Exists(inside)).annotate(last=Subquery(before.values("held_on")[:1]))
    for person, last in sorted(dict(found.values_list("person", "last")).items()):
        said = f"last seen on {weekday_in_words(last)}" if last else "no contact on record"
        yield Task(
            key=f"programmes.not-seen:{person}:{last or ''}", kind=f"Not seen for {days} days", person=person,
            row="sessions", harm=3, due_on=last, words=f"On licence: {said}",
            act=("Record appointment", reverse("appointment", kwargs={"person": person})),
        )  # fmt: skip


def _not_met(mentors: Sequence[Post], reader: Reader) -> Iterator[Task]:
    """Matched with the volunteer, and no meeting yet, or none for long, in the sessions of the volunteer's own provider."""
    days, day = current_pilot().today.no_meeting, reader.day
    people = allocated(mentors, day).values("person")
    theirs = to_provider(mentors, day).filter(person__in=people).order_by().values("pk")
    met = m.Session.objects.filter(referral__person=OuterRef("person"), referral__in=theirs, attended=True, held_on__lte=day)
    matched = allocated(mentors, day).annotate(last=Subquery(met.order_by("-held_on").values("held_on")[:1]))
    for person, since, last in matched.order_by("start", "person").values_list("person", "start", "last"):
        if last and (day - last).days < days:
            continue
        kind = f"Not met for {days} days" if last else "Matched, not met yet"
        never = f"With you since {weekday_in_words(since)}: no meeting on record"
        words = f"Last meeting on record: {weekday_in_words(last)}" if last else never
        yield Task(
            key=f"programmes.not-met:{person}:{last or since}", kind=kind, person=person, row="sessions", harm=3,
            due_on=last or since, words=words, act=("Open record", reverse("person", kwargs={"person": person})),
        )  # fmt: skip


def diary(reader: Reader) -> Iterator[Appointment]:
    """The appointments of the day, of the caseload of a manager's posts."""
    posts = reader.held("offender_manager")
    if posts:
        due = m.Appointment.objects.filter(person__in=allocated(posts, reader.day).values("person"), due_on=reader.day)
        for each in due.order_by("pk"):
            words = "Appointment" if each.held_on is None else ("Came" if each.attended else "Did not come")
            yield Appointment(person=each.person_id, words=words, row="sessions",
                              address=reverse("person", kwargs={"person": each.person_id}))  # fmt: skip
