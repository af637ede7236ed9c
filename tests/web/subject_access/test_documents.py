"""The two documents: a pack with matter withheld and one without read alike; the schedule alone says what was withheld."""

import re
from datetime import date

import pytest

from tests.web.access.world import BEFORE, DAY, NUMBER, PEOPLE, load, near, numbers_of
from throughcare.casework.access import actions as access
from throughcare.casework.audit.actions import recording
from throughcare.casework.events.actions import announce
from throughcare.casework.notes import actions as notes
from throughcare.casework.people.models import Identifier
from throughcare.casework.subject_access import actions
from throughcare.casework.subject_access.documents import STANDARD
from throughcare.casework.subject_access.queries import signed_of
from throughcare.casework.today.actions import done_elsewhere
from throughcare.casework.today.models import Answer
from throughcare.core.contracts import Event
from throughcare.core.pages import Task
from throughcare.design.paper import FORMS, as_page, as_pdf, as_text, shown_again
from throughcare.web.held import held_items

ORDINARY = ("nps-people", "nps-addresses", "nps-supervision", "police-arrests", "police-convictions", "prison-spells")
RESTRICTED = ("police-plans", "police-taskings", "mental-health-consultations", "mental-health-assessments",
              "mental-health-interventions")  # fmt: skip


@pytest.fixture
def twins(desk, monkeypatch, tmp_path):
    """Two people of whom the same is held, but that of the first there is also all that can be restricted."""
    for n, who in ((6, "full"), (7, "bare")):
        monkeypatch.setitem(PEOPLE, who, (f"Twin{who}", f"Twinsen{who}"))
        monkeypatch.setitem(NUMBER, who, n)
    for who, slugs in (("full", (*ORDINARY, *RESTRICTED)), ("bare", ORDINARY)):
        (folder := tmp_path / who).mkdir()
        files = near(who)
        files["nps-people"][0]["date_of_birth"] = "1991-03-09"
        load(folder, {slug: [{"record_id": f"{slug}-{who}-{n}", **row} for n, row in enumerate(files[slug])] for slug in slugs})
    people = {who: Identifier.objects.get(value=numbers_of(who)["crn"]).person_id for who in ("full", "bare")}
    desk.world.people.update(people)
    _restricted(desk, people["full"])
    return people


def _restricted(desk, person: int) -> None:
    """What tells of intelligence, health or others, also where it does so by the way."""
    manager = desk.world.reader("offender_manager")
    notes.write_note(reader=manager, person=person, text="MARKSECRET of somebody else")
    notes.avoid(reader=manager, person=person, other=desk.world.people["in"], why="MARKSECRET", start=BEFORE)
    notes.raise_concern(reader=manager, person=person, kind="other", text="MARKSECRET", to=desk.world.posts["senior_officer"])
    notes.tell_risk(reader=manager, person=person, text="MARKSECRET", start=BEFORE)
    notes.keep_said(reader=manager, person=person, row="plan_exists", text="MARKSECRET")
    access.limit(by="test", person=person, kind="excluded", accounts=[desk.world.accounts["camden-iom"]], start=BEFORE,
                 reason="MARKSECRET")  # fmt: skip
    task = Task(key="policing.plan:1", kind="x", words="MARKSECRET", harm=3, row="plan_exists", act=("x", "/"), person=person)
    done_elsewhere(reader=manager, task=task)
    assert Answer.objects.get(person=person).row == "plan_exists"
    with recording(by="test", verb="test.announce"):
        for kind, details in (("policing.asked", {}), ("referral.sent", {"service": "mental_health"})):
            announce(Event(kind=kind, person_id=person, subject_type="x.y", subject_id=1, happened_on=DAY, details=details))


def pack_of(desk, who: str):
    request = desk.until("signed", who)
    return shown_again(signed_of(request).pack), shown_again(signed_of(request).schedule), request


def alike(text: str, who: str) -> str:
    """The text without the facts of identity and number that two people cannot share."""
    forename, surname = PEOPLE[who]
    for value in (surname, forename, *numbers_of(who).values()):
        text = text.replace(value, "X")
    return re.sub(r"SA-\d+", "SA-N", text)


@pytest.mark.parametrize("form", FORMS)
def test_a_pack_with_restricted_matter_withheld_is_that_of_an_identical_person_without_any(desk, twins, form):
    full, _, _ = pack_of(desk, "full")
    bare, _, _ = pack_of(desk, "bare")
    assert {item.matter for item in held_items(twins["full"])} == {"intelligence", "health", "third_party", ""}
    for written in (as_text, as_page):
        assert alike(written(full, form), "full").encode() == alike(written(bare, form), "bare").encode()
    assert as_pdf(full, form).count(b"/Type") == as_pdf(bare, form).count(b"/Type")


def test_the_pack_says_nothing_of_it_and_the_schedule_all(desk, twins):
    pack, schedule, _ = pack_of(desk, "full")
    text = as_text(pack)
    assert " ".join(STANDARD.split()) in " ".join(text.split())
    assert not re.search(r"MARKSECRET|[Ii]ntelligence|[Tt]asking|[Mm]ental|[Ww]ithh[eo]ld|[Rr]edact|exempt|Twinsenbare", text)
    inside = as_text(schedule)
    assert inside.count("MARKNOTEOFRULING") == len([item for item in held_items(twins["full"]) if item.matter])
    assert "Intelligence development plans" in inside and "MARKSECRET" in inside and "second-officer" in inside


def test_what_is_decided_to_be_given_is_in_the_pack(desk, twins):
    request = desk.until("signed", "full", withhold=False)
    text = as_text(shown_again(signed_of(request).pack))
    assert "MARKSECRET" in text and "Intelligence development plans" in text


def test_a_pack_holds_no_number_by_which_a_gap_would_show(desk, twins):
    pack, _, _ = pack_of(desk, "full")
    names = {name.lower() for block in pack.blocks for name, _ in block.facts}
    assert not {name for name in names if name in ("id", "place", "row", "number") or name.endswith(" id")}


def test_both_documents_stay_as_they_were_signed_off(desk, twins):
    _, _, request = pack_of(desk, "bare")
    before = signed_of(request).pack
    notes.write_note(reader=desk.world.reader("offender_manager"), person=twins["bare"], text="later")
    request = actions.give(reader=desk.officer(), request=request, how="post", on=DAY)
    assert signed_of(request).pack == before


def test_what_is_held_under_an_id_that_redirects_is_in_it(desk, twins):
    from throughcare.casework.people.models import Person

    with recording(by="test", verb="test.merge"):
        other = Person(surname="Before")
        other.save()
        announce(Event(kind="cohort.joined", person_id=other.pk, subject_type="x.y", subject_id=1, happened_on=date(2015, 1, 1),
                       details={"borough": "MARKOLDID"}))  # fmt: skip
        other.merged_into_id = twins["bare"]
        other.save()
    pack, _, _ = pack_of(desk, "bare")
    assert "MARKOLDID" in as_text(pack)
