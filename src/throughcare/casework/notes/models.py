"""What people at work write of a person: notes, worries, risks to know, whom and what to avoid, what the person says."""

from django.db import models

from throughcare.casework.access.models import Account, Post
from throughcare.casework.audit.models import Record
from throughcare.casework.people.models import Person, words

WORRIES = {
    "harm_to_self": "They may harm themselves",
    "harm_to_others": "They may harm somebody else",
    "harm_from_others": "Somebody may harm or exploit them",
    "child": "A child may be at risk",
    "staff": "Staff or a volunteer may be at risk",
    "health": "They are ill or not coping",
    "other": "Something else",
}


class Note(Record):
    """A note on a day. Never changed: taken back, it stays, struck through."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notes")
    on = models.DateField()
    text = models.TextField()
    account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    taken_back = models.BooleanField(default=False)

    class Privacy:
        personal = ("on", "text")
        plain = ("id", "person", "account", "post", "taken_back")


class Concern(Record):
    """A worry raised about somebody (`person`, or in words who it is), sent to a post. It waits until somebody answers it."""

    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="concerns")
    who = words(200)
    kind = words(20)
    text = models.TextField()
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    from_post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    to_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="concerns")
    answered_at = models.DateTimeField(null=True)
    answered_by = words(200)
    answer = models.TextField(default="", blank=True)

    class Privacy:
        personal = ("who", "kind", "text", "answer")
        plain = ("id", "person", "raised_at", "raised_by", "from_post", "to_post", "answered_at", "answered_by")


class Risk(Record):
    """A risk that whoever works with the person must know, in a sentence, over [start, end)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="risks")
    text = models.TextField()
    start = models.DateField()
    end = models.DateField(null=True)
    by = words(200)

    class Privacy:
        personal = ("text", "start", "end")
        plain = ("id", "person", "by")


class Avoid(Record):
    """Somebody whom the person must not meet (`other`), or a place to keep away from, over [start, end)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="avoids")
    other = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="avoided_by")
    place = words(200)
    why = models.TextField(default="", blank=True)
    start = models.DateField()
    end = models.DateField(null=True)
    by = words(200)

    class Privacy:
        personal = ("place", "why", "start", "end")
        plain = ("id", "person", "other", "by")


class Said(Record):
    """What the person says of a kind of fact held on them: it stands beside the fact until the fact is corrected.

    `row` is the row of the access policy whose facts it is about; `about` the fact in words, "" for all of them.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="said")
    row = models.CharField(max_length=40)
    about = words(200)
    text = models.TextField()
    on = models.DateField()
    by = words(200)
    settled_on = models.DateField(null=True)
    outcome = models.TextField(default="", blank=True)

    class Privacy:
        personal = ("row", "about", "text", "on", "outcome")
        plain = ("id", "person", "by", "settled_on")
