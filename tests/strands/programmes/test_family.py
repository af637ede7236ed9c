"""Work with families: by consent alone, without a name for who may not know it, and taken out when consent is withdrawn."""

from datetime import date

import pytest

from tests.strands.programmes.test_meetings import DAY, referral
from throughcare.casework.referrals import actions as referrals
from throughcare.casework.referrals.models import Referral
from throughcare.core.errors import UserError
from throughcare.strands.programmes.family import actions
from throughcare.strands.programmes.family.queries import MEMBERS, WORK, may_name, shown, work_rows
from throughcare.strands.programmes.models import FamilyMember, FamilyWork
from throughcare.strands.programmes.record import held_about, timeline
from throughcare.strands.programmes.strand import STRAND

__all__ = ["referral"]
AGREED = date(2016, 10, 3)


@pytest.fixture
def agree(referral):
    def run(**told) -> FamilyMember:
        asked = {"name": "Maud", "relation": "mother", "how": "in_person", "telephone": "07700 900123", "agreed_on": AGREED}
        return actions.agree(by="t", referral=referral, on=DAY, **(asked | told))

    return run


# What is refused of a consent.
@pytest.mark.parametrize("wrong", [
    {"name": " "}, {"relation": "friend"}, {"how": "guessed"},
    {"agreed_on": date(2016, 10, 15)},   # to come
    {"agreed_on": date(2016, 9, 19)},    # before the referral was sent
])  # fmt: skip
def test_a_consent_that_is_none_is_not_kept(agree, wrong):
    with pytest.raises(UserError):
        agree(**wrong)
    assert not FamilyMember.objects.exists()


# The day of the work, and whether the consent of 3 October held on it; today is the 14th.
@pytest.mark.parametrize(("on", "kept"), [(date(2016, 10, 2), False), (AGREED, True), (DAY, True), (date(2016, 10, 15), False)])
def test_work_is_recorded_on_days_on_which_the_consent_held(agree, on, kept):
    member = agree()
    try:
        actions.record_work(by="t", member=member, kind="met", held_on=on, on=DAY)
    except actions.NoConsent:
        assert not kept
    assert FamilyWork.objects.exists() == kept


def test_withdrawn_takes_out_who_it_is_and_what_was_written_and_leaves_that_there_was_work(agree):
    member = agree()
    actions.record_work(by="t", member=member, kind="call", held_on=AGREED, on=DAY, line="Maud is worried about the rent")
    actions.withdraw(by="t", member=member, on=DAY)
    member.refresh_from_db()
    assert (member.name, member.telephone, member.withdrawn_on, member.relation) == ("", "", DAY, "mother")
    assert list(FamilyWork.objects.values_list("kind", "line")) == [("call", "")]
    for again in (
        lambda: actions.withdraw(by="t", member=member, on=DAY),
        lambda: actions.record_work(by="t", member=member, kind="call", held_on=DAY, on=DAY),
    ):
        with pytest.raises(actions.NoConsent):
            again()


def test_work_taken_back_stays_and_is_not_counted(agree):
    work = actions.record_work(by="t", member=agree(), kind="met", held_on=AGREED, on=DAY)
    assert work_rows().height == 1
    actions.take_back_work(by="t", work=work)
    assert work_rows().height == 0 and FamilyWork.objects.count() == 1
    with pytest.raises(actions.TakenBackAlready):
        actions.take_back_work(by="t", work=work)


def test_nobody_is_worked_with_for_somebody_who_takes_no_part(agree, referral):
    member = agree()
    waiting = Referral.objects.get(source__record_id="R2")
    with pytest.raises(actions.NotWorkedWith):
        actions.agree(by="t", referral=waiting, name="M", relation="mother", how="telephone", agreed_on=DAY, on=DAY)
    referrals.withdraw(by="t", referral=referral, on=DAY, reason="moved")
    with pytest.raises(actions.NotWorkedWith):
        actions.record_work(by="t", member=member, kind="met", held_on=DAY, on=DAY)


# Whether they agreed that the manager knows them, and what the provider and the manager read.
@pytest.mark.parametrize(("too", "manager_reads"), [(False, "Mother"), (True, "Maud (mother)")])
def test_the_manager_knows_who_it_is_where_they_agreed_to_that(agree, reader_of, manager, too, manager_reads):
    member, worker = agree(manager_too=too), reader_of("provider_worker", DAY, slug="osmani")
    assert shown(member, named=may_name(worker, member)) == "Maud (mother)"
    assert shown(member, named=may_name(manager, member)) == manager_reads


def test_the_timeline_names_nobody_and_what_is_held_waits_for_a_decision(agree, referral):
    member = agree()
    actions.record_work(by="t", member=member, kind="met", held_on=AGREED, on=DAY, line="At home")
    actions.withdraw(by="t", member=member, on=DAY)
    told = [(entry.words, entry.row) for entry in timeline(referral.person_id) if entry.kind == "family"]
    assert told == [
        ("Family (mother) agreed to be worked with", "referrals"), ("Family (mother): met the family member", "referrals"),
        ("Family (mother) withdrew consent", "referrals"),
    ]  # fmt: skip
    held = held_about(referral.person_id)
    assert [len(held[table]) for table in (MEMBERS, WORK)] == [1, 1]
    assert STRAND.for_decision == {MEMBERS: "third_party", WORK: "third_party"}
