"""Who a row is about, and what is said of them on a day."""

from datetime import date

import polars as pl
import pytest

from tests.casework.conftest import ARRESTS, PEOPLE
from throughcare.casework.audit.models import Entry
from throughcare.casework.people.models import Address, Arrest, Person
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


def test_two_people_shown_to_be_one_keep_all_their_facts_and_the_id_redirects(load, extract):
    load(
        extract("police-people", PEOPLE + "P1,1979/0163001B,,Tavi,Brellan,1979-02-28,F,White\n"),
        extract("police-arrests", ARRESTS + "A1,1979/0163001B,2015-03-02,,02800\n"),
        extract("crc-people", PROBATION + "C1,X320741,,,,Tavi,Brellan,1979-02-28,F,White\n"),
    )
    assert Person.objects.count() == 2
    load(extract("nps-people", PROBATION + "N1,X320741,1979/0163001B,,,Tavi,Brellan,1979-02-28,F,White\n"))
    kept = Person.objects.get(merged_into=None)
    assert Person.objects.exclude(merged_into=None).get().merged_into == kept
    assert (Arrest.objects.get().person, kept.records.count(), kept.identifiers.count()) == (kept, 3, 2)
    assert Entry.objects.filter(verb="people.merge").count() == 1


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
