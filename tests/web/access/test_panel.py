"""The room, the shared screen and the packs: whoever sits there, nobody reads a word that is not for all of them."""

from collections.abc import Callable

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.access.asking import Answer, ask
from tests.web.access.test_leaks import WORDS
from tests.web.access.world import BEFORE, DAY, ELSEWHERE, World, numbers_of, traces_of
from throughcare.casework.access import actions as access
from throughcare.casework.access.policy import ROLES
from throughcare.casework.panel import actions
from throughcare.casework.panel.models import Decision, Item, Meeting, Seat, Why
from throughcare.casework.panel.room import IN_THE_ROOM, hearing
from throughcare.web.middleware import reader_of

POSTS = sorted(IN_THE_ROOM | {name for name, told in ELSEWHERE.items() if told["role"] in IN_THE_ROOM})
ON_THE_SCREEN = {
    "custody": ("Pentonville",), "supervision": ("Serving a sentence",), "address": ("Lives in",), "rag": (">Rated<",),
    "cohort_membership": ("In the cohort",), "score": ("Risk score",), "identity": ("Inscope",), "contact": ("Ansel",),
    "employment": (">Employment<",), "mental_health_pathway": (">Mental health<",), "referrals": (">Mentoring<",),
    "panel": ("MARKSPOKEN", "MARKDECISION", ">Decision<"),
}  # fmt: skip
"""More words than those of the other pages, by which the screen would tell of a row."""


@pytest.fixture
def running(world: World) -> Meeting:
    """A panel of Hackney that runs today, with everybody on its agenda and every post asked to it; nobody is in the room."""
    by = world.reader("iom_coordinator").by
    meeting = actions.plan(by=by, borough="Hackney", on=DAY)
    why = [Why("changed", row, f"MARKWHY-{row}") for row in ("rag", "custody", "score", "panel")]
    actions.put_on(by=by, meeting=meeting, people=dict.fromkeys(world.people.values(), why))
    for name in POSTS:
        actions.invite(by=by, meeting=meeting, post=world.posts[name])
    actions.start(by=by, meeting=meeting, on=DAY)
    return meeting


def item_of(world: World, meeting: Meeting, who: str) -> Item:
    return Item.objects.select_related("meeting").get(meeting=meeting, person=world.people[who])


def screen(world: World, meeting: Meeting, who: str, method: str = "get", data: dict[str, str] | None = None) -> Answer:
    to = f"/panels/{meeting.pk}/screen/{item_of(world, meeting, who).pk}/"
    return ask(world.reader("iom_coordinator"), to, method, data)


@pytest.fixture
def sit(world: World, running: Meeting) -> Callable[..., None]:
    """sit("charity", ...): these posts are in the room, and nobody else."""

    def sits(*names: str) -> None:
        for seat in Seat.objects.filter(meeting=running).select_related("post", "meeting"):
            if any(world.posts[name].pk == seat.post_id for name in names):
                actions.come(reader=world.reader("iom_coordinator"), seat=seat)
            elif seat.present:
                actions.go(by="test", seat=seat)

    return sits


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.sets(st.sampled_from(POSTS), max_size=6), who=st.sampled_from(["in", "named", "bar", "nobody", "out"]))
def test_whoever_sits_there_the_rows_are_a_subset_of_each_one_s_rights(world, names, who):
    person, reader = world.people[who], world.reader("iom_coordinator")
    rights = {name: world.reader(name).rights(person).view for name in names}
    heard = hearing(reader, reader.rights(person).view, [world.posts[name] for name in sorted(names)], person)
    assert heard.rows <= reader.rights(person).view
    assert all(heard.rows <= theirs for theirs in rights.values())
    assert {post.pk for post in heard.out} == {world.posts[name].pk for name, rows in rights.items() if "contact" not in rows}
    assert not heard.out or not heard.rows


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.sets(st.sampled_from(POSTS), max_size=4))
def test_whoever_sits_there_the_screen_tells_no_word_of_a_row_that_one_of_them_has_not(world, running, sit, names):
    with transaction.atomic():
        actions.decide(by="test", item=item_of(world, running, "in"), text="MARKSPOKEN", rag="", room=[])
        sit(*names)
        told = screen(world, running, "in").text
        readers = [world.reader(name) for name in names] + [world.reader("iom_coordinator")]
        for row in {*WORDS, *ON_THE_SCREEN}:
            if not all(row in reader.rights(world.people["in"]).view for reader in readers):
                found = [word for word in (*WORDS.get(row, ()), *ON_THE_SCREEN.get(row, ())) if word in told]
                assert found == [], (names, row)
        transaction.set_rollback(True)


