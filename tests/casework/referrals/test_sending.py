"""Referring to several services at once: all or none, with what agreement; what is struck out is not seen."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from throughcare.casework.access import actions as access
from throughcare.casework.access.models import Account
from throughcare.casework.access.policy import policy
from throughcare.casework.audit.models import Entry
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals import actions
from throughcare.casework.referrals.errors import AlreadyReferred, Clash, NotAgreed, NotForThem, NotOffered, NotWithheld
from throughcare.casework.referrals.models import AGREEMENTS, STRUCK, Referral, Withheld
from throughcare.casework.referrals.queries import held_about, timeline
from throughcare.casework.referrals.sending import actions as sending
from throughcare.casework.referrals.sending.actions import Sending
from throughcare.rules.pilot_checks import mistakes_in
from throughcare.web.middleware import reader_of

DAY = date(2016, 6, 1)
OSMANI = Sending(service="mentoring", provider="osmani_trust", route="licence", for_provider="Shy at first")
PACT = Sending(service="building_bridges", provider="pact", route="licence")
TIGER = Sending(service="tiger", provider="rise_mutual", route="licence")
RIGHT_TRACK = Sending(service="right_track", provider="rise_mutual", route="licence")
DELIVER = {
    # account: the post's role, place and team
    "worker": ("provider_worker", "osmani_trust", "mentoring"), "admin": ("provider_admin", "osmani_trust", ""),
    "volunteer": ("volunteer", "osmani_trust", ""), "rise": ("provider_worker", "rise_mutual", ""),
    "health": ("health_practitioner", "", ""),
}  # fmt: skip


@pytest.fixture
def person(store) -> int:
    """A man of 22, a member, on licence."""
    store.join("X000001")
    store.supervise("licence", "X000001")
    return store.person("X000001")


@pytest.fixture
def readers(person, settings):
    settings.DEMONSTRATION = DAY
    for name, (role, place, team) in DELIVER.items():
        post = access.make_post(by="test", slug=name, title=name, role=role, place=place, team=team)
        access.hold(by="test", post=post, account=access.make_account(by="test", username=name), start=date(2016, 1, 1))
        if role == "volunteer":
            access.allocate(by="test", person=person, post=post, on=date(2016, 1, 1))
    return lambda name: reader_of(Account.objects.get(username=name))


def send(person, *sendings, agreement="agreed", override="", on=DAY):
    return sending.send(by="manager", person_id=person, sendings=sendings, agreement=agreement, override=override, on=on)


def test_three_services_go_together_with_the_note_and_what_was_agreed(person):
    made = send(person, OSMANI, PACT, TIGER)
    assert [(each.service, each.provider, each.agreement) for each in made] == [
        ("mentoring", "osmani_trust", "agreed"), ("building_bridges", "pact", "agreed"), ("tiger", "rise_mutual", "agreed"),
    ]  # fmt: skip
    assert made[0].for_provider == "Shy at first"
    assert timeline(person)[0].words == "Referred to Mentoring (explained, and the person agrees)"
    assert Entry.objects.get(verb="referrals.send").person_id == person


@pytest.mark.parametrize(
    ("wrong", "cause"),
    [
        (Sending(service="tiger", provider="pact", route="licence"), NotOffered),
        (Sending(service="personalised_budget", provider="london_crc", route="licence"), NotForThem),
        (Sending(service="tiger", provider="rise_mutual", route="licence", withheld={"identity": "x"}), NotWithheld),
        (Sending(service="tiger", provider="rise_mutual", route="licence", withheld={"risks": " "}), NotWithheld),
        (OSMANI, AlreadyReferred),
    ],
)
def test_one_that_is_refused_leaves_none_sent(person, wrong, cause):
    with pytest.raises(cause):
        send(person, OSMANI, PACT, wrong)
    assert not Referral.objects.exists()
    assert not Withheld.objects.exists()


def test_what_would_be_refused_is_told_before_and_nothing_is_written(person):
    before = Entry.objects.order_by("-pk").first().pk
    told = {"agreement": "agreed", "on": DAY, "person_id": person}
    sending.check(sendings=[OSMANI, PACT], **told)
    with pytest.raises(AlreadyReferred):
        sending.check(sendings=[OSMANI, OSMANI], **told)
    assert not Referral.objects.exists()
    assert Entry.objects.order_by("-pk").first().pk == before


@pytest.mark.parametrize("agreement", [*AGREEMENTS, "perhaps"])
@pytest.mark.parametrize("route", ["licence", "activity_requirement"])
def test_without_agreement_goes_only_what_the_order_requires(person, agreement, route):
    asked = Sending(service="mentoring", provider="osmani_trust", route=route)
    if agreement in AGREEMENTS and (agreement == "agreed" or route == "activity_requirement"):
        assert send(person, asked, agreement=agreement)[0].agreement == agreement
    else:
        with pytest.raises(NotAgreed):
            send(person, asked, agreement=agreement)


def test_services_that_clash_go_together_only_with_a_reason_that_the_audit_keeps(person):
    assert current_pilot().clash("tiger", "right_track")
    with pytest.raises(Clash, match="Right Track"):
        send(person, RIGHT_TRACK, TIGER)
    assert not Referral.objects.exists()
    send(person, RIGHT_TRACK, TIGER, override="the groups are on different days this term")
    kept = [e for e in Entry.objects.filter(verb="referrals.refer") if e.details and "different days" in str(e.details)]
    assert len(kept) == 1
    assert "TIGER does not go together with Right Track" in str(kept[0].details)


def test_a_clash_is_with_what_is_open_and_not_with_what_is_over(person):
    (first,) = send(person, RIGHT_TRACK)
    with pytest.raises(Clash):
        send(person, TIGER)
    actions.withdraw(by="manager", referral=first, on=DAY, reason="moved")
    assert send(person, TIGER)


def test_a_clash_with_a_service_that_the_file_does_not_have_is_a_mistake():
    told = {"services": [{"slug": "a", "clashes": ["b"]}]}
    assert [mistake.what for mistake in mistakes_in(told) if "clashes" in mistake.at] == ["clashes names 'b', which is not known"]


def seen(reader, person):
    """The rows of the policy that the reader sees of the person, asked in each of the reader's ways, which agree."""
    rows = reader.rights(person).view
    for row in policy().rows:
        ways = {reader.sees(row, person), person in reader.allowed(row, [person]), row in rows}
        ways.add(reader.people(row).filter(pk=person).exists())
        assert len(ways) == 1, row
    return rows


