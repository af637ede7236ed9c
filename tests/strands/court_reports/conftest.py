"""A case at Thames on Monday 6 June 2016, a person about whom every kind of fact is on record, and posts that may read of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from throughcare.casework.access import actions as access
from throughcare.casework.access.reader import Reader
from throughcare.casework.cohort.actions import put_forward
from throughcare.strands.courts import actions as courts
from throughcare.strands.courts.models import CourtCase, ReportText
from throughcare.strands.courts.reports import actions
from throughcare.strands.courts.reports.known import Known, known
from throughcare.web.middleware import reader_of

MONDAY = date(2016, 6, 6)
EVERYTHING = {
    "nps-people": "record_id | person | forenames | surname | date_of_birth | sex\n1 | A | Ansel | Brellan | 1992-03-09 | M",
    "nps-addresses": "record_id | person | postcode | borough | start\n1 | A | E8 4QN | Hackney | 2010-01-01",
    "nps-supervision": "record_id | person | kind | start | office_borough\n1 | A | licence | 2016-05-01 | Hackney",
    "nps-registrations": "record_id | person | kind | level | start\n1 | A | MAPPA | 1 | 2016-01-01",
    "police-convictions": """record_id | person | convicted_on | committed_on | offence_code | principal | disposal | court
        1 | A | 2012-02-01 | 2012-01-01 | 03900 | yes | conviction | Thames
        2 | A | 2015-02-02 | 2015-01-01 | 02800 | yes | conviction | Thames
        3 | A | 2015-02-02 | 2015-01-01 | 03900 | no | conviction | Thames
        4 | A | 2016-09-01 | 2016-08-01 | 03900 | yes | conviction | Thames""",
    "police-sentences": """record_id | person | imposed_on | kind | months
        1 | A | 2012-02-01 | community | 12
        2 | A | 2015-02-02 | custody | 24""",
    "provider-referrals": """record_id | person | sent_on | route | service | provider | accepted_on | started_on
        1 | A | 2016-05-20 | licence | mentoring | osmani_trust | 2016-05-22 | 2016-05-23
        2 | A | 2016-05-20 | licence | mental_health | forensic_mental_health | |
        3 | A | 2016-05-20 | licence | employment | blue_sky | |
        4 | A | 2016-05-20 | licence | personalised_budget | london_crc | |""",
    "mental-health-consultations": "record_id | person | held_on | with_whom\n1 | A | 2016-05-24 | offender_manager",
    "mental-health-interventions": "record_id | person | kind | started_on\n1 | A | anger management | 2016-05-26",
    "police-plans": "record_id | person | borough | requested_on\n1 | A | Hackney | 2016-05-28",
}


@pytest.fixture
def reader(db, settings) -> Callable[..., Reader]:
    """reader("court_officer", place="Thames"): somebody of their own who holds such a post, on Monday."""
    settings.DEMONSTRATION = MONDAY
    made: list[Reader] = []

    def of(role: str, *, day: date = MONDAY, **fields: str) -> Reader:
        number = len(made) + 1
        post = access.make_post(by="test", slug=f"post-{number}", title=f"Post {number}", role=role, **fields)
        account = access.make_account(by="test", username=f"{role}-{number}")
        access.hold(by="test", post=post, account=account, start=date(2016, 1, 1))
        made.append(replace(reader_of(account), day=day))
        return made[-1]

    return of


@pytest.fixture
def officer(reader) -> Reader:
    return reader("court_officer", place="Thames")


@pytest.fixture
def case(load, person_id) -> CourtCase:
    """A plea of guilt on the day that the case came to attention; the person is a member, so that services are for them."""
    load(EVERYTHING)
    person = person_id("A")
    put_forward(by="test", person=person, reason="sees him often", on=date(2016, 5, 1))
    found = courts.open_case(by="officer", person_id=person, court="Thames", offence_code="02800", told_on=MONDAY)
    courts.enter_plea(by="officer", case_id=found.pk, plea="guilty", entered_on=MONDAY)
    return found


def rows_of(reader: Reader, case: CourtCase) -> frozenset[str]:
    """What a page gives as `request.rows`."""
    return reader.rights(case.person_id).view


def facts(reader: Reader, case: CourtCase) -> Known:
    return known(case, reader, rows_of(reader, case))


@pytest.fixture
def draft(case, officer) -> ReportText:
    """A standard report, asked for on Monday and begun."""
    courts.request_report(by="officer", case_id=case.pk, kind="standard", author="Thames", requested_on=MONDAY)
    return actions.begin(reader=officer, case=case, known=facts(officer, case))


def finish(reader: Reader, text: ReportText) -> None:
    """Writes something in every section and marks it as done."""
    for section in text.sections.order_by("place"):
        body = section.body or f"Written of {section.slug}."
        actions.keep(reader=reader, section=section.pk, revision=section.revision, body=body, done=True)
