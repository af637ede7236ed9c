"""Open data says what it holds: a reader that knows the W3C's terms alone finds nothing wrong, and finds what is planted."""

import json
from datetime import date

import pytest

from tests.report.publication.csvw import faults
from throughcare.casework.pilot import current_pilot
from throughcare.core.pilot import Period
from throughcare.core.pilot_work import PublicationFigures
from throughcare.report.publication.open_data import metadata

PERIOD = Period(start=date(2016, 2, 6), end=date(2017, 1, 1))
TEXT = (
    "id,group,value,unit,numerator,denominator,suppressed,period_from,audit_entry\n"
    "psr.cases,total|all,225,people,225,,,2016-02-06,7\n"
    'psr.cases,total|18-25,,people,,,"fewer than 5, or would let one be worked out",2016-02-06,7\n'
    "psr.rate,all,38.2,percent,86,225,,2016-02-06,7\n"
)


def described(**given: str) -> str:
    pilot = current_pilot().model_copy(update={"publication": PublicationFigures(**given)})
    return metadata(TEXT, name="figures.csv", pilot=pilot, period=PERIOD, public=True)


def test_nothing_is_wrong_with_it():
    assert faults(TEXT, described(), name="figures.csv") == []


def test_it_says_who_publishes_what_of_when_and_how_it_may_be_used():
    licence = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
    told = json.loads(described(publisher="A city", contact="data.team@example.org", licence=licence))
    assert told["dc:publisher"] == {"schema:name": {"@value": "A city"}}
    assert told["dcat:contactPoint"] == {"schema:email": {"@value": "data.team@example.org"}}
    assert told["dc:license"] == {"@id": licence}
    assert told["dc:temporal"] == "2016-02-06/2016-12-31"
    assert json.loads(described(licence="Ours alone"))["dc:license"] == {"@value": "Ours alone"}
    assert not {"dc:publisher", "dcat:contactPoint", "dc:license"} & set(json.loads(described()))


@pytest.mark.parametrize(("was", "planted", "found"), [
    ("psr.cases,total|all,225,people,225,,", "psr.cases,total|all,many,people,225,,", "line 2: value is many, not of decimal"),
    ("86,225,,2016-02-06", "86,225.5,,2016-02-06", "line 4: denominator is 225.5, not of integer"),
    ("psr.rate,all", ",all", "line 4: id is required"),
    ("psr.rate,all", "psr.cases,total|all", "1 rows have the key of another"),
    ("2016-02-06,7\npsr.rate", "6/2/2016,7\npsr.rate", "line 3: period_from is 6/2/2016, not of date"),
])  # fmt: skip
def test_the_reader_finds_a_fault_of_the_file(was, planted, found):
    assert found in faults(TEXT.replace(was, planted), described(), name="figures.csv")


@pytest.mark.parametrize(("was", "planted", "found"), [
    ('"titles"', '"title"', "title is no term of a column"), ('"tableSchema"', '"schema"', "schema is no term of a table"),
    ("http://www.w3.org/ns/csvw", "http://example.org/", "no context of CSVW"),
    ('"figures.csv"', '"others.csv"', "it describes others.csv"), ('"lineTerminators"', '"ends"', "ends is no term of a dialect"),
])  # fmt: skip
def test_the_reader_finds_a_fault_of_the_description(was, planted, found):
    assert found in faults(TEXT, described().replace(was, planted), name="figures.csv")
