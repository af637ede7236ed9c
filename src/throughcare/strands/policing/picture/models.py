"""Events as the police tell them, what is decided of links between people, and recorded street crime: tables of the strand."""

from django.db import models

from throughcare.casework.audit.models import Record
from throughcare.casework.imports.models import Fact
from throughcare.casework.people.models import Person, one_a_source, words

ROLES = ("arrested", "charged", "convicted", "victim", "witness", "relative")
DEEDS = ("said", "renewed", "left_out")
LEFT_OUT = {
    "family": "They are family",
    "victim": "One is a victim of the other",
    "witness": "One is a witness against the other",
    "child": "One of them is a child",
    "wrong": "It is wrong: they were not in it together",
}


class EventPart(Fact):
    """One person's part in one event, as a crime or a custody record tells it. `event`: the force's own reference of it.

    on: the day of the arrest, charge or conviction that `role` says; of others, of the event. committed_on: the day of the
    offence, null where it is not known. earliest, latest: from when until when it was committed, where the hour is known: the
    same instant twice where it is known exactly. place, method: kinds in words. latitude, longitude: where, in degrees
    (WGS84), with a `radius` of precision in metres; null together.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    event = words(40)
    role = words(12)
    on = models.DateField()
    committed_on = models.DateField(null=True)
    earliest = models.DateTimeField(null=True)
    latest = models.DateTimeField(null=True)
    offence_code = words(5)
    place = words(60)
    method = words(60)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    radius = models.IntegerField(null=True)

    class Meta:
        app_label = "policing"
        constraints = one_a_source("police_event_part")
        indexes = (models.Index(fields=["event"], name="parts_of_an_event"),)

    class Privacy:
        personal = (
            "event", "role", "on", "committed_on", "earliest", "latest", "offence_code", "place", "method", "latitude",
            "longitude", "radius",
        )  # fmt: skip
        plain = ("id", "source", "person")


class LinkDeed(Record):
    """What somebody did about a link between two people, with the reason: said in an item of a plan, renewed, left out.

    `item`: of what is said, the plan's item. `why`: of what is left out, a code of `LEFT_OUT`. Taken back, it stays on record and
    does nothing.
    """

    one = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    deed = words(10)
    on = models.DateField()
    item = words(40)
    why = words(10)
    reason = words(300)
    by = words(100)
    taken_back = models.BooleanField(default=False)

    class Meta:
        app_label = "policing"

    class Privacy:
        personal = ("deed", "on", "item", "why", "reason")
        plain = ("id", "one", "other", "by", "taken_back")


class StreetCrime(Record):
    """How many crimes of a type the police recorded in a small area in a month (its first day): open data, about nobody.

    `area` and `area_code`: the small area (LSOA), "" together for what has none. latitude, longitude: the middle of its points.
    """

    month = models.DateField()
    kind = words(60)
    area_code = words(9)
    area = words(80)
    borough = words(60)
    number = models.IntegerField()
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)

    class Meta:
        app_label = "policing"
        constraints = (models.UniqueConstraint(fields=["month", "kind", "area_code"], name="street_crime_once"),)
        indexes = (models.Index(fields=["borough", "kind", "month"], name="street_crime_of_a_borough"),)

    class Privacy:
        plain = ("id", "month", "kind", "area_code", "area", "borough", "number", "latitude", "longitude")
