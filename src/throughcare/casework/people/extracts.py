"""The extracts that say who people are and what has happened to them: probation, police and prison."""

import polars as pl

from throughcare.casework.imports.actions import stores
from throughcare.casework.people import models as m
from throughcare.casework.people.actions import keep_details
from throughcare.core.contracts import Column, Feed, Loader

RECORD = Column(
    name="record_id", kind="text", meaning="the agency's own number of this record", example="N-100234", required=True
)
CRN = Column(name="crn", kind="crn", meaning="case reference number in Delius", example="X320741")
PNC = Column(name="pnc", kind="pnc", meaning="Police National Computer identifier", example="1979/0163001B")
CRO = Column(name="cro", kind="cro", meaning="Criminal Records Office number", example="SF05/482703J")
PRISON = Column(name="prison_number", kind="prison_number", meaning="prison number", example="A1234BC")
NAMES = (
    Column(name="forenames", kind="text", meaning="all forenames", example="Tavik Oren"),
    Column(name="surname", kind="text", meaning="family name", example="Brellan", required=True),
    Column(name="date_of_birth", kind="date", meaning="date of birth", example="1991-03-14"),
    Column(name="sex", kind="choice", meaning="sex", example="M", choices=("M", "F")),
    Column(
        name="ethnicity",
        kind="choice",
        meaning="ethnicity, in the five census groups",
        example="White",
        choices=("Asian", "Black", "Mixed", "White", "Other"),
    ),
)
START = Column(name="start", kind="date", meaning="first day", example="2015-09-01", required=True)
END = Column(name="end", kind="date", meaning="the day after the last; empty while it goes on", example="2016-09-01")
IN_ORDER = (pl.col("end") < pl.col("start"), "end", "the end is not before the start", "correct one of the two dates")
OFFENCE = Column(
    name="offence_code", kind="offence_code", meaning="Home Office offence code", example="02800", required=True
)
ASN = Column(name="asn", kind="text", meaning="arrest summons number", example="1101ZD0100000410836V")


def said_by(agency: str) -> tuple[Loader, ...]:
    """Loaders of a feed that names people: the agency's record, then each person's details anew."""
    return stores(m.AgencyRecord, fields={"agency": pl.lit(agency)}), keep_details


def _probation(agency: str) -> tuple[Feed, ...]:
    """The five feeds of NPS and of CRC, alike but for the agency."""
    slug, who = agency.lower(), ("crn",)
    supervision = (
        RECORD,
        CRN,
        Column(
            name="kind",
            kind="choice",
            meaning="why the person is managed",
            example="licence",
            required=True,
            choices=m.SUPERVISION_KINDS,
        ),
        START,
        END,
        Column(name="office_borough", kind="text", meaning="borough of the office that supervises", example="Hackney"),
    )
    address = (
        RECORD,
        CRN,
        Column(name="postcode", kind="postcode", meaning="postcode of the main address", example="E8 1DY"),
        Column(name="borough", kind="text", meaning="borough of the main address", example="Hackney", required=True),
        START,
        END,
    )
    registration = (
        RECORD,
        CRN,
        Column(
            name="kind",
            kind="text",
            meaning="registration, such as MAPPA or risk to staff",
            example="MAPPA",
            required=True,
        ),
        Column(name="level", kind="text", meaning="level, where there is one", example="M2"),
        START,
        END,
    )
    assessment = (
        RECORD,
        CRN,
        Column(name="assessed_on", kind="date", meaning="day of the assessment", example="2015-10-02", required=True),
        *(
            Column(name=p, kind="boolean", meaning=f"a need on the pathway {p}", example="no", required=True)
            for p in m.PATHWAYS
        ),
    )
    return (
        Feed(
            slug=f"{slug}-people",
            agency=agency,
            title=f"People managed by {agency}",
            columns=(RECORD, CRN, PNC, CRO, PRISON, *NAMES),
            identifiers=("crn", "pnc", "cro", "prison_number"),
            loads=said_by(agency),
            order=10,
        ),
        Feed(
            slug=f"{slug}-addresses",
            agency=agency,
            title=f"Main addresses known to {agency}",
            columns=address,
            identifiers=who,
            rules=(IN_ORDER,),
            loads=(stores(m.Address),),
            order=20,
        ),
        Feed(
            slug=f"{slug}-supervision",
            agency=agency,
            title=f"Supervision by {agency}",
            columns=supervision,
            identifiers=who,
            rules=(IN_ORDER,),
            loads=(stores(m.Supervision, fields={"agency": pl.lit(agency)}),),
            order=20,
        ),
        Feed(
            slug=f"{slug}-registrations",
            agency=agency,
            title=f"Registrations by {agency}",
            columns=registration,
            identifiers=who,
            rules=(IN_ORDER,),
            loads=(stores(m.Registration),),
            order=20,
        ),
        Feed(
            slug=f"{slug}-assessments",
            agency=agency,
            title=f"OASys assessments by {agency}, needs by pathway",
            columns=assessment,
            identifiers=who,
            loads=(stores(m.Need, reshape=_one_a_need, key=("source", "pathway")),),
            order=20,
        ),
    )


