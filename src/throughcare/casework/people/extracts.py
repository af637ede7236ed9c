"""The extracts that say who people are and what has happened to them: probation, police, prison; courts and providers by name."""

import polars as pl

from throughcare.casework.imports.actions import stores
from throughcare.casework.people import models as m
from throughcare.casework.people.actions import keep_details, keeps_keys
from throughcare.casework.people.columns import (
    ASN,
    CRN,
    CRO,
    END,
    IN_ORDER,
    NAMES,
    OFFENCE,
    PNC,
    PRISON,
    RECORD,
    START,
    borough,
    choice,
    day,
    past_day,
    text,
    whole,
    yes_no,
)
from throughcare.core.contracts import Column, Feed, Loader, RowRule

POSTCODE = Column(name="postcode", kind="postcode", meaning="postcode of the main address", example="E8 1DY")


def who(agency: str, title: str, columns: tuple[Column, ...], *, order: int) -> Feed:
    """A feed that names people: the agency's record of each, then the person's details anew. `columns`: its identifiers."""
    loads = stores(m.AgencyRecord, fields={"agency": pl.lit(agency)}), keep_details
    identifiers = tuple(c.name for c in columns)
    slug = f"{agency.lower()}-people"
    return Feed(slug=slug, agency=agency, title=title, columns=(RECORD, *columns, *NAMES), identifiers=identifiers,
                names_people=True, loads=loads, order=order)  # fmt: skip


def fact(slug: str, agency: str, title: str, columns: tuple[Column, ...], load: Loader, *rules: RowRule) -> Feed:
    """A feed of facts about people known by the identifier that is its first column."""
    return Feed(slug=slug, agency=agency, title=title, columns=(RECORD, *columns), identifiers=(columns[0].name,),
                loads=(load,), rules=rules, order=20)  # fmt: skip


def _one_a_need(frame: pl.DataFrame) -> pl.DataFrame:
    """A row a need found; an assessment without needs gives none."""
    index = [name for name in frame.columns if name not in m.PATHWAYS]
    return frame.unpivot(on=list(m.PATHWAYS), index=index, variable_name="pathway", value_name="found").filter("found")


ADDRESS = (CRN, POSTCODE, borough("borough", "borough of the main address", required=True), START, END)
SUPERVISION = (
    CRN, choice("kind", "why the person is managed", m.SUPERVISION_KINDS, required=True), START, END,
    borough("office_borough", "borough of the office that supervises"),
)  # fmt: skip
REGISTRATION = (
    CRN, text("kind", "registration, such as MAPPA or risk to staff", "MAPPA", required=True),
    text("level", "level, where there is one", "M2"), START, END,
)  # fmt: skip
ASSESSMENT = (
    CRN, past_day("assessed_on", "day of the assessment", "2015-10-02", required=True),
    *(yes_no(pathway, f"a need on the pathway {pathway}") for pathway in m.PATHWAYS),
)  # fmt: skip


def _probation(agency: str) -> tuple[Feed, ...]:
    """The five feeds of NPS and of CRC, alike but for the agency."""
    slug, managed = agency.lower(), stores(m.Supervision, fields={"agency": pl.lit(agency)})
    needs = stores(m.Need, reshape=_one_a_need, key=("source", "pathway"))
    return (
        who(agency, f"People managed by {agency}", (CRN, PNC, CRO, PRISON), order=10),
        fact(f"{slug}-addresses", agency, f"Main addresses known to {agency}", ADDRESS, stores(m.Address), IN_ORDER),
        fact(f"{slug}-supervision", agency, f"Supervision by {agency}", SUPERVISION, managed, IN_ORDER),
        fact(f"{slug}-registrations", agency, f"Registrations by {agency}", REGISTRATION, stores(m.Registration), IN_ORDER),
        fact(f"{slug}-assessments", agency, f"OASys assessments by {agency}, needs by pathway", ASSESSMENT, needs),
    )


ARREST = (PNC, past_day("arrested_on", "day of the arrest", "2015-03-02", required=True), ASN, OFFENCE)
CHARGE = (PNC, past_day("charged_on", "day of the charge", "2015-03-03", required=True), ASN, OFFENCE)
CONVICTION = (
    PNC, past_day("convicted_on", "day the offence was dealt with", "2015-04-20", required=True),
    past_day("committed_on", "day the offence was committed", "2015-03-01"), OFFENCE,
    yes_no("principal", "the principal offence of that day"),
    choice("disposal", "conviction, or caution (reprimands and final warnings too)", ("conviction", "caution"), required=True),
    text("court", "the court", "Thames"),
)  # fmt: skip
SENTENCE = (
    PNC, past_day("imposed_on", "day of the sentence", "2015-04-20", required=True),
    choice("kind", "kind of sentence", m.SENTENCE_KINDS, required=True),
    whole("months", "length in months", "6", maximum=1200),
    day("release_planned_on", "planned release, where custodial", "2015-07-20"),
    past_day("released_on", "actual release", "2015-07-20"),
)  # fmt: skip
REQUIREMENT = (
    PNC, past_day("imposed_on", "day of the order", "2015-04-20", required=True),
    text("kind", "kind of requirement", "rehabilitation activity", required=True),
    whole("days", "days ordered", "20", maximum=1000),
)  # fmt: skip
COMMITTED_BEFORE = (pl.col("committed_on") > pl.col("convicted_on"), "committed_on",
                    "an offence is committed before it is dealt with", "correct one of the two dates")  # fmt: skip
RELEASED_AFTER = (pl.col("released_on") < pl.col("imposed_on"), "released_on", "release is not before the sentence",
                  "correct one of the two dates")  # fmt: skip
POLICE = (
    who("police", "People on the Police National Computer", (PNC, CRO), order=11),
    fact("police-aliases", "police", "Other names used", (PNC, *NAMES[:2]), keeps_keys(stores(m.Alias))),
    fact("police-arrests", "police", "Arrests", ARREST, stores(m.Arrest)),
    fact("police-charges", "police", "Charges", CHARGE, stores(m.Charge)),
    fact("police-convictions", "police", "Convictions and cautions, an offence a row", CONVICTION, stores(m.Conviction),
         COMMITTED_BEFORE),
    fact("police-sentences", "police", "Sentences", SENTENCE, stores(m.Sentence), RELEASED_AFTER),
    fact("police-requirements", "police", "Requirements of orders", REQUIREMENT, stores(m.Requirement)),
)  # fmt: skip

SPELL = (
    PRISON,
    Column(name="prison", kind="text", meaning="the prison", example="Pentonville", required=True, known="prisons"),
    choice("kind", "on remand or sentenced", ("sentenced", "remand"), required=True), START, END,
)  # fmt: skip
PRISONS = (
    who("prison", "People known to prisons", (PRISON, PNC, CRO), order=12),
    fact("prison-spells", "prison", "Time in prison", SPELL, stores(m.CustodySpell), IN_ORDER),
)

OTHERS = (
    who("courts", "Defendants as the courts name them", (PNC, CRO), order=13),
    who("providers", "People as the providers of services name them", (CRN,), order=13),
)

FEEDS = (*_probation("NPS"), *_probation("CRC"), *POLICE, *PRISONS, *OTHERS)
