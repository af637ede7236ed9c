"""Asking for what is somebody else's by its number, and doing to people what one may only look at."""

import pytest
from django.test import Client

from tests.web.access.asking import ask
from tests.web.access.world import BEFORE, DAY
from throughcare.casework.access import actions as access
from throughcare.casework.access.models import Account, Allocation, Handover, Holding, Limit, Opening, Post
from throughcare.casework.access.policy import PROVIDER_ROLES, ROLES
from throughcare.casework.audit.actions import recording
from throughcare.casework.imports.models import QuarantinedRow
from throughcare.casework.notes.models import Concern, Note, Said
from throughcare.casework.people.models import Person
from throughcare.casework.referrals.models import ReferralEvent
from throughcare.web.middleware import reader_of


def hand_over(world, who="in", to="second_manager") -> Handover:
    """The manager asks another post to take the person."""
    (asked,) = access.ask_handover(
        by="offender_manager", people=[world.people[who]], from_post=world.posts["offender_manager"],
        to_post=world.posts[to.replace("_", "-")], on=DAY, reason="MARKHANDOVER",
    )  # fmt: skip
    return asked


@pytest.mark.parametrize("who", ["pact-worker", "rise-worker", "provider_worker", "provider_admin", "volunteer"])
def test_a_provider_opens_and_moves_its_own_referrals_alone(world, who):
    reader = world.reader(who)
    own = {"rise-worker": "tiger", "provider_worker": "mentoring", "provider_admin": "mentoring"}.get(who)
    for service in ("mentoring", "tiger", "employment", "mental_health", "personalised_budget"):
        to = f"/referrals/{world.ids[f'{service}:in']}/"
        assert ask(reader, to).status == (200 if service == own else 404)
        if service != own:
            for move in ("accepted", "declined", "completed", "on_hold"):
                assert ask(reader, to, "post", {"to": move, "on": "7/12/2016", "reason": "no_capacity"}).status == 404
    assert not ReferralEvent.objects.filter(on=DAY).exists()


@pytest.mark.parametrize("role", ["employment_broker", "health_practitioner"])
def test_a_pathway_moves_no_other_service_s_referrals(world, role):
    to = f"/referrals/{world.ids['mentoring:in']}/"
    assert ask(world.reader(role), to, "post", {"to": "completed", "on": "7/12/2016"}).status == 404


@pytest.mark.parametrize("name", ["camden-manager", "second-manager", "court_officer", "camden-senior", "iom_coordinator"])
def test_nobody_hands_over_somebody_else_s_caseload(world, name):
    person = world.people["in"]
    sent = {"person": person, "to": "second-manager", "reason": "x"}
    assert ask(world.reader(name), "/caseloads/offender-manager/", "post", sent).status == 404
    assert not Handover.objects.exists()


def test_only_those_of_the_caseload_are_handed_over_and_no_barred_one(world):
    senior = world.reader("senior_officer")
    for who in ("out", "bar", "named", "nobody"):
        sent = {"person": [world.people["in"], world.people[who]], "to": "second-manager", "reason": "x"}
        assert ask(senior, "/caseloads/offender-manager/", "post", sent).status == 404
    assert not Handover.objects.exists()


@pytest.mark.parametrize("name", ["offender_manager", "senior_officer", "camden-manager", "court_officer"])
def test_a_handover_is_answered_by_the_post_that_was_asked_alone(world, name):
    asked = hand_over(world)
    for answer in ("accept", "refuse"):
        ask(world.reader(name), "/handovers/", "post", {"handover": asked.pk, "answer": answer, "words": "x"})
    asked.refresh_from_db()
    assert asked.accepted is None
    assert "MARKHANDOVER" not in ask(world.reader(name), "/handovers/").text


def test_a_barred_account_neither_sees_nor_takes_who_is_handed_over_to_it(world):
    asked = hand_over(world, "named")
    reader = world.reader("second-manager")
    page = ask(reader, "/handovers/").text
    assert "Corin" not in page and "MARKHANDOVER" not in page
    ask(reader, "/handovers/", "post", {"handover": asked.pk, "answer": "accept"})
    assert Allocation.objects.filter(person=world.people["named"], post=world.posts["second-manager"]).count() == 0


