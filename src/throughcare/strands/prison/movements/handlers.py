"""What follows a movement for those whom the strand itself knows: the manager, volunteers, and the prisons' co-ordinators."""

from datetime import date

from throughcare.casework.access.models import Allocation, Post
from throughcare.casework.alerts.actions import raise_alert
from throughcare.casework.clock import instant_on
from throughcare.casework.people.queries import on_the_day
from throughcare.core.contracts import Event

BY = "prison co-ordination"
TOPIC = "moved"


def tell(event: Event) -> None:
    """Whoever manages the person or is matched with them, and the co-ordinators of the prisons left and come to."""
    learned = date.fromisoformat(event.details["learned_on"])
    on = Allocation.objects.filter(on_the_day(learned), person=event.person_id, post__closed_on=None)
    posts = list(Post.objects.filter(pk__in=on.values("post"), role__in=("offender_manager", "volunteer")).order_by("pk"))
    prisons = {event.details["place"], event.details["from"]} - {""}
    posts += Post.objects.filter(role="prison_coordinator", place__in=prisons, closed_on=None).order_by("pk")
    raise_alert(
        by=BY, posts=posts, person=event.person_id or 0, topic=TOPIC, key=f"{event.kind}:{event.subject_id}", row="custody",
        text=event.details["words"], at=instant_on(learned), on=learned, harm=3 if event.kind == "prison.new_date" else 2,
    )  # fmt: skip


HANDLERS = dict.fromkeys(("prison.received", "prison.moved", "prison.released", "prison.new_date"), (tell,))
