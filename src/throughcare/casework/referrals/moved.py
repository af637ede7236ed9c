"""Somebody with an open referral has moved, been released, or come into prison: whoever delivers it is alerted, the same day."""

from datetime import date

from throughcare.casework.access.models import Post
from throughcare.casework.alerts.actions import raise_alert
from throughcare.casework.clock import instant_on
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.models import Referral
from throughcare.casework.referrals.queries import state_of
from throughcare.casework.referrals.reach import PATHWAYS, providers_of
from throughcare.casework.referrals.transitions import CLOSED, TABLE
from throughcare.core.contracts import Event

BY = "referrals"
KINDS = ("prison.received", "prison.moved", "prison.released", "prison.new_date")


def tell_of_move(event: Event) -> None:
    """The posts that deliver each open referral, with the new place and never why; the manager, that there is one."""
    names = {service.slug: service.name for service in current_pilot().services}
    learned = date.fromisoformat(event.details["learned_on"])
    for referral in Referral.objects.filter(person=event.person_id).order_by("pk"):
        state = state_of(referral.pk)
        if state in CLOSED:
            continue
        line = f"{names.get(referral.service, referral.service)}, {TABLE[state].shown.lower()}"
        raise_alert(
            by=BY, posts=desks_of(referral), person=referral.person_id, topic="moved", key=f"{event.kind}:{event.subject_id}",
            text=event.details["words"], at=instant_on(learned), on=learned, row="custody",
            harm=3 if event.kind == "prison.new_date" else 2, touched=(line,),
        )  # fmt: skip


def desks_of(referral: Referral) -> list[Post]:
    """The posts whose work the referral is: the team that delivers it; where there is none, the provider's administrator."""
    here = Post.objects.filter(closed_on=None).order_by("pk")
    pathway = [role for role, service in PATHWAYS.items() if service == referral.service]
    if pathway:
        return list(here.filter(role__in=pathway))
    theirs = here.filter(place__in=providers_of(referral))
    workers = list(theirs.filter(role="provider_worker", team__in=("", referral.service)))
    return workers or list(theirs.filter(role="provider_admin"))


HANDLERS = dict.fromkeys(KINDS, (tell_of_move,))