def _one_a_need(frame: pl.DataFrame) -> pl.DataFrame:
    """A row a need found; an assessment without needs gives none."""
    index = [name for name in frame.columns if name not in m.PATHWAYS]
    return frame.unpivot(on=list(m.PATHWAYS), index=index, variable_name="pathway", value_name="found").filter("found")


def _police() -> tuple[Feed, ...]:
    who = ("pnc",)
    day = {"kind": "date", "required": True}
    arrests = (
        RECORD,
        PNC,
        Column(name="arrested_on", meaning="day of the arrest", example="2015-03-02", **day),
        ASN,
        OFFENCE,
    )
    charges = (
        RECORD,
        PNC,
        Column(name="charged_on", meaning="day of the charge", example="2015-03-03", **day),
        ASN,
        OFFENCE,
    )
    convictions = (
        RECORD,
        PNC,
        Column(name="convicted_on", meaning="day the offence was dealt with", example="2015-04-20", **day),
        Column(name="committed_on", kind="date", meaning="day the offence was committed", example="2015-03-01"),
        OFFENCE,
        Column(
            name="principal", kind="boolean", meaning="the principal offence of that day", example="yes", required=True
        ),
        Column(
            name="disposal",
            kind="choice",
            meaning="conviction, or caution (reprimands and final warnings too)",
            example="conviction",
            choices=("conviction", "caution"),
            required=True,
        ),
        Column(name="court", kind="text", meaning="the court", example="Thames"),
    )
    sentences = (
        RECORD,
        PNC,
        Column(name="imposed_on", meaning="day of the sentence", example="2015-04-20", **day),
        Column(
            name="kind",
            kind="choice",
            meaning="kind of sentence",
            example="custody",
            choices=m.SENTENCE_KINDS,
            required=True,
        ),
        Column(name="months", kind="integer", meaning="length in months", example="6", minimum=0, maximum=1200),
        Column(
            name="release_planned_on", kind="date", meaning="planned release, where custodial", example="2015-07-20"
        ),
        Column(name="released_on", kind="date", meaning="actual release", example="2015-07-20"),
    )
    requirements = (
        RECORD,
        PNC,
        Column(name="imposed_on", meaning="day of the order", example="2015-04-20", **day),
        Column(
            name="kind", kind="text", meaning="kind of requirement", example="rehabilitation activity", required=True
        ),
        Column(name="days", kind="integer", meaning="days ordered", example="20", minimum=0, maximum=1000),
    )
    aliases = (RECORD, PNC, *NAMES[:2])
    return (
        Feed(
            slug="police-people",
            agency="police",
            title="People on the Police National Computer",
            columns=(RECORD, PNC, CRO, *NAMES),
            identifiers=("pnc", "cro"),
            loads=said_by("police"),
            order=11,
        ),
        Feed(
            slug="police-aliases",
            agency="police",
            title="Other names used",
            columns=aliases,
            identifiers=who,
            loads=(stores(m.Alias),),
            order=20,
        ),
        Feed(
            slug="police-arrests",
            agency="police",
            title="Arrests",
            columns=arrests,
            identifiers=who,
            loads=(stores(m.Arrest),),
            order=20,
        ),
        Feed(
            slug="police-charges",
            agency="police",
            title="Charges",
            columns=charges,
            identifiers=who,
            loads=(stores(m.Charge),),
            order=20,
        ),
        Feed(
            slug="police-convictions",
            agency="police",
            title="Convictions and cautions, an offence a row",
            columns=convictions,
            identifiers=who,
            loads=(stores(m.Conviction),),
            order=20,
            rules=(
                (
                    pl.col("committed_on") > pl.col("convicted_on"),
                    "committed_on",
                    "an offence is committed before it is dealt with",
                    "correct one of the two dates",
                ),
            ),
        ),
        Feed(
            slug="police-sentences",
            agency="police",
            title="Sentences",
            columns=sentences,
            identifiers=who,
            loads=(stores(m.Sentence),),
            order=20,
            rules=(
                (
                    pl.col("released_on") < pl.col("imposed_on"),
                    "released_on",
                    "release is not before the sentence",
                    "correct one of the two dates",
                ),
            ),
        ),
        Feed(
            slug="police-requirements",
            agency="police",
            title="Requirements of orders",
            columns=requirements,
            identifiers=who,
            loads=(stores(m.Requirement),),
            order=20,
        ),
    )


def _prisons() -> tuple[Feed, ...]:
    spells = (
        RECORD,
        PRISON,
        Column(name="prison", kind="text", meaning="the prison", example="Pentonville", required=True),
        Column(
            name="kind",
            kind="choice",
            meaning="on remand or sentenced",
            example="sentenced",
            choices=("remand", "sentenced"),
            required=True,
        ),
        START,
        END,
    )
    return (
        Feed(
            slug="prison-people",
            agency="prison",
            title="People known to prisons",
            columns=(RECORD, PRISON, PNC, CRO, *NAMES),
            identifiers=("prison_number", "pnc", "cro"),
            loads=said_by("prison"),
            order=12,
        ),
        Feed(
            slug="prison-spells",
            agency="prison",
            title="Time in prison",
            columns=spells,
            identifiers=("prison_number",),
            rules=(IN_ORDER,),
            loads=(stores(m.CustodySpell),),
            order=20,
        ),
    )


FEEDS = (*_probation("NPS"), *_probation("CRC"), *_police(), *_prisons())
