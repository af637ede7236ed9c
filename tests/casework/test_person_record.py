"""One person's record: a timeline in the order of days, and every table in which something is held."""

from tests.casework.conftest import ARRESTS, PEOPLE
from throughcare.casework.frames import reading_once
from throughcare.casework.people.models import Person
from throughcare.casework.people.part import PART
from throughcare.casework.people.record import TABLES

PNC = "1979/0163001B"
ANN = f"P1,{PNC},,Tavi,Brellan,1979-02-28,F,White\n"
CONVICTIONS = "record_id,pnc,convicted_on,committed_on,offence_code,principal,disposal,court\n"
SENTENCES = "record_id,pnc,imposed_on,kind,months,release_planned_on,released_on\n"
PROBATION = "record_id,crn,pnc,cro,prison_number,forenames,surname,date_of_birth,sex,ethnicity\n"
SUPERVISION = "record_id,crn,kind,start,end,office_borough\n"
ADDRESSES = "record_id,crn,postcode,borough,start,end\n"
SPELLS = "record_id,prison_number,prison,kind,start,end\n"
ASSESSMENTS = "record_id,crn,assessed_on,accommodation,employment,finance,relationships,lifestyle,"
ASSESSMENTS += "drugs,alcohol,wellbeing,thinking,attitudes\n"

EXPECTED = [
    ("2014-05-01", "address", "Main address in Hackney"),
    ("2015-03-02", "arrest", "Arrested (offence 02800)"),
    ("2015-04-20", "conviction", "Convicted of offence 02800 at Thames"),
    ("2015-04-20", "prison", "To Bronzefield, serving a sentence"),
    ("2015-04-20", "sentence", "Sentenced: custody of 6 months"),
    ("2015-07-20", "prison", "Left Bronzefield"),
    ("2015-07-20", "supervision", "Managed by NPS (licence)"),
    ("2015-08-03", "assessment", "Assessed; needs: alcohol, drugs"),
    ("2016-01-20", "supervision", "No longer managed by NPS (licence)"),
]


def test_the_timeline_and_what_is_held(load, extract):
    load(
        extract("police-people", PEOPLE + ANN),
        extract("nps-people", PROBATION + f"N1,X320741,{PNC},,A1234BC,Tavi,Brellan,1979-02-28,F,White\n"),
        extract("police-arrests", ARRESTS + f"A1,{PNC},2015-03-02,,02800\n"),
        extract("police-convictions", CONVICTIONS + f"C1,{PNC},2015-04-20,2015-03-01,02800,yes,conviction,Thames\n"),
        extract("police-sentences", SENTENCES + f"S1,{PNC},2015-04-20,custody,6,2015-07-20,2015-07-20\n"),
        extract("prison-spells", SPELLS + "I1,A1234BC,Bronzefield,sentenced,2015-04-20,2015-07-20\n"),
        extract("nps-supervision", SUPERVISION + "V1,X320741,licence,2015-07-20,2016-01-20,Hackney\n"),
        extract("nps-addresses", ADDRESSES + "D1,X320741,E8 1DY,Hackney,2014-05-01,\n"),
        extract("nps-assessments", ASSESSMENTS + "O1,X320741,2015-08-03,no,no,no,no,no,yes,yes,no,no,no\n"),
    )
    person = Person.objects.get()
    assert [(str(entry.on), entry.kind, entry.words) for entry in PART.timeline(person.pk)] == EXPECTED
    held = {table: len(rows) for table, rows in PART.held_about(person.pk).items() if rows}
    assert held == {
        "the person": 1, "what each agency says of who the person is": 2, "identifiers": 3, "main addresses": 1, "arrests": 1,
        "convictions and cautions": 1, "sentences": 1, "time in prison": 1, "supervision": 1, "needs": 2,
    }  # fmt: skip


def test_on_one_page_a_table_is_asked_once_and_an_empty_one_not_at_all(load, extract, django_assert_num_queries):
    load(extract("police-people", PEOPLE + ANN), extract("police-arrests", ARRESTS + f"A1,{PNC},2015-03-02,,02800\n"))
    person = Person.objects.get().pk
    told = PART.timeline(person)
    with reading_once():
        with django_assert_num_queries(2):  # which tables have anything; arrests
            assert PART.timeline(person) == told
        with django_assert_num_queries(0):
            assert PART.timeline(person) == told
        with django_assert_num_queries(1):
            assert PART.timeline(person + 1) == []


def test_nothing_is_held_on_somebody_else(load, extract):
    load(extract("police-people", PEOPLE + ANN), extract("police-arrests", ARRESTS + f"A1,{PNC},2015-03-02,,02800\n"))
    other = Person.objects.get().pk + 1
    assert PART.timeline(other) == []
    assert not any(PART.held_about(other).values())


def test_every_table_of_people_that_points_at_a_person_is_held():
    pointing = {relation.related_model for relation in Person._meta.related_objects}
    ours = {model for model in pointing if model._meta.app_label == "people"}
    assert ours - {Person} == set(TABLES.values())
