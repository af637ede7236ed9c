"""Asking for a clearance, and keeping the prison's answer."""

from datetime import date

from throughcare.casework.access.models import Post
from throughcare.casework.access.policy import PROVIDER_ROLES
from throughcare.casework.audit.actions import recording
from throughcare.casework.pilot import current_pilot
from throughcare.core.errors import UserError
from throughcare.strands.programmes.clearances.codes import REFUSALS
from throughcare.strands.programmes.models import Clearance


class NotAsked(UserError):
    """A clearance asked for twice, for a prison that is none of the pilot's, or for a post that is no provider's."""


class NotAnAnswer(UserError):
    """An answer to what has its answer, on a day that cannot be, or a refusal without its reason."""


def ask(*, by: str, post: Post, prison: str, on: date) -> Clearance:
    """Asks the prison to let the post in. Refused while an earlier request of the two waits."""
    with recording(by=by, verb="programmes.ask_clearance") as entry:
        waits = Clearance.objects.filter(post=post, prison=prison, granted_on=None, refused_on=None).exists()
        if waits or prison not in current_pilot().prisons or post.role not in PROVIDER_ROLES:
            raise NotAsked(
                what="A clearance of this post for this prison is asked for already" if waits else "This cannot be asked for",
                record=f"{post.slug}, {prison}", expected="a post of a provider and a prison of the pilot, asked once at a time",
                mend="wait for the answer, and ring the prison if it is late" if waits else "choose another post or prison",
            )  # fmt: skip
        clearance = Clearance(post=post, prison=prison, asked_on=on, asked_by=by)
        clearance.save()
        entry.about(clearance)
        entry.details = {"post": post.slug, "prison": prison}
    return clearance


def grant(*, by: str, clearance: Clearance, on: date, expires_on: date | None = None) -> Clearance:
    """The prison lets the post in, from the day until before `expires_on`."""
    if expires_on is not None and expires_on <= on:
        raise _no(clearance, "it ends before it begins", "an end after the day on which it was granted")
    return _answer(by, clearance, on, granted_on=on, expires_on=expires_on)


def refuse(*, by: str, clearance: Clearance, on: date, reason: str) -> Clearance:
    """The prison does not let the post in, for a coded reason. It may be asked again."""
    if reason not in REFUSALS:
        raise _no(clearance, f"{reason!r} is no reason", f"one of {', '.join(REFUSALS)}")
    return _answer(by, clearance, on, refused_on=on, reason=reason)


def take_back_answer(*, by: str, clearance: Clearance) -> Clearance:
    """The answer was kept by mistake: it waits again."""
    with recording(by=by, verb="programmes.take_back_clearance") as entry:
        found = Clearance.objects.select_for_update().get(pk=clearance.pk)
        other = Clearance.objects.filter(post=found.post, prison=found.prison, granted_on=None, refused_on=None).exists()
        if other or not (found.granted_on or found.refused_on):
            raise _no(found, "it waits, or has been asked for again", "the last one, with its answer")
        entry.about(found)
        entry.details = {"granted_on": found.granted_on, "refused_on": found.refused_on, "reason": found.reason}
        found.granted_on = found.refused_on = found.expires_on = None
        found.reason = found.answered_by = ""
        found.save()
    return found


def _answer(by: str, clearance: Clearance, on: date, **told: object) -> Clearance:
    with recording(by=by, verb="programmes.answer_clearance") as entry:
        found = Clearance.objects.select_for_update().get(pk=clearance.pk)
        if found.granted_on or found.refused_on or on < found.asked_on:
            raise _no(found, "it has its answer, or the day is before it was asked for", "one that waits, and a day since")
        for name, value in told.items():
            setattr(found, name, value)
        found.answered_by = by
        found.save()
        entry.about(found)
        entry.details = {"prison": found.prison, **told}
    return found


def _no(clearance: Clearance, what: str, expected: str) -> NotAnAnswer:
    return NotAnAnswer(
        what=f"The answer cannot be kept: {what}", record=f"clearance {clearance.pk}", expected=expected,
        mend="look at the clearance again",
    )  # fmt: skip
