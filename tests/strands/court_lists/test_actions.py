"""What an answer does, and taking it back; versions that come later; what is forgotten; nobody becomes a person by a list."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.strands.court_lists.conftest import DAY
from throughcare.casework.audit.models import Entry as Audit
from throughcare.casework.imports.models import SourceRow
from throughcare.casework.people.models import Person
from throughcare.strands.courts.lists import actions
from throughcare.strands.courts.lists.actions import AnswerRefused, answer, match_new, undo_answer
from throughcare.strands.courts.lists.forgetting.actions import forget
from throughcare.strands.courts.lists.queries import as_it_stands, counts
from throughcare.strands.courts.models import Hearing, HearingMatch, ListEntry, ListReceived

HEAD = "record_id | reference | version | court | sits_on | forenames | surname | date_of_birth | withdrawn"
EVENING, MORNING = "2016-06-13T17:58:00+01:00", "2016-06-14T07:10:00+01:00"
EXACT = "E/1 | E | {at} | Thames | 2016-06-14 | Tavik Oren | Brellan | 1991-03-14 | no"
POSSIBLE = "P/1 | P | {at} | Thames | 2016-06-14 | James | Bailey | 1994-07-02 | no"
STRANGER = "S/1 | S | {at} | Thames | 2016-06-14 | Wrenna | Underbridge | 1979-09-09 | no"


def a_list(*rows: str, at: str = EVENING, number: int = 1) -> str:
    return "\n".join([HEAD, *(row.format(at=at).replace("/1", f"/{number}") for row in rows)])


def on_the_list() -> set[tuple[int, str, date, date]]:
    return set(ListEntry.objects.values_list("person", "court", "hearing_on", "received_on"))


def match_of(reference: str) -> HearingMatch:
    return HearingMatch.objects.filter(reference=reference).order_by("-pk")[0]


@pytest.fixture
def here(known, listed):
    """The three names on the list: somebody known, somebody who may be, a stranger."""
    listed(a_list(EXACT, POSSIBLE, STRANGER))
    return known


def test_who_is_matched_exactly_is_on_the_list_as_it_was_received(here):
    assert on_the_list() == {(here["Tavik"], "Thames", DAY, date(2016, 6, 13))}
    assert Person.objects.count() == 4  # strangers are nobody here
    told = counts(as_it_stands("Thames", DAY))
    assert (told.names, told.known, told.to_confirm, told.strangers, told.not_looked_for) == (3, 1, 1, 1, 0)


def test_matching_again_writes_nothing(here):
    before = Audit.objects.count(), HearingMatch.objects.count()
    assert match_new(by="test", since=DAY) == 0
    assert (Audit.objects.count(), HearingMatch.objects.count()) == before


ANSWERS = [
    # the answers one after another, "undo" takes back; whether the person is on the list, whether somebody is asked still
    (("same",), True, False), (("not",), False, False), (("not_sure",), False, True), (("not_sure", "same"), True, False),
    (("same", "not"), False, False), (("same", "undo"), False, True), (("not", "undo", "same"), True, False),
]  # fmt: skip


@pytest.mark.parametrize(("answers", "listed_now", "asked"), ANSWERS, ids=lambda v: str(v))
def test_an_answer_and_what_follows(here, answers, listed_now, asked):
    for said in answers:
        number = match_of("P").pk
        undo_answer(by="officer", match=number) if said == "undo" else answer(by="officer", match=number, answer=said)
    assert ((here["Jamie"], "Thames", DAY, date(2016, 6, 13)) in on_the_list()) == listed_now
    (entry,) = [e for e in as_it_stands("Thames", DAY) if e.reference == "P"]
    assert (entry.to_confirm, entry.person) == (asked, here["Jamie"] if listed_now else None)
    kept = Audit.objects.filter(verb__in=("courts.answer_match", "courts.undo_answer"), person_id=here["Jamie"])
    assert kept.count() == len(answers)


def test_an_exact_match_that_is_denied_is_taken_off_and_comes_back_when_that_is_undone(here):
    answer(by="officer", match=match_of("E").pk, answer="not")
    assert on_the_list() == set()
    undo_answer(by="officer", match=match_of("E").pk)
    assert {row[0] for row in on_the_list()} == {here["Tavik"]}


def test_an_answer_stays_when_all_is_matched_again(here):
    answer(by="officer", match=match_of("P").pk, answer="not")
    match_new(by="test", since=DAY, again=True)
    assert [row.answer for row in HearingMatch.objects.filter(reference="P")] == ["not"]


def test_a_corrected_name_is_matched_anew_and_an_answer_to_the_old_one_says_nothing(here, listed):
    number = match_of("P").pk
    answer(by="officer", match=number, answer="same")
    listed(a_list(POSSIBLE.replace("Bailey", "Ostrander"), at=MORNING, number=2))
    assert here["Jamie"] not in {row[0] for row in on_the_list()}
    with pytest.raises(AnswerRefused, match="asked no longer"):
        answer(by="officer", match=number, answer="not")


CHANGES = {
    "taken off": (EXACT.replace("| no", "| yes"), None),
    "another day": (EXACT.replace("2016-06-14", "2016-06-21"), date(2016, 6, 21)),
    "another name": (EXACT.replace("Brellan", "Underbridge"), None), "the same again": (EXACT, DAY),
}  # fmt: skip


@pytest.mark.parametrize("change", list(CHANGES))
def test_a_later_version_moves_the_person_with_it(here, listed, change):
    row, then = CHANGES[change]
    listed(a_list(row, at=MORNING, number=2))
    assert {(row[0], row[2]) for row in on_the_list()} == ({(here["Tavik"], then)} if then else set())
    listed(a_list(EXACT, at="2016-06-14T08:00:00+01:00", number=3))  # put right again
    assert {(row[0], row[2]) for row in on_the_list()} == {(here["Tavik"], DAY)}


def test_an_older_version_that_comes_late_changes_nothing(here, listed):
    listed(a_list(EXACT.replace("| no", "| yes"), at="2016-06-13T12:00:00+01:00", number=2))
    assert {row[0] for row in on_the_list()} == {here["Tavik"]}


def test_an_entry_of_the_other_feed_is_taken_and_is_not_deleted(known, load, listed):
    from throughcare.casework.audit.actions import recording

    source = SourceRow.objects.order_by("pk")[0]
    with recording(by="test", verb="test.list"):
        ListEntry(person_id=known["Tavik"], court="Thames", hearing_on=DAY, received_on=DAY, source=source).save()
    listed(a_list(EXACT))
    assert len(on_the_list()) == 1
    answer(by="officer", match=match_of("E").pk, answer="not")
    assert len(on_the_list()) == 1


@pytest.mark.parametrize("said", ["", "yes", "undo"])
def test_another_word_is_no_answer(here, said):
    with pytest.raises(AnswerRefused, match="no answer"):
        answer(by="officer", match=match_of("P").pk, answer=said)


def test_of_a_stranger_nobody_is_asked(here):
    with pytest.raises(AnswerRefused):
        answer(by="officer", match=match_of("S").pk, answer="same")


def test_strangers_are_forgotten_and_the_figures_stay(here):
    answer(by="officer", match=match_of("P").pk, answer="not")
    lists = ListReceived.objects.values_list("names", flat=True)
    assert forget(by="test", before=DAY) == 0  # of the day itself nothing is forgotten yet
    assert forget(by="test", before=DAY + timedelta(days=1)) == 2
    assert [h.surname for h in Hearing.objects.all()] == ["Brellan"]
    assert not SourceRow.objects.filter(feed="court-hearings", values__contains="Underbridge").exists()
    left = HearingMatch.objects.order_by("pk").values_list("kind", "answer", "because", "person")
    assert list(left[1:]) == [("possible", "not", "", None)]
    assert list(lists) == [3] and forget(by="test", before=DAY + timedelta(days=1)) == 0


def test_a_pasted_list_is_matched_at_once_and_taken_back_whole(known):
    found = actions.paste_list(by="officer", court="Thames", sits_on=DAY, text="BRELLAN, Tavik Oren; 14/03/1991; 10:30\n???")
    assert (len(found.read), len(found.unread)) == (1, 1)
    assert {row[0] for row in on_the_list()} == {known["Tavik"]}
    actions.take_back(by="officer", came=ListReceived.objects.get().pk)
    assert (on_the_list(), Hearing.objects.count(), ListReceived.objects.count()) == (set(), 0, 0)


def test_a_list_pasted_after_its_file_makes_nobody_stand_there_twice(here):
    actions.paste_list(by="officer", court="Thames", sits_on=DAY, text="BRELLAN, Tavik Oren\t2:30pm\nNEWMAN, Odo")
    stand = {e.surname: e for e in as_it_stands("Thames", DAY)}
    assert sorted(stand) == ["BRELLAN", "Bailey", "NEWMAN", "Underbridge"]
    assert (stand["BRELLAN"].reference, stand["BRELLAN"].date_of_birth) == ("E", date(1991, 3, 14))  # what is not told stays


def test_an_old_printout_does_not_overwrite_a_newer_version(here):
    actions.paste_list(by="officer", court="Thames", sits_on=DAY, text="BRELLAN, Tavik Oren; 09:00",
                       issued_at=datetime(2016, 6, 13, 9, tzinfo=UTC))  # fmt: skip
    assert {e.reference: e.at for e in as_it_stands("Thames", DAY)}["E"] is None


def test_an_entry_is_taken_off_and_put_back(here):
    actions.take_off(by="officer", reference="E")
    assert on_the_list() == set()
    actions.put_back(by="officer", reference="E")
    assert {row[0] for row in on_the_list()} == {here["Tavik"]}
