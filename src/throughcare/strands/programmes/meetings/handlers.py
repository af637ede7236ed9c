"""What is done when a person is moved or released: visits planned to the old place are flagged, and their owners told."""

from throughcare.core.contracts import Event
from throughcare.strands.programmes.meetings.actions import flag_visits
from throughcare.strands.programmes.meetings.codes import EVENTS


def place_changed(event: Event) -> None:
    """Of `prison.moved` and `prison.released`; `details` has the new `place`."""
    if event.person_id is not None:
        flag_visits(by="events", person=event.person_id, how=EVENTS[event.kind], place=event.details.get("place", ""),
                    on=event.happened_on)  # fmt: skip


HANDLERS = dict.fromkeys(EVENTS, (place_changed,))
