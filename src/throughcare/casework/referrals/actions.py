"""What people do with referrals: each move checks the transition table, and leaves a fact with its day and actor.

Every move refuses what the table does not have from the present state, and a day before the last thing that happened.
`by` is the account that acts, `on` the day of the fact, told by who acts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from types import MappingProxyType

import polars as pl
from django.db.models import Case, F, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce

from throughcare.casework.audit.actions import recording
from throughcare.casework.events.actions import announce
from throughcare.casework.frames import read
from throughcare.casework.imports.actions import insert, linked, stores
from throughcare.casework.imports.queries import parts_of
from throughcare.casework.people.models import Person
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.checks import check_agreement, check_clashes, check_struck
from throughcare.casework.referrals.errors import (
    AlreadyReferred,
    NotAllowedHere,
    NotForThem,
    NotOffered,
    OutOfOrder,
    UnknownReason,
)
from throughcare.casework.referrals.models import ROUTES, Referral, ReferralEvent, Withheld
from throughcare.casework.referrals.queries import history, open_of, open_with
from throughcare.casework.referrals.reasons import LISTS
from throughcare.casework.referrals.returns import events_of
from throughcare.casework.referrals.standing import REQUIREMENT, standing_of
from throughcare.casework.referrals.transitions import CLOSED, PLACES, TABLE, Move, first_fault, move
from throughcare.core.contracts import Event
from throughcare.rules.eligibility.services import fits

NOTHING: Mapping[str, str] = MappingProxyType({})


def refer(
    *, by: str, person_id: int, service: str, provider: str = "", route: str, on: date, days_ordered: int | None = None,
    override: str = "", agreement: str = "", for_provider: str = "", withheld: Mapping[str, str] = NOTHING,
) -> Referral:  # fmt: skip
    """Sends a person to a service.

    Refused: what the pilot does not offer; a second open referral to the service; a person for whom the service is not on
    that day, as the pilot file says, or who is referred to one that clashes with it, unless `override` says why all the same:
    the audit keeps it with what it overrides. `agreement`: a code of what was explained and agreed; "" where it is not told.
    `withheld`: by row of the policy that whoever delivers it is not to see of the person, why; refused as `checks` says.
    """
    _offered(service, provider, route, days_ordered)
    check_agreement(agreement, route, service)
    check_struck(withheld, service)
    with recording(by=by, verb="referrals.refer") as entry:
        # The person's row is locked, so that two senders cannot both find no open referral.
        Person.objects.select_for_update().get(pk=person_id)
        in_hand = open_of(person_id)
        if already := in_hand.get(service):
            raise AlreadyReferred(
                what=f"The person has an open referral to {service}", record=f"referral {already.pk}, sent {already.sent_on}",
                expected="no open referral to the same service", mend="go on with that one, or close it first",
            )  # fmt: skip
        against = (*_against(person_id, service, route, on, override), *check_clashes(service, in_hand, override))
        if against:
            entry.details = {"override": override, "against": list(against)}
        referral = Referral(
            person_id=person_id, service=service, provider=provider, route=route, sent_on=on, sent_by=by,
            days_ordered=days_ordered, agreement=agreement, for_provider=for_provider,
        )  # fmt: skip
        referral.save()
        for row, reason in withheld.items():
            Withheld(referral=referral, row=row, reason=reason, by=by).save()
        if withheld:
            entry.details = {**entry.details, "withheld": sorted(withheld)}
        announce(_event(referral, "sent", on))
        entry.about(referral)
    return referral


def _against(person_id: int, service: str, route: str, on: date, override: str) -> tuple[str, ...]:
    """Why the service is not for the person on the day; nothing where it is. Refused where it is not and nobody says why."""
    pilot = current_pilot()
    told = pilot.service(service)
    standing = standing_of(person_id, on, pilot=pilot, beyond=not told.members)
    standing = replace(standing, requirement=standing.requirement or route == REQUIREMENT)
    decision = fits(told, standing, as_at=on, pilot=pilot)
    if not decision.met and not override.strip():
        raise NotForThem(
            what=f"{told.name} is not for this person on {on}: {'; '.join(decision.reasons)}", record=f"person {person_id}",
            expected="somebody for whom the service is", mend="choose another service, or say why all the same",
        )  # fmt: skip
    return () if decision.met else decision.reasons


def _offered(service: str, provider: str, route: str, days_ordered: int | None) -> None:
    """Refuses what the pilot file does not have."""
    pilot = current_pilot()
    services = [each.slug for each in pilot.services]
    providers = [each.slug for each in pilot.providers if service in each.services]
    for kind, given, known in (
        ("service", service, services),
        ("provider", provider, ["", *providers]),
        ("route", route, ROUTES),
    ):
        if given not in known:
            raise NotOffered(
                what=f"There is no {kind} {given!r} for this", record=service, expected=" or ".join(filter(None, known)),
                mend=f"give a {kind} of the pilot file" if kind != "route" else "give one of these",
            )  # fmt: skip
    if not pilot.service(service).by_referral:
        raise NotOffered(
            what=f"Nobody is referred to {pilot.service(service).name}", record=service,
            expected="a service to which people come by referral", mend="record what is done for the person in its own place",
        )  # fmt: skip
    if days_ordered is not None and route != REQUIREMENT:
        raise NotOffered(
            what="Days ordered go with an activity requirement", record=service, expected="route activity_requirement",
            mend="leave the days out, or correct the route",
        )  # fmt: skip


def acknowledge(*, by: str, referral: Referral, on: date, note: str = "") -> ReferralEvent:
    """The provider says that it has arrived."""
    return _move(by, referral, "acknowledged", on, note=note)


def accept(*, by: str, referral: Referral, on: date, note: str = "") -> ReferralEvent:
    """The provider takes the person on."""
    return _move(by, referral, "accepted", on, note=note)


def decline(*, by: str, referral: Referral, on: date, reason: str, note: str = "") -> ReferralEvent:
    """The provider does not take the person on, for a reason of the list "declined"."""
    return _move(by, referral, "declined", on, reason=reason, note=note)


def start(*, by: str, referral: Referral, on: date, note: str = "") -> ReferralEvent:
    """The work with the person begins."""
    return _move(by, referral, "started", on, note=note)


def hold(*, by: str, referral: Referral, on: date, reason: str, note: str = "") -> ReferralEvent:
    """Stops for a time, for a reason of the list "held"."""
    return _move(by, referral, "on_hold", on, reason=reason, note=note)


def resume(*, by: str, referral: Referral, on: date, note: str = "") -> ReferralEvent:
    """Goes on after a hold, in the state in which it was held. Refused where it is not on hold."""
    states = ["sent", *(event.state for event in history(referral.pk))]
    return _move(by, referral, states[-2] if states[-1] == "on_hold" else states[-1], on, note=note)


def complete(*, by: str, referral: Referral, on: date, note: str = "") -> ReferralEvent:
    """The provider ends it as completed."""
    return _move(by, referral, "completed", on, note=note)


def end_early(*, by: str, referral: Referral, on: date, reason: str, note: str = "") -> ReferralEvent:
    """Ends before it was completed, for a reason of the list "ended_early"."""
    return _move(by, referral, "ended_early", on, reason=reason, note=note)


def withdraw(*, by: str, referral: Referral, on: date, reason: str, note: str = "") -> ReferralEvent:
    """Taken back by who sent it, for a reason of the list "withdrawn"; it stays counted as made."""
    return _move(by, referral, "withdrawn", on, reason=reason, note=note)


def mark_made_in_error(*, by: str, referral: Referral, on: date, reason: str, note: str = "") -> ReferralEvent:
    """It should never have been sent, for a reason of the list "in_error"; it is not counted any more."""
    return _move(by, referral, "made_in_error", on, reason=reason, note=note)


def reopen(*, by: str, referral: Referral, on: date, reason: str, note: str = "") -> ReferralEvent:
    """Opens a closed referral again where the table lists a reopening. Refused where another is open by now."""
    with recording(by=by, verb="referrals.reopen"):
        _locked(referral)
        state = _state(history(referral.pk))
        ways = [each.to for each in TABLE[state].moves if each.reopens]
        other = open_with(referral.person_id, referral.service)
        if ways and other:
            raise AlreadyReferred(
                what="The person has been referred to the service again since", record=f"referral {referral.pk}",
                expected="no open referral to the same service", mend=f"go on with referral {other.pk}",
            )  # fmt: skip
        return _move(by, referral, ways[0] if ways else "sent", on, reason=reason, note=note, reopens=True)


def correct(*, by: str, event: ReferralEvent, on: date | None, reason: str = "", note: str) -> ReferralEvent:
    """Replaces something recorded wrongly: another day (None: it did not happen), another reason. The old one is kept.

    Refused: what has been replaced already, and a correction after which the history is not a path of the table.
    """
    with recording(by=by, verb="referrals.correct") as entry:
        referral = _locked(event.referral)
        live = history(referral.pk)
        if event.pk not in [each.pk for each in live]:
            raise OutOfOrder(
                what="This has been corrected already", record=f"referral {referral.pk}, {event.state}",
                expected="what is recorded now", mend="correct the latest record of it",
            )  # fmt: skip
        new = ReferralEvent(
            referral=referral, state=event.state, on=on, place=event.place, by=by, recorded_at=datetime.now(UTC),
            reason=reason or event.reason, note=note,
        )  # fmt: skip
        before = {each.pk: each.state for each in live if each.pk != event.pk}
        days = [(each.on, each.place, each.state) for each in live if each.pk in before]
        after = sorted([*days, *([(on, new.place, new.state)] if on else [])])
        fault = first_fault(state for _, _, state in after)
        if fault or (after and after[0][0] < referral.sent_on):
            raise OutOfOrder(
                what=f"With this correction {fault[1]} would follow {fault[0]}" if fault else "That is before it was sent",
                record=f"referral {referral.pk}, {event.state} on {event.on}", expected=f"a history that {_ALLOWS}",
                mend="correct the later events first, or give another day",
            )  # fmt: skip
        new.save()
        ReferralEvent.objects.filter(pk=event.pk).update(replaced_by=new)
        keep_standing([referral.pk])
        entry.about(new, person_id=referral.person_id)
        entry.details = {"referral": referral.pk, "state": event.state, "replaces": event.pk}
    return new


_ALLOWS = "the transition table allows, from the day it was sent"


def _move(
    by: str, referral: Referral, to: str, on: date, *, reason: str = "", note: str = "", reopens: bool = False
) -> ReferralEvent:
    """Checks one move and records it. Only `reopen` may take the ways out of a closed state."""
    with recording(by=by, verb=f"referrals.{to}") as entry:
        _locked(referral)
        events = history(referral.pk)
        state = _state(events)
        found = move(state, to)
        if found is None or found.reopens != reopens or first_fault([*(event.state for event in events), to]) is not None:
            raise NotAllowedHere(
                what=f"The referral is {state} and cannot become {to} this way",
                record=f"referral {referral.pk} to {referral.service}", expected=_allowed(state),
                mend="do one of these, or make a new referral",
            )  # fmt: skip
        _check_reason(referral, found, reason, note)
        last = events[-1].on if events else referral.sent_on
        if on < last:
            raise OutOfOrder(
                what=f"{on} is before the referral was {state}", record=f"referral {referral.pk}, {state} on {last}",
                expected=f"{last} or later", mend="give the right day, or correct the earlier one first",
            )  # fmt: skip
        place = max([PLACES[to], *(event.place + 1 for event in events if event.on == on)])
        event = ReferralEvent(
            referral=referral, state=to, on=on, place=place, recorded_at=datetime.now(UTC), by=by, reason=reason, note=note
        )
        event.save()
        keep_standing([referral.pk])
        announce(_event(referral, to, on))
        entry.about(event, person_id=referral.person_id)
        entry.details = {"referral": referral.pk, "from": state, "to": to, "reason": reason}
    return event


def keep_standing(referrals: Iterable[int]) -> None:
    """Keeps beside each of these referrals how it stands by what is on record now, and since when it is over."""
    live = ReferralEvent.objects.filter(referral=OuterRef("pk"), replaced_by=None).exclude(on=None)
    live = live.order_by("-on", "-place", "-pk")
    last = {field: Subquery(live.values(field)[:1]) for field in ("state", "on", "reason")}
    over = Case(When(last_state__in=CLOSED, then=F("last_on")), default=None)
    for part in parts_of(referrals):
        told = Referral.objects.filter(pk__in=part)
        told.update(
            last_state=Coalesce(last["state"], Value("")), last_on=last["on"], last_reason=Coalesce(last["reason"], Value(""))
        )
        told.update(over_on=over)


def _event(referral: Referral, state: str, on: date) -> Event:
    """What other strands are told: a referral came into a state."""
    return Event(
        kind=f"referral.{state}", person_id=referral.person_id, subject_type="referrals.referral", subject_id=referral.pk,
        happened_on=on, details={"service": referral.service, "provider": referral.provider},
    )  # fmt: skip


def _locked(referral: Referral) -> Referral:
    """The referral, locked, so that two people cannot move it from the same state."""
    return Referral.objects.select_for_update().get(pk=referral.pk)


def _state(events: list[ReferralEvent]) -> str:
    return events[-1].state if events else "sent"


def _allowed(state: str) -> str:
    """The ways out of a state, in words."""
    ways = [f"{each.to} (by reopening)" if each.reopens else each.to for each in TABLE[state].moves]
    return " or ".join(ways) or "nothing: this state is final"


def _check_reason(referral: Referral, found: Move, reason: str, note: str) -> None:
    codes = LISTS[found.reasons] if found.reasons else {"": ""}
    if reason not in codes or (reason == "other" and not note):
        raise UnknownReason(
            what="Another reason needs a note" if reason == "other" else f"{reason!r} is no reason for {found.to}",
            record=f"referral {referral.pk} to {referral.service}",
            expected="a note" if reason == "other" and reason in codes else " or ".join(filter(None, codes)) or "no reason",
            mend="say in the note what the reason is" if reason == "other" else "give one of these",
        )  # fmt: skip


def record_return(frame: pl.DataFrame) -> None:
    """The loader of the providers' return: the referrals, and an event for each day given.

    A corrected row replaces what that row told before, and never what was entered here: a day that has changed by a new
    event, a day that is gone by one that says it did not happen.
    """
    stores(Referral)(frame)
    _record_days(rows := linked(Referral, frame, by="source", to="referral"))
    keep_standing(rows["referral"].to_list())


def _record_days(rows: pl.DataFrame) -> None:
    """Keeps an event for each day of these rows, which have their referral; points what no longer stands to what does."""
    told = events_of(rows).with_columns(recorded_at=pl.lit(datetime.now(UTC)), by=pl.lit("import"))
    corrected = rows.filter("changed")["referral"].to_list()
    if not corrected:
        insert(ReferralEvent, told)
        return
    same = ["referral", "state", "on"]
    known = _known_of(corrected)
    stands = told.join(known, on=[*same, "reason"], how="semi")
    gone = known.filter(pl.col("source").is_not_null()).join(stands, on=[*same, "reason"], how="anti")
    insert(
        ReferralEvent, told.join(known.filter(pl.col("source").is_null()), on=same, how="anti").join(stands, on=same, how="anti")
    )
    for event, referral, source, state, place in gone.select("event", "referral", "source", "state", "place").iter_rows():
        _replaced(event, referral, source, state, place)


def _known_of(referrals: list[int]) -> pl.DataFrame:
    """What stands for these referrals: event, referral, source, state, on, reason, place."""
    parts = [
        read(
            ReferralEvent.objects.filter(referral__in=part, replaced_by=None).exclude(on=None), event="pk", referral="referral",
            source="source", state="state", on="on", reason="reason", place="place",
        )
        for part in parts_of(referrals)
    ]  # fmt: skip
    return pl.concat(parts)


def _replaced(event: int, referral: int, source: int, state: str, place: int) -> None:
    """Points what no longer stands to the row's newer event of that state, or to one that says it did not happen."""
    newer = ReferralEvent.objects.filter(referral=referral, source=source, state=state, pk__gt=event, replaced_by=None)
    by = newer.exclude(on=None).order_by("pk").last()
    if by is None:
        by = ReferralEvent(
            source_id=source, referral_id=referral, state=state, on=None, place=place, recorded_at=datetime.now(UTC), by="import"
        )
        by.save()
    ReferralEvent.objects.filter(pk=event).update(replaced_by=by)
