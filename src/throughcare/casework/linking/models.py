"""What holds people together: the model in use, what each record was linked by, pairs of records, what people said of them."""

from django.db import models

from throughcare.casework.audit.models import Record
from throughcare.casework.people.models import AgencyRecord, words

SAME, APART, NOT_SURE = ANSWERS = ("same", "apart", "not_sure")
MERGE, PART = ("merge", "part")


class LinkageModel(Record):
    """The parameters and frequencies by which pairs are weighed; the last one is in use. Frequencies are a Parquet file."""

    version = words(60)
    parameters = models.TextField()
    frequencies = models.BinaryField()
    people = models.IntegerField()
    records = models.IntegerField()
    made_at = models.DateTimeField()
    made_by = words(100)

    class Privacy:
        personal = ("frequencies",)
        plain = ("id", "version", "parameters", "people", "records", "made_at", "made_by")


class Linked(Record):
    """A record that the linkage has placed, and the digest of what it was placed by: another digest is a changed record."""

    record = models.OneToOneField(AgencyRecord, on_delete=models.PROTECT, primary_key=True, related_name="+")
    digest = words(32)

    class Privacy:
        plain = ("record", "digest")


class Comparison(Record):
    """Two records as they were weighed. `joined`: the strongest tie of a record to its person; else a person is to be asked.

    `levels`: by comparison, the level and what it weighs, in JSON. `held`: it would have joined, and a third record forbade it.
    """

    left = models.ForeignKey(AgencyRecord, on_delete=models.PROTECT, related_name="+")
    right = models.ForeignKey(AgencyRecord, on_delete=models.PROTECT, related_name="+")
    weight = models.FloatField()
    guard = words(30)
    held = models.BooleanField(default=False)
    joined = models.BooleanField()
    levels = models.TextField()
    model = models.ForeignKey(LinkageModel, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["left", "right"], name="a_pair_is_weighed_once"),)
        indexes = (models.Index(fields=["weight"], condition=models.Q(joined=False), name="questions_that_wait"),)

    class Privacy:
        personal = ("weight", "guard", "held", "joined", "levels")
        plain = ("id", "left", "right", "model")


class Verdict(Record):
    """What a person decided of records: the same person, not the same, or not sure, with the reason. Undone, it says nothing.

    Of "not sure": `again_on`, the day on which it is asked again, and the digest of the `evidence` that was looked at; other
    evidence is asked about at once.
    """

    answer = words(10)
    reason = models.TextField()
    again_on = models.DateField(null=True)
    evidence = words(32)
    by = words(100)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by = words(100)
    undone_reason = models.TextField(default="", blank=True)

    class Privacy:
        personal = ("reason", "undone_reason")
        plain = ("id", "answer", "again_on", "evidence", "by", "at", "undone_at", "undone_by")


class VerdictPair(Record):
    """Two records that a verdict is about: each of one side with each of the other."""

    verdict = models.ForeignKey(Verdict, on_delete=models.PROTECT, related_name="pairs")
    left = models.ForeignKey(AgencyRecord, on_delete=models.PROTECT, related_name="+")
    right = models.ForeignKey(AgencyRecord, on_delete=models.PROTECT, related_name="+")

    class Privacy:
        plain = ("id", "verdict", "left", "right")


class Regrouping(Record):
    """Two people became one (`merge`), or one became two (`part`): which records passed, and which facts entered here (JSON).

    `kept` and `other` are numbers of people as they were then, and no foreign keys: what has happened does not follow anybody.
    `verdict`: the decision behind it; none where the linkage did it by itself. `undone`: the change that took it back.
    """

    kind = words(10)
    kept = models.BigIntegerField(db_index=True)
    other = models.BigIntegerField(db_index=True)
    records = models.TextField()
    rows = models.TextField()
    at = models.DateTimeField()
    by = words(100)
    verdict = models.ForeignKey(Verdict, null=True, on_delete=models.PROTECT, related_name="changes")
    undone = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    class Privacy:
        personal = ("kept", "other", "records", "rows")
        plain = ("id", "kind", "at", "by", "verdict", "undone")
