"""What people decide of who is who: it beats any weight, is kept with its reason, and can be undone."""

from datetime import date

import pytest

from tests.casework.linking.conftest import BRELLAN, owner, people, person, record, redirects
from throughcare.casework.audit.actions import recording
from throughcare.casework.audit.models import Entry
from throughcare.casework.audit.queries import about_person
from throughcare.casework.cohort.actions import put_forward
from throughcare.casework.cohort.models import Membership
from throughcare.casework.linking import errors
from throughcare.casework.linking.actions import join, keep_apart, link, not_sure, part, undo
from throughcare.casework.linking.models import Regrouping
from throughcare.casework.linking.queries import changes, questions, verdicts
from throughcare.casework.notes.models import Avoid
from throughcare.casework.people.models import Arrest, Person, Supervision
from throughcare.casework.people.queries import current, ids_of

ASKED = "nps N1 Tavk Brellan 1990-02-03 M crn=A\npolice P1 Tavik Brellan 1990-02-03 M pnc=A"
STRANGERS = "nps N1 Oren Velska 1971-11-12 M crn=A\npolice P1 Tavik Brellan 1990-02-03 M pnc=A"
FACTS = "arrest A1 pnc=A 2015-03-02\norder S1 crn=A 2015-05-01"
D = date(2016, 6, 1)


def test_not_the_same_person_beats_any_weight_for_ever(world):
    world(f"nps N1 {BRELLAN} crn=A\npolice P1 Tavk Brellan 1990-02-03 M pnc=A")
    keep_apart(by="k.osei", people=(person("N1"), person("P1")), reason="met both of them")
    assert questions() == [], "nobody is asked again"
    world(f"nps N1 {BRELLAN} crn=A pnc=A\npolice P1 {BRELLAN} pnc=A")
    assert people() == [{"N1"}, {"P1"}], "now all agrees, the number too"
    world(f"crc C1 {BRELLAN} crn=A pnc=A")
    assert {"N1", "P1"} not in [{"N1", "P1"} & group for group in people()], "nor through a third record that agrees with both"
    link(by="test", everything=True)
    assert {"N1", "P1"} not in [{"N1", "P1"} & group for group in people()]


def test_the_same_person_beats_any_weight(world):
    world(STRANGERS + "\n" + FACTS)
    older, younger = sorted((person("N1"), person("P1")))
    join(by="k.osei", people=(younger, older), reason="his own words, and a photograph")
    assert (people(), redirects()) == ([{"N1", "P1"}], {younger: older})
    assert {Arrest.objects.get().person_id, Supervision.objects.get().person_id} == {older}
    assert link(by="test", everything=True).parted == 0, "no relink takes it back"
    world("nps N1 Oren Velskatow 1971-11-13 M crn=A")
    assert people() == [{"N1", "P1"}], "nor a correction"


def test_a_join_undone_leaves_everything_as_it_was(world):
    world(STRANGERS + "\n" + FACTS)
    ids = {name: person(name) for name in ("N1", "P1")}
    member = put_forward(by="pilot", person=ids["P1"], reason="known to the panel", on=D)
    decided = join(by="k.osei", people=(ids["N1"], ids["P1"]), reason="his own words")
    assert Membership.objects.get().person_id == min(ids.values()), "what was entered here follows too"
    undo(by="a.tembo", verdict=decided, reason="the photograph is of his brother")
    assert {name: person(name) for name in ids} == ids
    assert redirects() == {}
    assert (Arrest.objects.get().person_id, Supervision.objects.get().person_id) == (ids["P1"], ids["N1"])
    assert (owner("pnc", "A"), owner("crn", "A")) == (ids["P1"], ids["N1"])
    assert Membership.objects.get(pk=member.pk).person_id == ids["P1"]
    assert (Person.objects.get(pk=ids["N1"]).surname, Person.objects.get(pk=ids["P1"]).surname) == ("Velska", "Brellan")
    assert link(by="test", everything=True).merged == 0


