"""One referral: its state, how it came there, and the moves of the post; and making one of them."""

from django.http import HttpRequest

from throughcare.api import asked, given
from throughcare.api.guard import Operation
from throughcare.casework.access.admission import NotThere
from throughcare.casework.referrals import pages, shown
from throughcare.casework.referrals.errors import NotAllowedHere, UnknownReason
from throughcare.casework.referrals.models import Referral
from throughcare.casework.referrals.queries import history
from throughcare.casework.referrals.reach import known_to
from throughcare.casework.referrals.reasons import LISTS


def referral(request: HttpRequest, number: asked.Number) -> given.Referral:
    """The referral, what happened to it, and the next moves of the post."""
    return _told(request, number)


def move(request: HttpRequest, number: asked.Number, told: asked.MoveTold) -> given.Referral:
    """Makes a move: one that the transition table has from the present state, and that is this post's to make."""
    reader = request.reader
    found, events = _found(request, number), history(number)
    moves = pages._moves(found, events, reader, request.person)
    chosen = next((each for each in moves if each.to == told.to), None)
    if chosen is None:
        raise NotAllowedHere(
            what=f"The referral cannot become {told.to} by this post", record=f"referral {number}",
            expected=" or ".join(each.to for each in moves) or "nothing: the referral has no move for this post",
            mend="make one of the moves that the referral has",
        )  # fmt: skip
    if told.reason and not chosen.reasons:
        raise UnknownReason(
            what=f"{chosen.to} asks no reason", record=f"referral {number}", expected="no reason", mend="leave the reason out"
        )
    pages._make(reader, found, chosen, on=told.on or reader.day, reason=told.reason, note=told.note.strip())
    return _told(request, number)


def _found(request: HttpRequest, number: int) -> Referral:
    """The referral, where the post may look into it: a provider's, into those to itself alone."""
    if not known_to(request.reader).filter(pk=number).exists():
        raise NotThere(number)
    return shown.find(number)


def _told(request: HttpRequest, number: int) -> given.Referral:
    found, events = _found(request, number), history(number)
    told = shown.base(request, found, events)
    return given.Referral(
        number=number, person=given.PersonShown(number=told["person"].number, shown=told["person"].shown), service=found.service,
        service_name=told["service"], provider=told["provider"], sent_on=found.sent_on, state=told["state"].slug,
        state_words=told["state"].shown, closed=told["state"].closed,
        events=[given.Event(on=event.on, state=event.state, words=words, reason=reason, note=event.note)
                for event, words, reason in told["events"]],
        moves=[
            given.Move(to=each.to, words=each.words, suggested=each.suggested, reasons=[
                given.Reason(code=code, words=words) for code, words in (LISTS[each.reasons] if each.reasons else {}).items()
            ])
            for each in pages._moves(found, events, request.reader, request.person)
        ],
    )  # fmt: skip


OPERATIONS = (
    Operation(name="referral", method="GET", path="/referrals/{number}", view=referral, gives=given.Referral, needs="referrals",
              group="Referrals", person_of=shown.person_of, row_of=shown.row_of),
    Operation(name="move", method="POST", path="/referrals/{number}/moves", view=move, gives=given.Referral, needs="referrals",
              group="Referrals", person_of=shown.person_of, row_of=shown.row_of),
)  # fmt: skip
