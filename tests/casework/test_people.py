"""Who a row is about, and what is said of them on a day."""

from datetime import date

import polars as pl
import pytest

from tests.casework.conftest import ARRESTS, PEOPLE
from throughcare.casework.audit.models import Entry
from throughcare.casework.imports.models import SourceRow
from throughcare.casework.people.models import Address, AgencyRecord, Identifier, Person
from throughcare.casework.people.queries import borough_on, with_breakdowns

PROBATION = "record_id,crn,pnc,cro,prison_number,forenames,surname,date_of_birth,sex,ethnicity\n"


def test_records_that_share_an_identifier_are_one_person_and_the_best_source_says_who(load, extract):
    load(
        extract("police-people", PEOPLE + "P1,1979/0163001B,,Tav,Brelan,1979-02-28,F,White\n"),
        extract("nps-people", PROBATION + "N1,X320741,1979/0163001B,,A1234BC,Tavi,Brellan,,F,\n"),
    )
    person = Person.objects.get()
    assert (person.forenames, person.surname) == ("Tavi", "Brellan"), "probation is believed before the police"
    assert (str(person.date_of_birth), person.ethnicity) == ("1979-02-28", "White"), (
        "what probation lacks, the police say"
    )
    assert {i.kind: i.value for i in person.identifiers.all()} == {
        "pnc": "1979/0163001B",
        "crn": "X320741",
        "prison_number": "A1234BC",
    }


def test_an_import_makes_nobody_one_a_row_with_numbers_of_two_is_given_to_the_first(load, extract):
    load(
        extract("police-people", PEOPLE + "P1,1979/0163001B,,Tavi,Brellan,1979-02-28,F,White\n"),
        extract("police-arrests", ARRESTS + "A1,1979/0163001B,2015-03-02,,02800\n"),
        extract("crc-people", PROBATION + "C1,X320741,,,,Oren,Velska,1971-11-12,M,White\n"),
    )
    police, probation = (AgencyRecord.objects.get(source__record_id=r).person for r in ("P1", "C1"))
    load(extract("nps-people", PROBATION + "N1,X320741,1979/0163001B,,,Tavi,Brellan,1979-02-28,F,White\n"))
    assert AgencyRecord.objects.get(source__record_id="N1").person == probation, "its agency's own number comes first"
    assert {i.value: i.person for i in Identifier.objects.all()} == {"1979/0163001B": police, "X320741": probation}
    assert not Entry.objects.filter(verb="people.merge").exists()


def test_a_corrected_record_stays_with_its_person_until_it_is_linked(load, extract):
    load(extract("police-people", PEOPLE + "P1,1979/0163001B,,Tavi,Brellan,1979-02-28,F,White\n"))
    before = AgencyRecord.objects.get().person
    load(extract("police-people", PEOPLE + "P1,1981/0000034U,,Tavi,Brellan,1979-02-28,F,White\n"))
    assert AgencyRecord.objects.get().person == before
    numbers = {i.value: i.person for i in Identifier.objects.all()}
    assert numbers == {"1979/0163001B": before, "1981/0000034U": before}


def test_a_record_without_any_number_is_somebody_of_its_own(load, extract):
    load(extract("courts-people", PEOPLE + "D1,,,Tavi,Brellan,1979-02-28,F,\nD2,,,Tavi,Brellan,1979-02-28,F,\n"))
    assert (Person.objects.count(), Identifier.objects.count()) == (2, 0)


def test_every_row_knows_the_number_by_which_it_was_given(load, extract):
    load(
        extract("police-people", PEOPLE + "P1,1979/0163001B,,Tavi,Brellan,1979-02-28,F,White\n"),
        extract("police-arrests", ARRESTS + "A1,1979/0163001B,2015-03-02,,02800\nA2,1981/0000034U,2015-03-02,,02800\n"),
    )
    named = {row.record_id: Identifier.objects.get(pk=row.named_by).value for row in SourceRow.objects.all()}
    assert named == {"P1": "1979/0163001B", "A1": "1979/0163001B", "A2": "1981/0000034U"}


BREAKDOWNS = """
on          | borough        | agency     | age | age_band
2015-01-01  | not known      | not known  | 17  | under 18
2015-06-01  | Hackney        | not known  | 17  | under 18
2015-12-24  | Hackney        | CRC        | 17  | under 18
2015-12-25  | Hackney        | CRC        | 18  | 18-25
2016-03-01  | Camden         | CRC        | 18  | 18-25
2016-12-31  | Camden         | NPS        | 19  | 18-25
2024-12-25  | Camden         | NPS        | 27  | 26-34
2032-12-25  | Camden         | NPS        | 35  | 35 and over
"""


def test_the_standard_breakdowns_are_those_of_the_day(load, extract):
    load(
        extract("nps-people", PROBATION + "N1,X320741,,,,Tavi,Brellan,1997-12-25,M,White\n"),
        extract(
            "nps-addresses",
            "record_id,crn,postcode,borough,start,end\n"
            "D1,X320741,E8 1DY,Hackney,2015-06-01,2016-01-31\nD2,X320741,NW1 8NH,Camden,2016-03-01,\n",
        ),
        extract(
            "crc-supervision",
            "record_id,crn,kind,start,end,office_borough\nS1,X320741,licence,2015-12-01,2016-06-01,Hackney\n",
        ),
        extract(
            "nps-supervision", "record_id,crn,kind,start,end,office_borough\nS2,X320741,community,2016-12-31,,Camden\n"
        ),
    )
    rows = [[cell.strip() for cell in line.split("|")] for line in BREAKDOWNS.strip().splitlines()[1:]]
    frame = pl.DataFrame(
        {"person": [Person.objects.get().pk] * len(rows), "on": [date.fromisoformat(r[0]) for r in rows]}
    )
    told = with_breakdowns(frame).select("borough", "agency", "age", "age_band").rows()
    assert [[a, b, str(c), d] for a, b, c, d in told] == [r[1:] for r in rows]
    assert borough_on(Person.objects.get().pk, date(2016, 2, 15)) == "Hackney", (
        "of no fixed abode: the last address's borough"
    )


@pytest.mark.django_db
def test_an_address_cannot_be_saved_outside_an_action(load, extract):
    load(extract("police-people", PEOPLE + "P1,1979/0163001B,,Tavi,Brellan,1979-02-28,F,White\n"))
    with pytest.raises(RuntimeError, match="call the action"):
        Address(person=Person.objects.get(), borough="Hackney", start=date(2015, 1, 1)).save()
    with pytest.raises(RuntimeError, match="call the action"):
        Person.objects.update(surname="Other")