def test_without_the_charity_more_appears(world, running, sit):
    sit("tasking_officer", "provider_worker")
    shared = screen(world, running, "in").text
    assert "Inscope" in shared and "Mentoring" not in shared and "Risk score" not in shared and "In the cohort" not in shared
    assert 'name="text"' not in shared and 'name="rag"' not in shared and "MARKDECISION" not in shared
    sit("tasking_officer")
    alone = screen(world, running, "in").text
    assert "In the cohort" in alone and "MARKDECISION" in alone and 'name="text"' in alone and 'name="rag"' in alone
    sit()
    assert "Risk score" in screen(world, running, "in").text


def test_somebody_barred_from_the_person_is_asked_to_step_out_and_nothing_more_is_told(world, running, sit):
    charity = [world.accounts["provider_worker"]]
    access.limit(by="test", person=world.people["in"], kind="excluded", accounts=charity, start=BEFORE)
    sit("provider_worker")
    told = screen(world, running, "in").text
    assert "Post provider_worker may not hear about this person: ask them to step out" in told
    assert [word for word in (*traces_of("in"), "MARK") if word in told] == []
    assert "<textarea" not in told
    assert Item.objects.get(meeting=running, person=world.people["in"]).heard == ""


def test_a_post_with_a_second_holder_hears_what_both_may(world, running, sit):
    access.hold(by="test", post=world.posts["provider_worker"], account=world.accounts["camden-iom"], start=DAY, cover=True)
    sit("provider_worker")
    assert "may not hear about this person" in screen(world, running, "in").text  # Camden's co-ordinator is kept from them


def test_what_was_opened_for_a_reason_is_not_for_the_room(world, running, sit):
    person, manager = world.people["in"], world.reader("second-manager")
    access.open_for_reason(reader=manager, person=person, reason="duty")
    assert "identity" in world.reader("second-manager").rights(person).view
    sit("second-manager")
    assert "may not hear about this person" in screen(world, running, "in").text


@pytest.mark.parametrize("who", ["bar", "named", "nobody", "out"])
def test_whom_the_coordinator_may_not_know_is_on_no_screen(world, running, who):
    assert screen(world, running, who).status == 404
    page = ask(world.reader("iom_coordinator"), f"/panels/{running.pk}/").text
    assert [word for word in traces_of(who) if word in page] == []
    assert "Restricted person: ring Post senior_officer 020 7946 0999" in page


def test_what_is_sent_from_a_screen_that_takes_it_no_more_is_kept_out_of_sight(world, running, sit):
    """Somebody came in, in another window, while the co-ordinator typed."""
    sit("provider_worker")
    before = Decision.objects.count()
    screen(world, running, "in", "post", {"do": "decide", "text": "MARKTYPED", "rag": "Red"})
    assert Decision.objects.count() == before
    assert "MARKTYPED" not in screen(world, running, "in").text
    to = f"/panels/{running.pk}/record/{item_of(world, running, 'in').pk}/"
    assert "MARKTYPED" in ask(world.reader("iom_coordinator"), to).text


def test_the_screen_takes_actions_for_those_alone_whose_actions_all_may_read(world, running, sit):
    sit("provider_worker", "tasking_officer")
    told = screen(world, running, "in").text
    assert 'name="owner"' not in told, "the charity reads its own, which the tasking officer may not know of"
    sit("provider_worker")
    told = screen(world, running, "in").text
    assert '<option value="provider-worker"' in told and '<option value="tasking-officer"' not in told
    sent = {"do": "give", "words": "MARKGIVEN", "owner": "tasking-officer", "due_on": "20/12/2016"}
    assert "Choose one of the list" in screen(world, running, "in", "post", sent).text
    screen(world, running, "in", "post", {**sent, "owner": "provider-worker"})
    assert "MARKGIVEN" in screen(world, running, "in").text
    sit("provider_worker", "tasking_officer")
    assert "MARKGIVEN" not in screen(world, running, "in").text


def test_who_heard_of_whom_is_kept(world, running, sit):
    sit("tasking_officer")
    screen(world, running, "in")
    sit("provider_worker")
    screen(world, running, "in")
    assert item_of(world, running, "in").heard == "provider-worker tasking-officer"


SEEN_BY = {"iom_coordinator", "senior_officer", "offender_manager", "prison_coordinator", "police_researcher", "tasking_officer",
           "health_practitioner", "employment_broker"}  # fmt: skip
GIVEN = {
    "provider_worker": {"provider_worker", "provider_admin"},  # a charity's desk: its own agency; referrals, see below
    "health_practitioner": {"health_practitioner", "senior_officer", "offender_manager"},  # that they are in the pathway
    "tasking_officer": SEEN_BY,
}
REFERRALS = {"iom_coordinator", "senior_officer", "offender_manager", "prison_coordinator", "health_practitioner",
             "employment_broker"}  # fmt: skip
"""Who may see the panel of the person, and referrals too: for them an action of the charity tells nothing new."""


