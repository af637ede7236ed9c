"""What somebody answered to a thing that waits, other than doing it: that it is done elsewhere, or to be asked again."""

from django.db import models

from throughcare.casework.access.models import Post
from throughcare.casework.audit.models import Record
from throughcare.casework.people.models import Person, words

KINDS = ("elsewhere", "later")


class Answer(Record):
    """A post's answer to the thing with this key, whose words disclose `row`. "later" holds until a day."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=120)
    kind = models.CharField(max_length=10)
    until = models.DateField(null=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    told = words(300)
    row = words(60)
    on = models.DateField()
    by = words(200)
    withdrawn = models.BooleanField(default=False)

    class Meta:
        indexes = (models.Index(fields=["post", "withdrawn", "key"], name="answers_of_a_post"),)

    class Privacy:
        personal = ("told",)
        plain = ("id", "post", "key", "row", "kind", "until", "person", "on", "by", "withdrawn")