def test_who_is_asked_to_take_somebody_over_may_look_at_them_and_not_before(world):
    assert not world.reader("second-manager").sees("identity", world.people["in"])
    hand_over(world)
    assert "Inscope" in ask(world.reader("second-manager"), "/handovers/").text
    assert world.reader("second-manager").sees("identity", world.people["in"])


VIEW_ONLY = {
    "/people/{p}/notes/new/": {"text": "x"},
    "/people/{p}/risks/new/": {"text": "x"},
    "/people/{p}/says/": {"row": "risks", "text": "x"},
    "/people/{p}/appointments/new/": {"due_on": "1/12/2016", "held_on": "1/12/2016", "outcome": "ATTC"},
    "/people/{p}/appointments/book/": {"due_on": "8/12/2016"},
    "/people/{p}/limits/": {"do": "limit", "kind": "restricted", "ring": "senior-officer", "reason": "x"},
    "/people/{p}/notes/{note}/take-back/": {}, "/people/{p}/says/{said}/": {"outcome": "x"},
    "/cohort/proposals/{proposal}/": {"answer": "yes", "reason": "x"}, "/people/{p}/rag/": {"rag": "Red", "reason": "x"},
    "/people/{p}/put-forward/": {"reason": "x", "send": "yes"}, "/people/{p}/joined-by-mistake/": {"reason": "x", "send": "yes"},
}  # fmt: skip


def test_nothing_is_sent_about_somebody_whom_one_may_only_look_at_or_who_is_outside_or_barred(world):
    counts = [model.objects.count() for model in (Note, Said, Concern, Limit)]
    for role in ("police_researcher", "health_practitioner", "monitoring_officer", "auditor", "pilot_manager", "tasking_officer"):
        for who in world.people:
            _refused_all(world, role, who)
    for role in ROLES:
        for who in ("out", "bar", "nobody"):
            _refused_all(world, role, who)
    assert counts == [model.objects.count() for model in (Note, Said, Concern, Limit)]


def _refused_all(world, role: str, who: str) -> None:
    reader, ids = world.reader(role), world.ids
    for route, sent in VIEW_ONLY.items():
        to = route.format(p=world.people[who], note=ids[f"note:{who}"], said=ids[f"said:{who}"], proposal=ids[f"proposal:{who}"])
        assert ask(reader, to, "post", sent).status == 404, (role, to)


def test_a_note_is_taken_back_by_who_wrote_it_and_under_its_own_person(world):
    for name, person in (("senior_officer", "in"), ("offender_manager", "named")):
        to = f"/people/{world.people[person]}/notes/{world.ids['note:in']}/take-back/"
        assert ask(world.reader(name), to, "post").status == 404
    assert not Note.objects.filter(taken_back=True).exists()


def test_a_worry_is_read_and_answered_by_whom_it_was_sent_to(world):
    to = f"/worries/{world.ids['concern:in']}/"
    for name in world.accounts:
        seen = ask(world.reader(name), to)
        assert seen.status == (200 if name in ("offender_manager", "senior_officer") else 404), name
    ask(world.reader("offender_manager"), to, "post", {"answer": "x"})
    assert not Concern.objects.exclude(answered_at=None).exists()
    assert ask(world.reader("senior_officer"), f"/worries/{world.ids['concern:bar']}/").status == 404


@pytest.mark.parametrize("given", ["bar", "nobody", "out"])
def test_a_worry_says_nothing_of_somebody_unknown(world, given):
    person = world.people[given]
    for name in ("court_officer", "provider_worker", "volunteer"):
        page = ask(world.reader(name), f"/worried/?person={person}").text
        assert f'value="{person}"' not in page and "their manager" not in page
        assert "their manager" not in ask(world.reader(name), "/worried/", "post", {"person": person}).text


@pytest.mark.parametrize("nonsense", ["²", "-1", "9" * 40, "x", ""])
def test_a_number_that_is_none_is_nobody(world, nonsense):
    assert ask(world.reader("offender_manager"), f"/worried/?person={nonsense}").status == 200
    assert ask(world.reader("auditor"), f"/log/?person={nonsense}").status == 200
    assert ask(world.reader("system_admin"), "/rights/posts/volunteer/", "post", {"do": "end", "holding": nonsense}).status == 404
    assert ask(world.reader("senior_officer"), "/handovers/", "post", {"handover": nonsense, "answer": "accept"}).status == 302


