"""Court lists as they came, and what became of matching those on them: tables of the strand, as those of `courts.models`."""

from django.db import models

from throughcare.casework.audit.models import Record
from throughcare.casework.imports.models import Fact, FileLoad
from throughcare.casework.people.models import Person, one_a_source, words

BAIL = ("custody", "bail")
MATCH_KINDS = ("exact", "likely", "possible", "none")
MATCH_ANSWERS = ("same", "not", "not_sure")


class Hearing(Fact):
    """One version of one defendant's entry on a court's list, exactly as it came; `lists.standing` says which one stands.

    `reference` is the list's own of the entry, the same in all its versions and in no other entry; `version` when that version
    was issued. Most defendants are nobody known here: they are on the list only, and forgotten after a while. `bail`: "custody",
    "bail" or "". `withdrawn`: taken off the list. `digest`: of who it says the defendant is (`lists.identity`).
    """

    reference = words(40)
    version = models.DateTimeField()
    court = words()
    sits_on = models.DateField()
    courtroom = words(20)
    at = models.TimeField(null=True)
    forenames = words(100)
    surname = words(100)
    date_of_birth = models.DateField(null=True)
    pnc = words(15)
    cro = words(15)
    crn = words(10)
    bail = words(10)
    offence_code = words(5)
    offence = words(200)
    plea = words(12)
    breach = models.BooleanField(default=False)
    warrant = models.BooleanField(default=False)
    withdrawn = models.BooleanField(default=False)
    received_at = models.DateTimeField()
    digest = words(32)

    class Meta:
        constraints = one_a_source("court_hearing")
        indexes = (
            models.Index(fields=["sits_on", "court"], name="hearings_of_a_day"),
            models.Index(fields=["reference"], name="versions_of_an_entry"),
        )

    class Privacy:
        personal = (
            "reference", "court", "sits_on", "courtroom", "at", "forenames", "surname", "date_of_birth", "pnc", "cro", "crn",
            "bail", "offence_code", "offence", "plea", "breach", "warrant", "withdrawn", "digest",
        )  # fmt: skip
        plain = ("id", "source", "version", "received_at")


class ListReceived(Record):
    """A court's list of a day, or part of one, that came: when and how ("file", "pasted", "typed"), and how many entries.

    `expected`: how many names the list says it has; null where it does not say. `issued_at`: its newest version. `load`: the
    file it came in. A list of nobody, which a person says there is, has no names.
    """

    court = words()
    sits_on = models.DateField()
    received_at = models.DateTimeField()
    how = words(10)
    names = models.IntegerField()
    expected = models.IntegerField(null=True)
    issued_at = models.DateTimeField()
    load = models.ForeignKey(FileLoad, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["load", "court", "sits_on"], name="one_court_list_a_file"),)
        indexes = (models.Index(fields=["sits_on", "court"], name="lists_received_for_a_day"),)

    class Privacy:
        plain = ("id", "court", "sits_on", "received_at", "how", "names", "expected", "issued_at", "load")


class HearingMatch(Record):
    """Somebody known whom an entry may be about, or (kind "none", no person) that nobody was found; and what became of it.

    `digest` is of the identity that was matched: a corrected name is matched anew, and an answer given stays with its own.
    `rank`: 0 is the strongest of the entry. `because`: the evidence in words, a line each. `answer`: "", "same", "not" or
    "not_sure". `listed`: the list entry made of it, where the person is on the list by it.
    """

    reference = words(40)
    court = words()
    sits_on = models.DateField()
    digest = words(32)
    rank = models.IntegerField()
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    kind = words(10)
    weight = models.FloatField(null=True)
    because = models.TextField(default="", blank=True)
    matched_at = models.DateTimeField()
    answer = words(10)
    answered_by = words(100)
    answered_at = models.DateTimeField(null=True)
    listed = models.ForeignKey("courts.ListEntry", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["reference", "digest", "rank"], name="one_hearing_match_a_rank"),)
        indexes = (models.Index(fields=["sits_on", "court"], name="hearing_matches_of_a_day"),)

    class Privacy:
        personal = ("reference", "court", "sits_on", "digest", "kind", "weight", "because", "answer")
        plain = ("id", "rank", "person", "matched_at", "answered_by", "answered_at", "listed")


class UnreadLine(Record):
    """A line of a pasted list that nobody could be read from, kept as it was pasted until it is corrected or set aside."""

    court = words()
    sits_on = models.DateField()
    text = models.TextField()
    why = words(200)
    pasted_at = models.DateTimeField()
    pasted_by = words(100)
    done_at = models.DateTimeField(null=True)

    class Privacy:
        personal = ("text",)
        plain = ("id", "court", "sits_on", "why", "pasted_at", "pasted_by", "done_at")
