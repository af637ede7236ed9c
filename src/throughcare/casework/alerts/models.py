"""An alert to the post whose work is upset."""

from django.db import models

from throughcare.casework.access.models import Post
from throughcare.casework.audit.models import Record
from throughcare.casework.people.models import Person, words


class Alert(Record):
    """What happened to a person, told to one post; it waits while `seen_at` is null.

    topic: what it is about ("moved"): a later one to the same post about the same person and topic takes its place, and then
    `replaced_by` says which. key: what happened; a post is alerted of it once. text: what happened, naming nobody; touched: what
    of the post's work it upsets, a line each. row: the row of the access policy that they disclose. harm: as of a Today item.
    on: the day by which it matters. note: what was done about it, "" for nothing said.
    """

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    topic = words(30)
    key = words(120)
    text = models.TextField()
    touched = models.TextField(default="", blank=True)
    row = words(60)
    harm = models.IntegerField()
    on = models.DateField()
    raised_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    seen_by = words(100)
    note = models.TextField(default="", blank=True)
    replaced_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["post", "person", "key"], name="a_post_is_alerted_once"),)
        indexes = (models.Index(fields=["post", "seen_at"], name="alerts_of_a_post"),)

    class Privacy:
        personal = ("text", "touched", "note", "on")
        plain = ("id", "post", "person", "topic", "key", "row", "harm", "raised_at", "seen_at", "seen_by", "replaced_by")

    @property
    def lines(self) -> list[str]:
        return self.touched.splitlines()
