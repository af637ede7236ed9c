"""Deciding what a miss comes to, and taking it back."""

from datetime import UTC, datetime

from django.urls import reverse

from throughcare.casework.access.models import Post
from throughcare.casework.access.reader import Reader
from throughcare.casework.audit.actions import recording
from throughcare.casework.elsewhere.actions import owe
from throughcare.casework.elsewhere.queries import owed_of
from throughcare.casework.events.actions import announce
from throughcare.casework.notices.actions import tell
from throughcare.casework.people.models import Person
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.models import Referral
from throughcare.casework.referrals.queries import state_of
from throughcare.casework.referrals.transitions import CLOSED
from throughcare.core.contracts import Event
from throughcare.core.dates import day_in_words
from throughcare.core.errors import UserError
from throughcare.strands.programmes.decisions.codes import ACCEPTED, COURT, DECISIONS, REASONS, RECALL
from throughcare.strands.programmes.decisions.queries import SESSION, Miss
from throughcare.strands.programmes.models import Appointment, MissedDecision, Session

EVENTS = {COURT: "programmes.back_to_court", RECALL: "programmes.recall"}


class DecidedAlready(UserError):
    """A miss of which somebody has decided."""


class NoReason(UserError):
    """An absence accepted without the reason that is accepted, or a reason with a decision that needs none."""


class NotStanding(UserError):
    """A decision taken back a second time."""


def decide(*, reader: Reader, miss: Miss, decision: str, reason: str = "", note: str = "") -> MissedDecision:
    """The manager's decision on a miss. Told to the provider whose session it was, in words that do not tell what was decided.

    Back to court and recall are announced (`EVENTS`). Owed to the system that is the home of appointments, as the enforcement
    of a contact is kept there with the contact. Refused: a code that is none, a reason where there is none or the lack of one,
    a second decision.
    """
    _fits(miss, decision, reason)
    with recording(by=reader.by, verb="programmes.decide") as entry:
        _lock(miss)
        if MissedDecision.objects.filter(withdrawn=False, **{miss.kind: miss.number}).exists():
            raise DecidedAlready(
                what="Somebody has decided of this one", record=f"{miss.kind} {miss.number}", expected="one that waits",
                mend="look at the decision; it can be taken back, and decided anew",
            )  # fmt: skip
        kept = MissedDecision(
            decision=decision, reason=reason, note=note.strip(), on=reader.day, by=reader.by, post=reader.post,
            **{f"{miss.kind}_id": miss.number},
        )  # fmt: skip
        kept.save()
        entry.about(kept, person_id=miss.person)
        entry.details = {"decision": decision, "reason": reason, miss.kind: miss.number}
        owe(by=reader.by, kind="appointments", person=Person.objects.get(pk=miss.person), record=kept, text=_text(miss, kept),
            on=miss.on, pilot=current_pilot(), post=reader.post.slug if reader.post else "")  # fmt: skip
        if decision in EVENTS:
            announce(_event(EVENTS[decision], kept, miss))
        _tell_providers(reader, miss, kept)
    return kept


def take_back(*, reader: Reader, miss: Miss) -> None:
    """The decision is taken back: it stays on record as withdrawn, and the miss waits again. Where it was announced, that too."""
    with recording(by=reader.by, verb="programmes.take_back_decision") as entry:
        kept = MissedDecision.objects.select_for_update().filter(withdrawn=False, **{miss.kind: miss.number}).first()
        if kept is None:
            raise NotStanding(
                what="No decision stands", record=f"{miss.kind} {miss.number}", expected="one that was decided",
                mend="look at the person's record again",
            )  # fmt: skip
        kept.withdrawn, kept.withdrawn_on, kept.withdrawn_by = True, reader.day, reader.by
        kept.save()
        entry.about(kept, person_id=miss.person)
        if owed_of(MissedDecision._meta.label_lower, kept.pk):
            owe(by=reader.by, kind="appointments", person=Person.objects.get(pk=miss.person), record=kept, on=miss.on,
                text=f"Taken back: {_text(miss, kept)}", pilot=current_pilot(),
                post=reader.post.slug if reader.post else "")  # fmt: skip
        if kept.decision in EVENTS:
            announce(_event("programmes.decision_taken_back", kept, miss))


def _fits(miss: Miss, decision: str, reason: str) -> None:
    wrong = decision not in DECISIONS or (reason not in REASONS if decision == ACCEPTED else reason != "")
    if wrong:
        raise NoReason(
            what="The decision and the reason do not go together", record=f"{miss.kind} {miss.number}",
            expected=f"one of {', '.join(DECISIONS)}, and a reason where it is accepted", mend="choose both again",
        )  # fmt: skip


def _lock(miss: Miss) -> None:
    model = Session if miss.kind == SESSION else Appointment
    model.objects.select_for_update().get(pk=miss.number)


def _text(miss: Miss, kept: MissedDecision) -> str:
    why = f": {REASONS[kept.reason].lower()}" if kept.reason else ""
    return f"Missed {miss.kind} of {day_in_words(miss.on)}: {DECISIONS[kept.decision].lower()}{why}"


def _event(kind: str, kept: MissedDecision, miss: Miss) -> Event:
    return Event(
        kind=kind, person_id=miss.person, subject_type=kept._meta.label_lower, subject_id=kept.pk, happened_on=kept.on,
        details={"missed": miss.kind, "missed_on": f"{miss.on}", "decision": kept.decision},
    )  # fmt: skip


def _tell_providers(reader: Reader, miss: Miss, kept: MissedDecision) -> None:
    """The desk whose session it was: that it was looked at. Where the person may be gone soon, every provider: to ring first."""
    own = Session.objects.select_related("referral").get(pk=miss.number).referral if miss.kind == SESSION else None
    at = datetime.now(UTC)
    open_ones = [r for r in Referral.objects.filter(person=miss.person) if state_of(r.pk) not in CLOSED]
    if kept.decision in EVENTS:
        for referral in open_ones:
            tell(by=reader.by, key=f"programmes.ring:{kept.pk}:{referral.pk}", at=at, posts=_desks(referral), person=miss.person,
                 row="sessions", address=reverse("referral", kwargs={"referral": referral.pk}),
                 words="Ring the offender manager before the next meeting with somebody referred to you")  # fmt: skip
    elif own is not None:
        tell(by=reader.by, key=f"programmes.decided:{kept.pk}", at=at, posts=_desks(own), person=miss.person, row="sessions",
             address=reverse("referral", kwargs={"referral": own.pk}),
             words=f"The offender manager has looked at the session missed on {day_in_words(miss.on)}: "
             "carry on as agreed")  # fmt: skip


def _desks(referral: Referral) -> list[Post]:
    """The provider's workers to whom the referral went."""
    desks = Post.objects.filter(role="provider_worker", place=referral.provider, closed_on=None) if referral.provider else []
    return [post for post in desks if post.team in ("", referral.service)]
