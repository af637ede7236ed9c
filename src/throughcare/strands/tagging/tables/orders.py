"""Orders with a tag: immutable versions with their conditions, the equipment, what was asked before, absences and dead spots.

Instants are UTC; spans are [start, end). What is said of a person is in words; positions are kept elsewhere (ADR 0028).
"""

from django.db import models

from throughcare.casework.access.models import Post
from throughcare.casework.audit.models import Record
from throughcare.casework.imports.models import Fact
from throughcare.casework.people.models import Person, one_a_source, words


class Order(Record):
    """An order with a tag: of whom, and from which sentence.

    The sentence is kept as it was known when the order was made, since an agency may correct its own row: the day it was
    imposed, its kind (community, suspended), and the requirement in the agency's words.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    sentenced_on = models.DateField()
    sentence_kind = words(12)
    requirement = words(60)
    made_on = models.DateField()
    made_by = words(100)

    class Meta:
        app_label = "tagging"

    class Privacy:
        personal = ("sentenced_on", "sentence_kind", "requirement", "made_on")
        plain = ("id", "person", "made_by")


class OrderVersion(Record):
    """An order as it stands from an instant on: never changed. The last one that has begun is in force.

    `until`: when monitoring ends, if nothing comes before; null of one that was revoked or has ended. `reason`: why it was made.
    """

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    kind = words(12)
    starts_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    reason = words(300)
    made_at = models.DateTimeField()
    made_on = models.DateField()
    by = words(100)

    class Meta:
        app_label = "tagging"
        constraints = (models.UniqueConstraint(fields=["order", "number"], name="a_version_of_an_order_once"),)

    class Privacy:
        personal = ("kind", "starts_at", "until", "reason", "made_on")
        plain = ("id", "order", "number", "made_at", "by")


class Condition(Record):
    """A condition of a version, in force in [starts_at, ends_at): never changed.

    `number`: the same through the versions of an order. `name`: in words, without naming whom it protects. `geometry`: of a zone,
    a GeoJSON Feature (WGS84), a point or a line with the property radius_m; "" otherwise. `protects`: "victim" of a zone that is
    there for a victim, never saying who; "" otherwise.
    """

    version = models.ForeignKey(OrderVersion, on_delete=models.PROTECT, related_name="conditions")
    number = models.PositiveIntegerField()
    kind = words(12)
    name = words(120)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    geometry = models.TextField(default="", blank=True)
    protects = words(10)

    class Meta:
        app_label = "tagging"
        constraints = (models.UniqueConstraint(fields=["version", "number"], name="a_condition_of_a_version_once"),)

    class Privacy:
        personal = ("kind", "name", "starts_at", "ends_at", "geometry", "protects")
        plain = ("id", "version", "number")


class Place(Record):
    """Where a curfew is kept (up to three), or an appointment. Metres of `radius_m` belong to it.

    `own_home`: nobody is asked. Otherwise `householder` agreed on `agreed_on`; an appointment's address has neither.
    """

    condition = models.ForeignKey(Condition, on_delete=models.PROTECT, related_name="places")
    number = models.PositiveIntegerField()
    address = words(200)
    latitude = models.FloatField()
    longitude = models.FloatField()
    radius_m = models.FloatField(default=50.0)
    own_home = models.BooleanField(default=False)
    householder = words(100)
    agreed_on = models.DateField(null=True)

    class Meta:
        app_label = "tagging"
        constraints = (models.UniqueConstraint(fields=["condition", "number"], name="a_place_of_a_condition_once"),)

    class Privacy:
        personal = ("address", "latitude", "longitude", "radius_m", "own_home", "householder", "agreed_on")
        plain = ("id", "condition", "number")


class Line(Record):
    """A line of a weekly timetable in London time: weekday (Monday is 0) from a time to another; one not later is the next day's.

    Of a place's own hours, or (`place` null) of a zone. A condition without lines is always in force.
    """

    condition = models.ForeignKey(Condition, on_delete=models.PROTECT, related_name="lines")
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="lines")
    weekday = models.PositiveSmallIntegerField()
    start = models.TimeField()
    end = models.TimeField()

    class Meta:
        app_label = "tagging"

    class Privacy:
        personal = ("weekday", "start", "end")
        plain = ("id", "condition", "place")


class Draft(Record):
    """An order, or a version of one (`order`), that is being written and not yet kept. `told`: what was typed, as JSON.

    `kept_as`: the version that it became; `left_at`: it was given up. While neither is there it is open.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    order = models.ForeignKey(Order, null=True, on_delete=models.PROTECT, related_name="drafts")
    told = models.TextField()
    begun_on = models.DateField()
    begun_by = models.CharField(max_length=100)
    kept_as = models.OneToOneField(OrderVersion, null=True, on_delete=models.PROTECT, related_name="drafted")
    left_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "tagging"

    class Privacy:
        personal = ("told", "begun_on")
        plain = ("id", "person", "order", "begun_by", "kept_as", "left_at")


