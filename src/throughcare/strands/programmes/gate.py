"""What is done at the prison's gate with appointments: those that a move upsets are told, the first after release is booked."""

from datetime import date, timedelta

from django.urls import reverse

from throughcare.casework.access.models import Post
from throughcare.casework.access.queries import manager_of
from throughcare.casework.alerts.actions import raise_alert
from throughcare.casework.clock import instant_on
from throughcare.casework.mail.actions import tell_off
from throughcare.casework.people.models import Person
from throughcare.casework.pilot import current_pilot
from throughcare.core.contracts import Event
from throughcare.core.dates import weekday_in_words
from throughcare.strands.programmes.actions import AlreadyRecorded, book_appointment
from throughcare.strands.programmes.models import Appointment

BY = "events"
MOVES = ("prison.received", "prison.moved", "prison.released")


def upset(event: Event) -> None:
    """Somebody has come into prison, moved or been released: whoever has an appointment with them to come is alerted. It is for
    now where the appointment is within the days of the pilot file. One of today or tomorrow with somebody who came in is off.
    """
    learned = date.fromisoformat(event.details["learned_on"])
    soon = learned + timedelta(days=current_pilot().prison.soon)
    manager = manager_of(event.person_id or 0, learned)
    for due in Appointment.objects.filter(person=event.person_id, due_on__gte=learned, outcome="").order_by("due_on", "pk"):
        posts = list(Post.objects.filter(code=due.manager, closed_on=None)) if due.manager else []
        whose = posts or ([manager] if manager else [])
        raise_alert(
            by=BY, posts=whose, person=due.person_id, topic="moved", at=instant_on(learned),
            key=f"{event.kind}:{event.subject_id}", text=event.details["words"], on=min(due.due_on, soon), row="custody",
            harm=1 if due.due_on <= soon else 2, touched=(f"Appointment on {weekday_in_words(due.due_on)}",),
        )  # fmt: skip
        if event.kind == "prison.received":
            for post in whose:
                tell_off(
                    by=BY, post=post, key=f"programmes.off-appointment:{due.pk}", day=due.due_on, on=learned, row="custody",
                    person=due.person_id, at=instant_on(learned), address=reverse("person", kwargs={"person": due.person_id}),
                )  # fmt: skip


def book_first(event: Event) -> None:
    """The first appointment of a release plan is booked, where appointments are typed here. One of that day stands as it is."""
    if current_pilot().home("appointments").copied:
        return
    try:
        book_appointment(by=BY, person=Person.objects.get(pk=event.person_id), due_on=date.fromisoformat(event.details["on"]))
    except AlreadyRecorded:
        return


HANDLERS = {**dict.fromkeys(MOVES, (upset,)), "release_plan.first_appointment": (book_first,)}