def test_a_record_taken_out_by_hand_takes_its_facts_and_what_is_named_with_it(world):
    world(f"nps N1 {BRELLAN} crn=A pnc=A\npolice P1 {BRELLAN} pnc=A\n" + FACTS)
    before = person("N1")
    member = put_forward(by="pilot", person=before, reason="known to the panel", on=D)
    rows = [("cohort.Membership", member.pk)]
    decided = part(by="k.osei", person=before, records=[record("P1")], reason="another man of that name", rows=rows)
    assert people() == [{"N1"}, {"P1"}]
    assert person("N1") == before, "the oldest record keeps the id"
    assert (Arrest.objects.get().person_id, Supervision.objects.get().person_id) == (person("P1"), before)
    assert Membership.objects.get().person_id == person("P1")
    link(by="test", everything=True)
    assert people() == [{"N1"}, {"P1"}]
    gone = person("P1")
    undo(by="a.tembo", verdict=decided, reason="it is the same man after all")
    assert (people(), redirects(), current(gone)) == ([{"N1", "P1"}], {gone: before}, before)
    assert {Arrest.objects.get().person_id, Membership.objects.get().person_id} == {before}


def test_ids_of_people_merged_one_after_the_other_redirect_in_one_step_and_come_back_each_on_its_own(world):
    three_men = "nps N1 Oren Velska 1971-11-12 M crn=A\nnps N2 Tavik Brellan 1990-02-03 M crn=B"
    world(three_men + "\nnps N3 Danel Okwabira 1985-05-05 M crn=C")
    one, two, three = (person(name) for name in ("N1", "N2", "N3"))
    join(by="k.osei", people=(two, three), reason="seen together on no day")
    last = join(by="k.osei", people=(one, two), reason="fingerprints")
    assert redirects() == {two: one, three: one}
    undo(by="k.osei", verdict=last, reason="the prints are of another")
    assert (person("N1"), person("N2"), person("N3")) == (one, two, two)
    assert redirects() == {three: two}, "the third redirects to the second again, who is back"


def test_the_audit_and_the_timeline_follow_the_person(world):
    world(STRANGERS)
    older, younger = sorted((person("N1"), person("P1")))
    put_forward(by="pilot", person=younger, reason="known to the panel", on=D)
    decided = join(by="k.osei", people=(older, younger), reason="his own words")
    verbs = [entry.verb for entry in about_person(*ids_of(older))]
    assert verbs == ["cohort.put_forward", "people.merge"]
    undo(by="a.tembo", verdict=decided, reason="a mistake")
    assert [c.kind for c in changes(older)] == ["merge", "part"]
    assert [(v.answer, v.undone_reason) for v in verdicts(older)] == [("same", "a mistake")]
    entry = Entry.objects.get(verb="people.part")
    assert (entry.subject_id, entry.person_id, entry.actor) == (str(younger), older, "a.tembo")
    assert Regrouping.objects.get(kind="merge").undone == Regrouping.objects.get(kind="part")


def test_who_is_not_sure_leaves_the_question_behind_the_others(world):
    world(ASKED + "\ncrc C2 Danl Okwabira 1985-05-05 M crn=B\npolice P2 Danel Okwabira 1985-05-05 M pnc=B")
    first, second = questions()
    not_sure(by="k.osei", people=(first.one.person, first.other.person), reason="no photograph on file")
    again = questions()
    assert [q.unsure for q in again] == [False, True]
    assert again[0].strongest == second.strongest
    assert people() == [{"C2"}, {"N1"}, {"P1"}, {"P2"}]


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_decision_without_a_reason_is_refused(world, reason):
    world(ASKED)
    for decide in (join, keep_apart, not_sure):
        with pytest.raises(errors.ReasonMissing, match="say why"):
            decide(by="k.osei", people=(person("N1"), person("P1")), reason=reason)
    assert Regrouping.objects.count() == 0