@pytest.mark.parametrize("owner", GIVEN)
def test_an_action_is_read_by_its_owner_s_agency_and_by_whom_it_tells_nothing_new(world, running, owner):
    iom = world.reader("iom_coordinator")
    item = item_of(world, running, "in")
    given = actions.give(reader=iom, item=item, text=f"MARKGIVEN-{owner}", owner=world.posts[owner], due_on=DAY)
    actions.decide(by=iom.by, item=item, text="MARKTHEIRS", room=[])
    actions.close(by=iom.by, meeting=running)
    actions.send(by=iom.by, meeting=running)
    expected = GIVEN[owner] | {"iom_coordinator"} | (REFERRALS if owner == "provider_worker" else set())
    for role in ROLES:
        reader = world.reader(role)
        assert (ask(reader, f"/panels/actions/{given.pk}/").status == 200) == (role in expected), role
        page = ask(reader, f"/panels/{running.pk}/record/{item.pk}/")
        assert (f"MARKGIVEN-{owner}" in page.text) == (role in expected and role in SEEN_BY), role
        own = ask(reader, f"/panels/{running.pk}/packs/{world.posts[role].slug}/").text
        assert (f"MARKGIVEN-{owner}" in own) == (role == owner or {role, owner} == {"provider_worker", "provider_admin"}), role
        assert ("MARKTHEIRS" in own) == (role in SEEN_BY), role


def test_what_each_gets_can_be_looked_at_before_it_goes_and_tells_the_coordinator_of_no_pathway(world, running):
    iom, item = world.reader("iom_coordinator"), item_of(world, running, "in")
    actions.decide(by=iom.by, item=item, text="MARKTHEIRS", room=[])
    actions.close(by=iom.by, meeting=running)
    for name, told in (("health_practitioner", False), ("tasking_officer", True), ("provider_worker", False)):
        preview = ask(iom, f"/panels/{running.pk}/packs/{world.posts[name].slug}/").text
        assert ("MARKTHEIRS" in preview) == told, name
        assert "Inscope" in preview if told else "Inscope" not in preview
        mine = ask(world.reader(name), f"/panels/{running.pk}/packs/{world.posts[name].slug}/")
        assert mine.status == 404, "nobody has it before it is sent"
    check = ask(iom, f"/panels/{running.pk}/", "post", {"do": "send"}).text
    assert "Check what each agency gets" in check and "Agenda" not in check
    ask(iom, f"/panels/{running.pk}/", "post", {"do": "send", "send": "yes"})
    assert "MARKTHEIRS" in ask(world.reader("health_practitioner"), f"/panels/{running.pk}/packs/health-practitioner/").text


def test_the_agenda_sent_before_tells_each_what_it_may_see(world):
    iom = world.reader("iom_coordinator")
    meeting = actions.plan(by=iom.by, borough="Hackney", on=DAY)
    why = [Why("changed", row, f"MARKWHY-{row}") for row in ("rag", "custody", "score", "panel")]
    actions.put_on(by=iom.by, meeting=meeting, people=dict.fromkeys(world.people.values(), why))
    for name in ("provider_worker", "tasking_officer", "health_practitioner"):
        actions.invite(by=iom.by, meeting=meeting, post=world.posts[name], bring=f"MARKBRING-{name}")
    actions.send(by=iom.by, meeting=meeting)
    for name, seen in (("provider_worker", {"custody"}), ("tasking_officer", {"rag", "custody", "panel"}),
                       ("health_practitioner", {"custody", "score", "panel"})):  # fmt: skip
        told = ask(world.reader(name), f"/panels/{meeting.pk}/packs/{world.posts[name].slug}/").text
        assert {row for row in ("rag", "custody", "score", "panel") if f"MARKWHY-{row}" in told} == seen, name
        assert "Inscope" in told and f"MARKBRING-{name}" in told
        assert [w for who in ("bar", "named", "nobody", "out") for w in traces_of(who) if w in told] == []
        assert numbers_of("in")["crn"] in told


def test_any_post_asks_for_a_person_of_its_own_and_the_coordinator_alone_reads_why(world, running, sit):
    person = world.people["in"]
    ask(world.reader("provider_worker"), f"/people/{person}/panel/", "post", {"reason": "MARKASKED"})
    iom = world.reader("iom_coordinator")
    assert "MARKASKED" in ask(iom, f"/panels/{running.pk}/").text
    assert "MARKASKED" in ask(iom, "/today/all/").text
    sit("tasking_officer")
    assert "MARKASKED" not in screen(world, running, "in").text
    for role in set(ROLES) - {"iom_coordinator"}:
        assert "MARKASKED" not in ask(world.reader(role), "/today/all/").text, role


def test_another_borough_s_coordinator_has_none_of_it(world, running):
    other = reader_of(world.accounts["camden-iom"])
    for to in ("", f"screen/{item_of(world, running, 'in').pk}/", f"record/{item_of(world, running, 'out').pk}/"):
        for method in ("get", "post"):
            assert ask(other, f"/panels/{running.pk}/{to}", method, {"do": "decide", "text": "x"}).status == 404
