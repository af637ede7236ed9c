"""The borough's panel: its meetings, who sits there, whom it discusses, what it decides, and the actions that come of it."""

import json
from typing import NamedTuple

from django.db import models

from throughcare.casework.access.models import Account, Post
from throughcare.casework.audit.models import Record
from throughcare.casework.people.models import Person, words

PLANNED, RUNNING, CLOSED = STATES = ("planned", "running", "closed")
DECIDED, NO_CHANGE, TAKEN_BACK = KINDS = ("decided", "no_change", "taken_back")


class Why(NamedTuple):
    """A reason to discuss somebody: of which group of the agenda, what row of the access policy its words disclose."""

    group: str
    row: str
    words: str


class Meeting(Record):
    """A panel of a borough on a day. Agendas and packs are seen by nobody but its co-ordinator until they are sent."""

    borough = words(40)
    on = models.DateField()
    state = models.CharField(max_length=10, default=PLANNED)
    planned_by = words(100)
    started_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    agenda_sent_at = models.DateTimeField(null=True)
    packs_sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["borough", "on"], name="a_panel_a_day"),)

    class Privacy:
        plain = (
            "id", "borough", "on", "state", "planned_by", "started_at", "closed_at", "agenda_sent_at", "packs_sent_at",
        )  # fmt: skip


class Seat(Record):
    """A post that is asked to the meeting, or that an action was given to.

    `present`: in the room now; who came and went, and when, is in the audit. `bring`: what it is asked to bring.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="seats")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    present = models.BooleanField(default=False)
    bring = models.TextField(default="", blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["meeting", "post"], name="a_seat_a_post"),)

    class Privacy:
        personal = ("bring",)
        plain = ("id", "meeting", "post", "present")


class Item(Record):
    """A person on the agenda of a meeting, in the order of `place`.

    `reasons`: why, in JSON, each with the row of the access policy that it discloses. `heard`: the slugs of the posts that
    were in the room while the person was on the screen. `draft`: what is typed and not yet kept, in JSON by field.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="panel_items")
    place = models.IntegerField()
    reasons = models.TextField(default="[]")
    heard = models.TextField(default="", blank=True)
    draft = models.TextField(default="{}")

    class Privacy:
        personal = ("reasons", "draft")
        plain = ("id", "meeting", "person", "place", "heard")

    @property
    def why(self) -> list["Why"]:
        return [Why(*each) for each in json.loads(self.reasons)]

    @property
    def drafted(self) -> dict[str, str]:
        return dict(json.loads(self.draft))


class Decision(Record):
    """What was decided of an item, as it was said. Never changed: a correction is another, and the last one counts.

    kind: of `KINDS`; taken back, the item counts as not discussed. rag: the rating given with it, "" for none. room: the
    slugs of the posts that were in the room.
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=10)
    text = models.TextField(default="", blank=True)
    rag = words(10)
    room = models.TextField(default="", blank=True)
    at = models.DateTimeField()
    by = words(100)

    class Privacy:
        personal = ("kind", "text", "rag")
        plain = ("id", "item", "room", "at", "by")


class Action(Record):
    """Something to be done about the person by a post, by a day. Its state is of the table in `states`."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="actions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="panel_actions")
    text = models.TextField()
    owner = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="panel_actions")
    due_on = models.DateField()
    state = models.CharField(max_length=12)
    by = words(100)

    class Meta:
        indexes = (models.Index(fields=["owner", "state"], name="panel_actions_of_a_post"),)

    class Privacy:
        personal = ("text", "due_on")
        plain = ("id", "item", "person", "owner", "state", "by")


class ActionEvent(Record):
    """An action came into a state on a day, with what was said of it. Never changed or deleted."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="events")
    state = models.CharField(max_length=12)
    on = models.DateField()
    by = words(100)
    text = models.TextField(default="", blank=True)

    class Privacy:
        personal = ("text",)
        plain = ("id", "action", "state", "on", "by")


class Ask(Record):
    """A post asks the panel of a borough to discuss a person. It waits until the person is discussed there."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="panel_asks")
    borough = words(40)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    on = models.DateField()
    discussed = models.ForeignKey(Item, null=True, on_delete=models.PROTECT, related_name="asks")

    class Privacy:
        personal = ("reason",)
        plain = ("id", "person", "borough", "post", "account", "on", "discussed")


class Addendum(Record):
    """What is put right, or added, after the meeting is closed: the record itself stays as it was."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="addenda")
    text = models.TextField()
    at = models.DateTimeField()
    by = words(100)

    class Privacy:
        personal = ("text",)
        plain = ("id", "item", "at", "by")