@pytest.mark.parametrize("role", ["provider_admin", "employment_broker"])
def test_a_provider_mends_no_other_provider_s_rows(world, role):
    assert QuarantinedRow.objects.filter(feed="provider-referrals").exists()
    row = world.ids["row:provider-referrals"]
    assert "MARKWRONG" not in ask(world.reader(role), "/imports/quarantine/").text
    assert ask(world.reader(role), f"/imports/quarantine/{row}/").status == 404
    assert ask(world.reader(role), f"/imports/quarantine/{row}/", "post", {"do": "aside", "reason": "x"}).status == 404
    for to in ("/imports/quarantine/", f"/imports/{world.ids['load:provider-referrals']}/"):
        assert f"/imports/quarantine/{row}/" not in ask(world.reader(role), to).text


def test_a_provider_mends_its_own_rows_and_does_not_make_them_another_s(world):
    to = f"/imports/quarantine/{world.ids['row:provider-referrals']}/"
    with recording(by="test", verb="test.post"):
        Post.objects.filter(slug="provider-admin").update(place="rise_mutual")
    admin = world.reader("provider_admin")
    assert "MARKWRONG" in ask(admin, to).text
    for page in ("/imports/quarantine/", f"/imports/{world.ids['load:provider-referrals']}/"):
        assert to in ask(admin, page).text
    assert ask(admin, to, "post", {"cell-provider": "pact"}).status == 404


def test_nobody_gives_a_post_to_oneself(world):
    sent = {"do": "hold", "username": "senior_officer", "cover": "no", "start": "7/12/2016"}
    for username in ("senior_officer", " senior_officer "):
        ask(world.reader("senior_officer"), "/rights/posts/offender-manager/", "post", {**sent, "username": username})
    assert Holding.objects.filter(account=world.accounts["senior_officer"]).count() == 1


@pytest.mark.parametrize("name", ["provider_admin", "camden-senior", "offender_manager", "auditor", "pilot_manager"])
def test_a_post_is_given_by_whose_charge_it_is(world, name):
    sent = {"do": "hold", "username": "pact-worker", "cover": "no", "start": "7/12/2016"}
    for post in ("offender-manager", "court-officer", "system-admin", "pact-worker"):
        assert ask(world.reader(name), f"/rights/posts/{post}/", "post", sent).status == 404
        made = {"username": "fresh", "name": "Fresh", "post": post}
        ask(world.reader(name), "/rights/accounts/new/", "post", made)
        assert ask(world.reader(name), f"/rights/posts/{post}/").status == (200 if name == "auditor" else 404)
    assert not Holding.objects.filter(start=DAY).exists()


def test_a_provider_s_administrator_makes_its_own_posts_alone_and_none_that_takes_other_people_s_work(world):
    admin = world.reader("provider_admin")
    for role in sorted(set(ROLES) - {"provider_worker", "volunteer"}):
        ask(admin, "/rights/posts/new/", "post", {"title": "T", "role": role, "place": "osmani_trust"})
    assert not Post.objects.filter(title="T").exists()
    told = {"title": "T", "role": "volunteer", "place": "pact", "office": "NPS Hackney", "code": "N07A112"}
    ask(admin, "/rights/posts/new/", "post", told)
    made = Post.objects.get(title="T")
    assert (made.place, made.office, made.code) == ("osmani_trust", "", "")


def test_switching_to_a_post_that_one_does_not_hold_does_nothing(world, as_):
    browser = as_("provider_worker")
    browser.post("/account/post/", {"post": "offender-manager"})
    assert browser.get(f"/people/{world.people['in']}/notes/").status_code == 404
    session = browser.session
    session["post"] = "offender-manager"
    session.save()
    assert browser.get(f"/people/{world.people['in']}/notes/").status_code == 404


def test_an_ended_holding_or_a_removed_account_loses_access_at_once(world, as_):
    page = f"/people/{world.people['in']}/"
    browser = as_("offender_manager")
    assert browser.get(page).status_code == 200
    access.let_go(by="test", holding=Holding.objects.get(account=world.accounts["offender_manager"]), on=DAY)
    assert browser.get(page).status_code == 404
    assert browser.get(f"/worries/{world.ids['concern:in']}/").status_code == 404
    other = as_("court_officer")
    assert other.get(page).status_code == 200
    access.remove_account(by="test", account=Account.objects.get(username="court_officer"), on=DAY)
    assert other.get(page).headers["Location"].startswith("/sign-in/")


