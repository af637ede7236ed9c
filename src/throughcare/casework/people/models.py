"""People and what agencies record of them. Each fact names the source row that it came from.

A person is known by identifiers; `Person` holds what the best source says of name, birth, sex and ethnicity, each
`AgencyRecord` what one agency says. A merged person's id redirects (`merged_into`); it never comes to mean someone else.
"""

from django.db import models

from throughcare.casework.audit.models import Record
from throughcare.casework.imports.models import Fact, SourceRow

SUPERVISION_KINDS = ("custody", "licence", "pss", "community", "suspended")
SENTENCE_KINDS = ("custody", "suspended", "community", "fine", "other")
PATHWAYS = (
    "accommodation",
    "employment",
    "finance",
    "relationships",
    "lifestyle",
    "drugs",
    "alcohol",
    "wellbeing",
    "thinking",
    "attitudes",
)


def words(length: int = 60) -> models.CharField:
    """Text that may be empty; absence is the empty string, as everywhere in the store."""
    return models.CharField(max_length=length, default="", blank=True)


def one_a_source(name: str) -> tuple[models.UniqueConstraint]:
    return (models.UniqueConstraint(fields=["source"], name=f"{name}_one_a_source"),)


class Person(Record):
    """One person, whatever agencies call them. Empty or null is unknown."""

    forenames = words(100)
    surname = words(100)
    date_of_birth = models.DateField(null=True)
    sex = words(1)
    ethnicity = words(20)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")

    class Privacy:
        personal = ("forenames", "surname", "date_of_birth", "ethnicity", "sex")
        plain = ("id", "merged_into")


class Identifier(Record):
    """An identifier in canonical form; it belongs to one person at a time."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="identifiers")
    kind = words(20)
    value = words(30)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["kind", "value"], name="one_person_an_identifier"),)

    class Privacy:
        personal = ("value",)
        plain = ("id", "person", "kind")


class AgencyRecord(Fact):
    """What one agency says of who a person is."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="records")
    agency = words(30)
    forenames = words(100)
    surname = words(100)
    date_of_birth = models.DateField(null=True)
    sex = words(1)
    ethnicity = words(20)
    crn = words(10)
    pnc = words(15)
    cro = words(15)
    prison_number = words(10)

    class Meta:
        constraints = one_a_source("agency_record")

    class Privacy:
        personal = ("forenames", "surname", "date_of_birth", "sex", "ethnicity", "crn", "pnc", "cro", "prison_number")
        plain = ("id", "source", "person", "agency")


class Clue(Record):
    """A row that carries identifiers of two people: whoever wrote it took them for one. The linkage weighs it."""

    source = models.ForeignKey(SourceRow, on_delete=models.PROTECT, related_name="+")
    one = models.ForeignKey(Identifier, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Identifier, on_delete=models.PROTECT, related_name="+")

    class Privacy:
        plain = ("id", "source", "one", "other")


class Alias(Fact):
    """Another name that a person has used."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="aliases")
    forenames = words(100)
    surname = words(100)

    class Meta:
        constraints = one_a_source("alias")

    class Privacy:
        personal = ("forenames", "surname")
        plain = ("id", "source", "person")


class SearchKey(Record):
    """One word of a name, or one day of birth, by which a person is found (`people.keys`); `kind` says whose word it is.

    Worked out from what is held of the person, never typed, and so no fact: it does not pass from one to another, it is
    worked out anew. An id that redirects has none.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    key = words(40)
    kind = words(8)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["key", "person", "kind"], name="one_search_key"),)

    class Privacy:
        personal = ("key",)
        plain = ("id", "person", "kind")


class Spelling(Record):
    """A word that is in somebody's name, by each key under which its misspellings meet it. Words, not people."""

    key = words(40)
    word = words(40)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["key", "word"], name="one_spelling"),)

    class Privacy:
        personal = ("key", "word")
        plain = ("id",)