@pytest.mark.parametrize("row", STRUCK)
@pytest.mark.parametrize("name", ["worker", "admin", "volunteer"])
def test_what_is_struck_out_is_seen_by_nobody_of_that_provider(person, readers, name, row):
    cells = {each for each in policy().rows if policy().cell(each, DELIVER[name][0])}
    send(person, Sending(service="mentoring", provider="osmani_trust", route="licence", withheld={row: "his brother is there"}))
    assert row not in seen(readers(name), person)
    assert "contact" in seen(readers(name), person)
    others = {each for each in STRUCK if each in cells and each != row}
    assert others <= seen(readers(name), person)


def test_it_is_kept_from_that_provider_alone(person, readers):
    send(person, Sending(service="mentoring", provider="osmani_trust", route="licence", withheld={"address": ""}), TIGER)
    assert "address" not in seen(readers("worker"), person)
    assert "address" in seen(readers("rise"), person)


def test_a_health_practitioner_is_kept_from_it_too(person, readers):
    sent = date(2016, 7, 4)
    struck = {"offence_history": ""}
    health = Sending(service="mental_health", provider="forensic_mental_health", route="licence", withheld=struck)
    send(person, health, on=sent)
    reader = replace(readers("health"), day=sent, _asked={})
    assert "offence_history" not in seen(reader, person)
    assert "score" in seen(reader, person)


def test_what_one_referral_tells_is_not_withheld_by_another_to_the_same_provider(person, readers):
    struck = Sending(service="tiger", provider="rise_mutual", route="licence", withheld={"custody": ""})
    send(person, struck)
    assert "custody" not in seen(readers("rise"), person)
    send(person, RIGHT_TRACK, override="one after the other")
    assert "custody" in seen(readers("rise"), person)


def test_it_stays_struck_out_for_a_volunteer_when_the_referral_is_over(person, readers):
    struck = {"risks": "named in it"}
    (made,) = send(person, Sending(service="mentoring", provider="osmani_trust", route="licence", withheld=struck))
    actions.withdraw(by="manager", referral=made, on=DAY, reason="moved")
    assert "risks" not in seen(readers("volunteer"), person)


def test_what_was_struck_out_is_held_about_the_person_and_on_no_timeline(person):
    send(person, Sending(service="mentoring", provider="osmani_trust", route="licence", withheld={"address": "fled from it"}))
    (held,) = held_about(person)["What was struck out of referrals"]
    assert (held["row"], held["reason"], held["by"]) == ("address", "fled from it", "manager")
    assert "fled" not in str(timeline(person))
    assert "address" not in " ".join(entry.words for entry in timeline(person))


CHOICES = st.lists(st.sets(st.sampled_from(STRUCK)), min_size=1, max_size=2)


@given(struck=CHOICES)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_row_is_seen_just_where_one_of_the_referrals_tells_it(person, readers, struck):
    """Of every post of the provider, whatever is struck out of however many referrals to it."""
    with transaction.atomic():
        for each, rows in zip((TIGER, RIGHT_TRACK), struck, strict=False):
            told = Sending(service=each.service, provider=each.provider, route="licence", withheld=dict.fromkeys(rows, "why"))
            send(person, told, override="for the test")
        withheld = set.intersection(*struck)
        view = {row for row in STRUCK if policy().cell(row, "provider_worker")}
        assert seen(readers("rise"), person) & set(STRUCK) == view - withheld
        transaction.set_rollback(True)
