"""Columns that several feeds share, and short ways to declare the others."""

import polars as pl

from throughcare.core.contracts import Column


def text(name: str, meaning: str, example: str, *, required: bool = False, longest: int = 60) -> Column:
    return Column(name=name, kind="text", meaning=meaning, example=example, required=required, longest=longest)


def day(name: str, meaning: str, example: str, *, required: bool = False) -> Column:
    """A day that may be to come."""
    return Column(name=name, kind="date", meaning=meaning, example=example, required=required)


def past_day(name: str, meaning: str, example: str, *, required: bool = False) -> Column:
    """A day on which something has happened."""
    return Column(name=name, kind="date", meaning=meaning, example=example, required=required, past=True)


def borough(name: str, meaning: str, *, required: bool = False) -> Column:
    """A borough; those of the pilot in the pilot file's spelling."""
    return Column(name=name, kind="text", meaning=meaning, example="Hackney", required=required, known="boroughs")


def choice(name: str, meaning: str, choices: tuple[str, ...], *, required: bool = False) -> Column:
    """One of the words; the first is the example."""
    return Column(name=name, kind="choice", meaning=meaning, example=choices[0], choices=choices, required=required)


def whole(name: str, meaning: str, example: str, *, maximum: int) -> Column:
    return Column(name=name, kind="integer", meaning=meaning, example=example, minimum=0, maximum=maximum)


def yes_no(name: str, meaning: str) -> Column:
    return Column(name=name, kind="boolean", meaning=meaning, example="no", required=True)


RECORD = text("record_id", "the agency's own number of this record", "N-100234", required=True, longest=80)
CRN = Column(name="crn", kind="crn", meaning="case reference number in Delius", example="X320741")
PNC = Column(name="pnc", kind="pnc", meaning="Police National Computer identifier", example="1979/0163001B")
CRO = Column(name="cro", kind="cro", meaning="Criminal Records Office number", example="SF05/482703J")
PRISON = Column(name="prison_number", kind="prison_number", meaning="prison number", example="A1234BC")
ASN = Column(name="asn", kind="asn", meaning="arrest summons number", example="1101ZD0100000410836V")
OFFENCE = Column(name="offence_code", kind="offence_code", meaning="Home Office offence code", example="02800", required=True)
NAMES = (
    text("forenames", "all forenames", "Tavik Oren", longest=100),
    text("surname", "family name", "Brellan", required=True, longest=100),
    past_day("date_of_birth", "date of birth", "1991-03-14"),
    choice("sex", "sex", ("M", "F")),
    choice("ethnicity", "ethnicity, in the five census groups", ("White", "Asian", "Black", "Mixed", "Other")),
)
START = day("start", "first day", "2015-09-01", required=True)
END = day("end", "the day after the last; empty while it goes on", "2016-09-01")
IN_ORDER = (pl.col("end") < pl.col("start"), "end", "the end is not before the start", "correct one of the two dates")
