"""What is done when a person is moved or released: visits planned to the old place are flagged, and their owners told."""

from datetime import date

from throughcare.core.contracts import Event
from throughcare.strands.programmes.meetings.actions import came_inside, flag_visits
from throughcare.strands.programmes.meetings.codes import EVENTS


def place_changed(event: Event) -> None:
    """Of `prison.moved` and `prison.released`; `details` has the new `place`."""
    if event.person_id is not None:
        flag_visits(by="events", person=event.person_id, how=EVENTS[event.kind], place=event.details.get("place", ""),
                    on=event.happened_on, learned=_learned(event))  # fmt: skip


def received(event: Event) -> None:
    """Of `prison.received`, a recall too: whoever was to meet them outside, today or tomorrow, is told that it is off."""
    if event.person_id is not None:
        came_inside(by="events", person=event.person_id, on=_learned(event))


def _learned(event: Event) -> date:
    told = event.details.get("learned_on", "")
    return date.fromisoformat(told) if told else event.happened_on


HANDLERS = {**dict.fromkeys(EVENTS, (place_changed,)), "prison.received": (received,)}