class Consent(Record):
    """What the householder of an address that is not the person's own said: agreed, refused, withdrawn. The newest holds."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="consents")
    address = words(200)
    householder = words(100)
    answer = words(10)
    on = models.DateField()
    by = words(100)

    class Meta:
        app_label = "tagging"

    class Privacy:
        personal = ("address", "householder", "answer", "on")
        plain = ("id", "order", "by")


class Answer(Record):
    """An answer to a question of suitability that the pilot file asks: yes, no, not known. The newest holds."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="answers")
    question = words(40)
    answer = words(10)
    text = words(300)
    on = models.DateField()
    by = words(100)

    class Meta:
        app_label = "tagging"

    class Privacy:
        personal = ("question", "answer", "text", "on")
        plain = ("id", "order", "by")


class Fitting(Record):
    """That a tag is on somebody, [fitted_at, removed_at): one tag is on one leg, one leg has one tag.

    `why`: the code of its removal.
    """

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="fittings")
    tag = words(40)
    fitted_at = models.DateTimeField()
    fitted_by = words(100)
    removed_at = models.DateTimeField(null=True)
    removed_by = words(100)
    why = words(12)

    class Meta:
        app_label = "tagging"
        indexes = (models.Index(fields=["tag", "fitted_at"], name="fittings_of_a_tag"),)

    class Privacy:
        personal = ("tag", "fitted_at", "removed_at", "why")
        plain = ("id", "order", "fitted_by", "removed_by")


class TagEvent(Fact):
    """What a tag or its home unit reports of itself, as the supplier's file tells it. `kind`: of `positions.gaps.EVENTS`."""

    tag = words(40)
    at = models.DateTimeField()
    kind = words(20)
    criticality = words(6)

    class Meta:
        app_label = "tagging"
        constraints = one_a_source("tag_event")
        indexes = (models.Index(fields=["tag", "at"], name="events_of_a_tag"),)

    class Privacy:
        personal = ("tag", "at", "kind", "criticality")
        plain = ("id", "source")


class Absence(Record):
    """That the person is expected elsewhere in [starts_at, ends_at), as in hospital or at court: what is found then is explained.

    `ended_at`: taken back; it then explains nothing, and stays on record.
    """

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="absences")
    why = words(12)
    text = words(200)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    told_at = models.DateTimeField()
    by = words(100)
    ended_at = models.DateTimeField(null=True)
    ended_by = words(100)

    class Meta:
        app_label = "tagging"

    class Privacy:
        personal = ("why", "text", "starts_at", "ends_at", "ended_at")
        plain = ("id", "order", "told_at", "by", "ended_by")


class DeadSpot(Record):
    """Where tags are known to have no signal: about nobody. `ended_on`: it is so no more."""

    name = words(120)
    latitude = models.FloatField()
    longitude = models.FloatField()
    radius_m = models.FloatField()
    on = models.DateField()
    by = words(100)
    ended_on = models.DateField(null=True)
    ended_by = words(100)

    class Meta:
        app_label = "tagging"

    class Privacy:
        plain = ("id", "name", "latitude", "longitude", "radius_m", "on", "by", "ended_on", "ended_by")


class Note(Record):
    """What somebody of the monitoring centre adds to an order, such as a visit or a call about the equipment (`kind`)."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="notes")
    kind = words(12)
    text = words(500)
    at = models.DateTimeField()
    on = models.DateField()
    by = words(100)
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        app_label = "tagging"

    class Privacy:
        personal = ("kind", "text", "on")
        plain = ("id", "order", "at", "by", "post")
