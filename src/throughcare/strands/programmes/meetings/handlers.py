"""What is done when a person is moved, released or comes into custody, may be gone soon, or the work with them ends: what is
planned is flagged or cancelled, and whoever holds it is told.
"""

from datetime import date

from throughcare.core.contracts import Event
from throughcare.strands.programmes.meetings import codes
from throughcare.strands.programmes.meetings.actions import cancel_ended, clear_flags, flag_meetings, flag_visits

BY = "events"


def place_changed(event: Event) -> None:
    """Of `prison.received`, `prison.moved` and `prison.released`; `details` has the new `place`, and `learned_on` where it was
    learned on a later day.
    """
    if event.person_id is None:
        return
    how, on = codes.EVENTS[event.kind], event.happened_on
    told = event.details.get("learned_on", "")
    learned = date.fromisoformat(told) if told else on
    if how == codes.CUSTODY:
        flag_meetings(by=BY, person=event.person_id, how=how, on=on, learned=learned)
    if how == codes.RELEASED:
        clear_flags(by=BY, person=event.person_id, how=codes.CUSTODY, on=on)
    flag_visits(by=BY, person=event.person_id, how=codes.MOVED_PRISON if how == codes.CUSTODY else how,
                place=event.details.get("place", ""), on=on, learned=learned)  # fmt: skip


def to_ring(event: Event) -> None:
    """The manager has sent somebody back to court or recalled them: whoever is to meet them rings first."""
    if event.person_id is not None:
        flag_meetings(by=BY, person=event.person_id, how=codes.RING, on=event.happened_on)


def taken_back(event: Event) -> None:
    """The manager has taken that back: what was planned stands."""
    if event.person_id is not None:
        clear_flags(by=BY, person=event.person_id, how=codes.RING, on=event.happened_on)


def ended(event: Event) -> None:
    """A referral is over: what was planned of it for a later day will not be."""
    cancel_ended(by=BY, referral=int(event.subject_id), on=event.happened_on)


HANDLERS = {
    **dict.fromkeys(codes.EVENTS, (place_changed,)), **dict.fromkeys(codes.TO_RING, (to_ring,)),
    codes.TAKEN_BACK: (taken_back,), **dict.fromkeys(codes.ENDS, (ended,)),
}  # fmt: skip
