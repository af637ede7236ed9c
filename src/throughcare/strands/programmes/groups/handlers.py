"""A referral that ends elsewhere gives back its place in a group."""

from throughcare.core.contracts import Event
from throughcare.strands.programmes.groups.actions import leave
from throughcare.strands.programmes.groups.codes import LIVE
from throughcare.strands.programmes.models import GroupPlace

ENDS = ("referral.completed", "referral.ended_early", "referral.withdrawn", "referral.made_in_error")


def ended(event: Event) -> None:
    """Safe to repeat: a place that was given back stays so."""
    held = GroupPlace.objects.filter(referral=event.subject_id, left_on=None, group__state__in=LIVE)
    for place in held.select_related("group"):
        leave(by="events", place=place, on=event.happened_on)


HANDLERS = dict.fromkeys(ENDS, (ended,))