class Address(Fact):
    """A main address over [start, end); a person of no fixed abode has none for the time being."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="addresses")
    postcode = words(10)
    borough = words(60)
    start = models.DateField()
    end = models.DateField(null=True)

    class Meta:
        constraints = one_a_source("address")
        indexes = (models.Index(fields=["borough", "person"], name="residents_of_a_borough"),)

    class Privacy:
        personal = ("postcode", "borough")
        plain = ("id", "source", "person", "start", "end")


class Arrest(Fact):
    """An arrest event, whatever came of it."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="arrests")
    arrested_on = models.DateField()
    asn = words(25)
    offence_code = words(5)

    class Meta:
        constraints = one_a_source("arrest")
        indexes = (models.Index(fields=["asn"], name="arrest_asn"),)

    class Privacy:
        personal = ("asn", "offence_code", "arrested_on")
        plain = ("id", "source", "person")


class Charge(Fact):
    """An offence charged; it plays no part in eligibility until it is a conviction."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="charges")
    charged_on = models.DateField()
    asn = words(25)
    offence_code = words(5)

    class Meta:
        constraints = one_a_source("charge")
        indexes = (models.Index(fields=["asn"], name="charge_asn"),)

    class Privacy:
        personal = ("asn", "offence_code", "charged_on")
        plain = ("id", "source", "person")


class Conviction(Fact):
    """An offence dealt with: convicted of, or cautioned for. All offences of one day are one sanction."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="convictions")
    convicted_on = models.DateField()
    committed_on = models.DateField(null=True)
    offence_code = words(5)
    principal = models.BooleanField(default=False)
    disposal = words(12)
    court = words(60)

    class Meta:
        constraints = one_a_source("conviction")

    class Privacy:
        personal = ("convicted_on", "committed_on", "offence_code", "principal", "disposal", "court")
        plain = ("id", "source", "person")


class Sentence(Fact):
    """The sentence imposed on a day, with the release it leads to where custodial."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="sentences")
    imposed_on = models.DateField()
    kind = words(12)
    months = models.IntegerField(null=True)
    release_planned_on = models.DateField(null=True)
    released_on = models.DateField(null=True)

    class Meta:
        constraints = one_a_source("sentence")

    class Privacy:
        personal = ("imposed_on", "kind", "months", "release_planned_on", "released_on")
        plain = ("id", "source", "person")


class CustodySpell(Fact):
    """Time in prison, [start, end): on remand or serving a sentence."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="custody")
    prison = words(60)
    kind = words(12)
    start = models.DateField()
    end = models.DateField(null=True)

    class Meta:
        constraints = one_a_source("custody_spell")
        indexes = (models.Index(fields=["prison", "person"], name="people_of_a_prison"),)

    class Privacy:
        personal = ("prison", "kind", "start", "end")
        plain = ("id", "source", "person")


class Supervision(Fact):
    """Management by NPS or CRC over [start, end): in custody serving, on licence, post-sentence supervision, or on an order."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="supervision")
    agency = words(3)
    kind = words(12)
    start = models.DateField()
    end = models.DateField(null=True)
    office_borough = words(60)

    class Meta:
        constraints = one_a_source("supervision")
        indexes = (models.Index(fields=["office_borough", "person"], name="people_of_an_office"),)

    class Privacy:
        personal = ("kind", "start", "end", "office_borough")
        plain = ("id", "source", "person", "agency")


class Registration(Fact):
    """A registration (flag) such as MAPPA or risk to staff, over [start, end)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="registrations")
    kind = words(60)
    level = words(60)
    start = models.DateField()
    end = models.DateField(null=True)

    class Meta:
        constraints = one_a_source("registration")

    class Privacy:
        personal = ("kind", "level", "start", "end")
        plain = ("id", "source", "person")


class Need(Fact):
    """A need on one pathway, found at an assessment."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="needs")
    assessed_on = models.DateField()
    pathway = words(20)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["source", "pathway"], name="one_need_a_pathway"),)

    class Privacy:
        personal = ("assessed_on", "pathway")
        plain = ("id", "source", "person")


class Requirement(Fact):
    """A requirement of an order: its kind and, where ordered in days, how many."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="requirements")
    imposed_on = models.DateField()
    kind = words(60)
    days = models.IntegerField(null=True)

    class Meta:
        constraints = one_a_source("requirement")

    class Privacy:
        personal = ("imposed_on", "kind", "days")
        plain = ("id", "source", "person")
