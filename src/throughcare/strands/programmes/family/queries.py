"""Reading work with families: the members of a referral, what was done, all of it of a person."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from throughcare.casework.access.policy import PROVIDER_ROLES
from throughcare.casework.access.reader import Reader
from throughcare.casework.frames import about, read
from throughcare.casework.referrals.models import Referral
from throughcare.core.contracts import TimelineEntry
from throughcare.strands.programmes.family.codes import KINDS, RELATIONS
from throughcare.strands.programmes.models import FamilyMember, FamilyWork


def members_of(referral: int) -> list[FamilyMember]:
    """Those who agree, then those who did, by the day of their consent."""
    found = list(FamilyMember.objects.filter(referral=referral).order_by("agreed_on", "pk"))
    return sorted(found, key=lambda member: member.withdrawn_on is not None)


def with_members(referrals: Collection[Referral]) -> set[int]:
    """Of the referrals, those of which a family member is on record, whether they still agree or not."""
    return set(FamilyMember.objects.filter(referral__in=referrals).values_list("referral_id", flat=True))


def work_of(member: FamilyMember) -> list[FamilyWork]:
    """Newest first."""
    return list(member.work.order_by("-on", "-pk"))


def may_name(reader: Reader, member: FamilyMember) -> bool:
    """Whether the reader may know who it is: the provider's desk, to whom consent was given; others where they agreed to that."""
    return bool(reader.roles & PROVIDER_ROLES) or member.manager_too


def shown(member: FamilyMember, *, named: bool) -> str:
    """How the member is called on a page."""
    relation = RELATIONS[member.relation]
    return f"{member.name} ({relation[0].lower()}{relation[1:]})" if named and member.name else relation


def work_rows() -> pl.DataFrame:
    """person, on, kind: a row a piece of work that stands."""
    found = FamilyWork.objects.filter(taken_back=False).order_by("pk")
    return read(found, person="member__referral__person", on="on", kind="kind")


def timeline(person_id: int) -> Iterator[TimelineEntry]:
    """What was done, by the relation and never the name; consent given and withdrawn."""
    for member in about(FamilyMember, person_id, by="referral__person"):
        who = RELATIONS[member.relation].lower()
        told = {"kind": "family", "row": "referrals", "referral": member.referral_id}
        yield TimelineEntry(on=member.agreed_on, words=f"Family ({who}) agreed to be worked with", **told)
        if member.withdrawn_on:
            words = f"Family ({who}) withdrew consent"
            yield TimelineEntry(on=member.withdrawn_on, words=words, **told)
        for work in member.work.filter(taken_back=False).order_by("pk"):
            words = f"Family ({who}): {KINDS[work.kind].lower()}"
            yield TimelineEntry(on=work.on, words=words, **told)


MEMBERS, WORK = "Family members worked with", "Work with the family"


def held_about(person_id: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Every family member and all work, of a person's referrals. Both tell of somebody else."""
    members = FamilyMember.objects.filter(referral__person=person_id).order_by("pk")
    return {MEMBERS: list(members.values()), WORK: list(FamilyWork.objects.filter(member__in=members).order_by("pk").values())}
