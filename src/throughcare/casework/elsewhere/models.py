"""Facts typed here that another system keeps: each is owed to it until somebody has entered it there."""

from django.db import models

from throughcare.casework.audit.models import Record
from throughcare.casework.people.models import Person, words


class Owed(Record):
    """One fact to be entered in another system, as text to be copied out in one press.

    `kind`: a slug of `core.pilot.FACT_KINDS`. The fact is row `subject_id` of `subject_type`, of the day `on`. `post`: the slug
    of the post whose work it is, "" for nobody's in particular. `entered_at` and `entered_by` are null until it is entered;
    `reference`: the number that the system gave it, "" where not told. `by_import`: an extract of that system brought it back.
    """

    kind = words(40)
    system = words(100)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    subject_type = words(60)
    subject_id = models.BigIntegerField()
    text = models.TextField()
    on = models.DateField()
    made_at = models.DateTimeField()
    made_by = words(100)
    post = words()
    entered_at = models.DateTimeField(null=True)
    entered_by = models.CharField(max_length=100, null=True)
    reference = words(80)
    by_import = models.BooleanField(default=False)

    class Meta:
        indexes = (models.Index(fields=["subject_type", "subject_id"], name="owed_subject"),)

    class Privacy:
        personal = ("text", "on", "reference")
        plain = (
            "id", "kind", "system", "person", "subject_type", "subject_id", "made_at", "made_by", "post", "entered_at",
            "entered_by", "by_import",
        )  # fmt: skip
