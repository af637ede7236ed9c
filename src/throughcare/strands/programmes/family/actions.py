"""Keeping that a family member agreed, what was done with them, and that they agree no more."""

from collections.abc import Mapping
from datetime import date

from throughcare.casework.audit.actions import recording
from throughcare.casework.referrals.models import Referral
from throughcare.casework.referrals.queries import state_of
from throughcare.core.dates import day_in_words
from throughcare.core.errors import UserError
from throughcare.strands.programmes.actions import TAKING_PART
from throughcare.strands.programmes.family import codes
from throughcare.strands.programmes.models import FamilyMember, FamilyWork
from throughcare.strands.programmes.queries import SERVICES


class NoConsent(UserError):
    """Work with somebody who had not agreed on that day, or who has withdrawn it."""


class NotWorkedWith(UserError):
    """A family member of somebody who takes no part in a programme."""


class NotOnTheList(UserError):
    """A relation, a way of agreeing or a kind of work that is no code; or nobody named."""


class TakenBackAlready(UserError):
    """Work taken back a second time."""


def agree(
    *, by: str, referral: Referral, name: str, relation: str, how: str, agreed_on: date, on: date, telephone: str = "",
    manager_too: bool = False,
) -> FamilyMember:  # fmt: skip
    """A family member agreed on a day to the provider's work with them. Kept on a day `on`, of a referral that takes part.

    Refused: a referral that takes no part, a day to come or before the referral was sent, nobody named, a code that is none.
    """
    _takes_part(referral)
    _coded(relation, codes.RELATIONS)
    _coded(how, codes.HOW)
    if not name.strip():
        raise NotOnTheList(what="Nobody is named", record=f"referral {referral.pk}", expected="a first name", mend="enter it")
    if not referral.sent_on <= agreed_on <= on:
        raise NoConsent(
            what=f"Nobody can have agreed on {day_in_words(agreed_on)}", record=f"referral {referral.pk}",
            expected=f"a day from {day_in_words(referral.sent_on)} to today", mend="correct the day",
        )  # fmt: skip
    with recording(by=by, verb="programmes.family_agreed") as entry:
        member = FamilyMember(
            referral=referral, name=name.strip(), relation=relation, how=how, agreed_on=agreed_on, telephone=telephone.strip(),
            manager_too=manager_too, by=by,
        )  # fmt: skip
        member.save()
        entry.about(member, person_id=referral.person_id)
        entry.details = {"relation": relation, "how": how}
    return member


def record_work(*, by: str, member: FamilyMember, kind: str, held_on: date, on: date, line: str = "") -> FamilyWork:
    """What was done with them on a day on which their consent held. Refused otherwise, and for a referral that takes no part."""
    _coded(kind, codes.KINDS)
    with recording(by=by, verb="programmes.family_work") as entry:
        now = _locked(member)
        _takes_part(now.referral)
        if now.withdrawn_on is not None or not now.agreed_on <= held_on <= on:
            withdrew = f"withdrew consent on {day_in_words(now.withdrawn_on)}" if now.withdrawn_on else ""
            told = withdrew or "had not agreed, or the day is to come"
            raise NoConsent(
                what=f"Nothing can be recorded for {day_in_words(held_on)}: the family member {told}", record=f"family {now.pk}",
                expected=f"a day from {day_in_words(now.agreed_on)} to today, while they agree", mend="correct the day",
            )  # fmt: skip
        work = FamilyWork(member=now, on=held_on, kind=kind, line=line.strip(), by=by)
        work.save()
        entry.about(work, person_id=now.referral.person_id)
        entry.details = {"kind": kind}
    return work


def take_back_work(*, by: str, work: FamilyWork) -> None:
    """It was recorded by mistake: it stays, struck through, and counts no more."""
    with recording(by=by, verb="programmes.take_back_family_work") as entry:
        now = FamilyWork.objects.select_for_update(of=("self",)).select_related("member__referral").get(pk=work.pk)
        if now.taken_back:
            raise TakenBackAlready(
                what="It is taken back", record=f"work {now.pk}", expected="one that stands", mend="look again"
            )
        now.taken_back = True
        now.save()
        entry.about(now, person_id=now.member.referral.person_id)


def withdraw(*, by: str, member: FamilyMember, on: date) -> None:
    """They agree no more: nothing is recorded from now on, and name, telephone and what was written of them are taken out.

    That there was work, of what kind and when, stays. It cannot be undone: who agrees again is asked anew.
    """
    with recording(by=by, verb="programmes.family_withdrew") as entry:
        now = _locked(member)
        if now.withdrawn_on is not None:
            raise NoConsent(
                what="Their consent is withdrawn", record=f"family {now.pk}", expected="somebody who agrees", mend="look again"
            )
        now.withdrawn_on, now.withdrawn_by, now.name, now.telephone = on, by, "", ""
        now.save()
        for work in now.work.exclude(line="").order_by("pk"):
            work.line = ""
            work.save()
        entry.about(now, person_id=now.referral.person_id)


def _locked(member: FamilyMember) -> FamilyMember:
    return FamilyMember.objects.select_for_update(of=("self",)).select_related("referral").get(pk=member.pk)


def _takes_part(referral: Referral) -> None:
    state = state_of(referral.pk)
    if referral.service not in SERVICES or state not in TAKING_PART:
        raise NotWorkedWith(
            what=f"The referral is {state.replace('_', ' ')}", record=f"referral {referral.pk}",
            expected="an accepted or started referral to a programme", mend="record the acceptance first",
        )  # fmt: skip


def _coded(code: str, known: Mapping[str, str]) -> None:
    if code not in known:
        raise NotOnTheList(
            what=f"{code!r} is not on the list", record="", expected=f"one of {', '.join(known)}", mend="choose one"
        )