def test_cover_ends_on_its_day_and_with_the_account(world, settings):
    account, person = Account.objects.get(username="camden-manager"), world.people["in"]
    until = DAY.replace(day=9)
    access.hold(by="test", post=world.posts["offender_manager"], account=account, start=DAY, end=until, cover=True)
    assert reader_of(account).sees("contact", person)
    settings.DEMONSTRATION = DAY.replace(day=8)
    assert reader_of(account).sees("contact", person)
    settings.DEMONSTRATION = until
    assert not reader_of(account).sees("contact", person)
    settings.DEMONSTRATION = DAY
    access.remove_account(by="test", account=account, on=DAY)
    access.restore_account(by="test", account=account)
    assert not reader_of(account).posts, "what was given is given anew"


def test_cover_can_be_ended_before_its_day(world):
    account = world.accounts["camden-manager"]
    cover = access.hold(
        by="test", post=world.posts["offender_manager"], account=account, start=DAY, end=DAY.replace(day=20), cover=True
    )
    ask(world.reader("senior_officer"), "/rights/posts/offender-manager/", "post", {"do": "end", "holding": cover.pk})
    assert not reader_of(account).sees("contact", world.people["in"])


def test_a_provider_s_post_never_adds_to_a_justice_post(world):
    account = world.accounts["camden-manager"]
    for role in sorted(PROVIDER_ROLES):
        access.hold(by="test", post=world.posts[role], account=account, start=BEFORE)
    both = reader_of(account, chosen="camden-manager")
    assert not both.sees("contact", world.people["in"]) and both.sees("contact", world.people["out"])
    assert both.roles == {"offender_manager"}
    provider = reader_of(account, chosen="provider-worker")
    assert provider.sees("contact", world.people["in"]) and not provider.sees("contact", world.people["out"])
    assert not provider.may("notes") and not provider.may_give_a_reason and provider.roles == PROVIDER_ROLES


def test_an_id_that_redirects_is_the_person_it_redirects_to(world):
    """Also for a limit, a form, and a reason: nothing is seen by an old id, and nothing is written on it."""
    with recording(by="test", verb="test.merge"):
        old = Person(forenames="", surname="", merged_into_id=world.people["bar"])
        old.save()
        known = Person(forenames="", surname="", merged_into_id=world.people["in"])
        known.save()
    for name in world.accounts:
        reader = world.reader(name)
        for to in (f"/people/{old.pk}/", f"/people/{old.pk}/court/", f"/people/{old.pk}/why/", f"/people/{old.pk}/limits/"):
            if name in ROLES:
                assert ask(reader, to).status == 404, (name, to)
    manager, senior = world.reader("offender_manager"), world.reader("senior_officer")
    assert ask(manager, f"/people/{known.pk}/").to == f"/people/{world.people['in']}/"
    ask(manager, f"/people/{known.pk}/notes/new/", "post", {"text": "by the old id"})
    assert Note.objects.get(text="by the old id").person_id == world.people["in"]
    limit = {"do": "limit", "kind": "restricted", "accounts": "court_officer", "ring": "senior-officer", "reason": "x"}
    ask(senior, f"/people/{known.pk}/limits/", "post", limit)
    assert not world.reader("offender_manager").sees("contact", world.people["in"])
    ask(senior, f"/people/{old.pk}/why/", "post", {"reason": "duty"})
    assert not Opening.objects.exists()


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "http:evil"])
def test_after_a_reason_one_comes_back_to_the_service_alone(world, to):
    answer = ask(world.reader("court_officer"), f"/people/{world.people['out']}/why/", "post", {"reason": "duty", "next": to})
    assert answer.to == f"/people/{world.people['out']}/"


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_no_other_method_reaches_a_page(world, as_, method):
    """A page asked by PUT would be shown, and not as a view."""
    browser: Client = as_("offender_manager")
    person = world.people["in"]
    for to in (f"/people/{person}/", f"/referrals/{world.ids['mentoring:in']}/", f"/people/{person}/risks/new/"):
        assert getattr(browser, method)(to).status_code == 405