def test_the_contrary_of_a_standing_decision_is_refused_until_that_is_undone(world):
    world(STRANGERS)
    both = (person("N1"), person("P1"))
    decided = keep_apart(by="k.osei", people=both, reason="met both of them")
    with pytest.raises(errors.DecidedOtherwise, match=f"decision {decided.pk}"):
        join(by="a.tembo", people=both, reason="they look alike")
    undo(by="a.tembo", verdict=decided, reason="she met one of them twice")
    with pytest.raises(errors.VerdictUndone):
        undo(by="a.tembo", verdict=decided, reason="again")
    join(by="a.tembo", people=both, reason="they look alike")
    assert people() == [{"N1", "P1"}]


@pytest.mark.parametrize(
    ("records", "why"),
    [([], "none"), (["N1", "P1"], "all of them"), (["C2"], "somebody else's")],
    ids=["none", "all", "another's"],
)
def test_only_some_of_a_persons_records_can_be_taken_out(world, records, why):
    world(f"nps N1 {BRELLAN} crn=A pnc=A\npolice P1 {BRELLAN} pnc=A\ncrc C2 Oren Velska 1971-11-12 M crn=B")
    with pytest.raises(errors.NothingToDecide):
        part(by="k.osei", person=person("N1"), records=[record(r) for r in records], reason=why)


def test_one_person_cannot_be_joined_to_himself(world):
    world(ASKED)
    with pytest.raises(errors.NothingToDecide, match="two different people"):
        join(by="k.osei", people=(person("N1"), person("N1")), reason="why not")


def test_an_id_that_redirects_is_not_decided_about(world):
    world(STRANGERS)
    older, younger = sorted((person("N1"), person("P1")))
    join(by="k.osei", people=(older, younger), reason="his own words")
    with pytest.raises(errors.NothingToDecide, match="may redirect"):
        keep_apart(by="k.osei", people=(older, younger), reason="no")


def test_what_was_taken_out_by_name_is_not_fetched_back_by_the_next_linking(world, load):
    """A membership came with a merge, and then went with another record: the merge still stands, and claims it no more."""
    load(f"nps N1 {BRELLAN} crn=A\npolice P1 {BRELLAN} pnc=A\ncrc C1 {BRELLAN} crn=A")
    younger = max(person("N1"), person("P1"))
    member = put_forward(by="pilot", person=younger, reason="known to the panel", on=D)
    assert link(by="test").merged == 1
    one = person("N1")
    rows = [("cohort.Membership", member.pk)]
    part(by="k.osei", person=one, records=[record("C1")], reason="another man", rows=rows)
    assert Membership.objects.get().person_id == person("C1") != person("P1")
    link(by="test", everything=True)
    assert Membership.objects.get().person_id == person("C1")


def test_a_number_corrected_into_the_record_of_the_agency_that_issues_it_goes_there(world):
    world("nps N1 Oren Velska 1971-11-12 M crn=A pnc=A\npolice P1 Tavik Brellan 1990-02-03 M pnc=B\narrest A1 pnc=A 2015-03-02")
    assert Arrest.objects.get().person_id == person("N1")
    world("police P1 Tavik Brellan 1990-02-03 M pnc=A")
    assert people() == [{"N1"}, {"P1"}]
    assert (owner("pnc", "A"), Arrest.objects.get().person_id) == (person("P1"), person("P1"))


def test_what_names_two_people_comes_back_in_its_own_column(world):
    world(STRANGERS)
    ids = {name: person(name) for name in ("N1", "P1")}
    with recording(by="test", verb="notes.avoid"):
        place = Avoid(person_id=ids["P1"], place="Mare Street", start=D)
        place.save()
        each_other = Avoid(person_id=ids["N1"], other_id=ids["P1"], start=D)
        each_other.save()
    decided = join(by="k.osei", people=(ids["N1"], ids["P1"]), reason="his own words")
    undo(by="a.tembo", verdict=decided, reason="his brother")
    told = Avoid.objects.order_by("pk").values_list("pk", "person", "other")
    assert list(told) == [(place.pk, ids["P1"], None), (each_other.pk, ids["N1"], ids["P1"])]
