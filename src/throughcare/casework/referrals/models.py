"""Referrals and what has happened to them. Facts are kept with their day and actor; the state follows from them."""

from django.db import models

from throughcare.casework.access.models import Post
from throughcare.casework.audit.models import Record
from throughcare.casework.imports.models import Fact
from throughcare.casework.people.models import Person, one_a_source, words

ROUTES = ("through_the_gate", "licence", "activity_requirement", "other")
AGREEMENTS = {
    "agreed": "Explained, and the person agrees", "not_agreed": "Explained, and the person does not agree",
    "not_explained": "Not explained yet", "required": "The order requires it",
}  # fmt: skip
"""What was explained to the person and agreed. Without agreement goes only what an activity requirement orders."""
STRUCK = ("address", "cohort_membership", "offence_history", "score", "risks", "supervision", "caseload", "custody")
"""The rows of the policy that can be struck out of a referral: what is told of the person, but for who they are."""


class Referral(Fact):
    """A person sent to a service of the pilot file, and to a provider of it ("" where it has but one, or none is named).

    `days_ordered` and `days_done` are of an activity requirement; null where there is none or it is not known. `agreement`: what
    was explained to the person and agreed, by its code; "" where nobody said so here, as of what a provider's return tells.
    `for_provider`: what the sender added for the provider. Of what stands on record the latest is kept beside it, so that what is
    in hand is found without reading all that ever happened: `last_state`, `last_on`, `last_reason` ("" and null where nothing has
    happened yet), and `over_on`, since when it is closed; null while it is open. They follow from the events.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="referrals")
    service = words()
    provider = words()
    route = words(30)
    sent_on = models.DateField()
    sent_by = words(100)
    days_ordered = models.IntegerField(null=True)
    days_done = models.IntegerField(null=True)
    agreement = words(20)
    for_provider = models.TextField(default="", blank=True)
    last_state = words(20)
    last_on = models.DateField(null=True)
    last_reason = words(40)
    over_on = models.DateField(null=True)

    class Meta:
        constraints = one_a_source("referral")
        indexes = (
            models.Index(fields=["service", "sent_on"], name="referral_service_sent"),
            models.Index(fields=["provider", "service", "over_on"], name="referral_in_hand"),
        )

    class Privacy:
        personal = ("service", "provider", "route", "sent_on", "days_ordered", "days_done", "agreement", "for_provider",
                    "last_state", "last_on", "last_reason", "over_on")  # fmt: skip
        plain = ("id", "source", "person", "sent_by")


class ReferralEvent(Fact):
    """A referral came into a state on a day. Never changed or deleted: a correction is another event, which replaces it.

    `on` is null in a correction that says it did not happen. `place` orders events of one day. `source` is the provider's
    row that told it; null where it was entered here.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="events")
    state = words(20)
    on = models.DateField(null=True)
    place = models.IntegerField()
    recorded_at = models.DateTimeField()
    by = words(100)
    reason = words(40)
    note = models.TextField(default="", blank=True)
    replaced_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="replaces")

    class Meta:
        # So that what happened last is one look-up: a store without statistics, as after its first import, reads all that stands.
        indexes = (models.Index(fields=["referral", "on", "place", "id"], name="referral_happened_last",
                                condition=models.Q(replaced_by=None)),)  # fmt: skip

    class Privacy:
        personal = ("state", "on", "reason", "note")
        plain = ("id", "source", "referral", "place", "recorded_at", "by", "replaced_by")


class Withheld(Record):
    """A row of the access policy that was struck out of a referral: who delivers it does not see it of the person.

    `reason`: why, where the row is one that a worker should know for their safety; else it may be "".
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="withheld")
    row = words()
    reason = words(300)
    by = words(100)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["referral", "row"], name="struck_out_once"),)

    class Privacy:
        personal = ("row", "reason")
        plain = ("id", "referral", "by")


class Question(Record):
    """Something asked on a referral, by who sent it or by the provider, and the other side's answer. Never deleted.

    side: "sender" or "provider", who asks. answered_at: null while it waits; taken_back_at: by who asked, before an answer.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="questions")
    side = words(10)
    text = models.TextField()
    asked_by = words(100)
    asked_at = models.DateTimeField()
    answer = models.TextField(default="", blank=True)
    answered_by = words(100)
    answered_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)

    class Privacy:
        personal = ("text", "answer", "side")
        plain = ("id", "referral", "asked_by", "asked_at", "answered_by", "answered_at", "taken_back_at")


class ClockPause(Record):
    """The clocks of a referral stand still on the days [start, end), for a reason of the list "paused". Never deleted.

    end: null while nobody has let them go on; an answer to the referral ends it all the same. One of a single day takes no
    day out. question: the one whose answer it waits for; null where it was stopped by itself.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="pauses")
    reason = words(40)
    note = models.TextField(default="", blank=True)
    start = models.DateField()
    by = words(100)
    end = models.DateField(null=True)
    ended_by = words(100)
    question = models.ForeignKey(Question, null=True, on_delete=models.PROTECT, related_name="pauses")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(end=None) | models.Q(end__gte=models.F("start")), name="pause_in_order"),
        )

    class Privacy:
        personal = ("reason", "note", "start", "end")
        plain = ("id", "referral", "by", "ended_by", "question")


class Worker(Record):
    """A post of the provider works a referral over [start, end): one at a time. Never deleted.

    end: null while it does; a referral that is over has nobody who works it, whatever stands here.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="workers")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    start = models.DateField()
    by = words(100)
    end = models.DateField(null=True)
    ended_by = words(100)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(end=None) | models.Q(end__gte=models.F("start")), name="worker_in_order"),
            models.UniqueConstraint(fields=["referral"], condition=models.Q(end=None), name="one_worker_a_referral"),
        )

    class Privacy:
        personal = ("start", "end")
        plain = ("id", "referral", "post", "by", "ended_by")


class Dismissal(Record):
    """A service that is for the person is not referred to now, for a coded reason, and is asked about again on the day `until`.

    It holds for whoever works with the person, from `on`; it ends by itself, or is `withdrawn`.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    service = words()
    reason = words(40)
    note = models.TextField(default="", blank=True)
    on = models.DateField()
    until = models.DateField()
    by = words(100)
    withdrawn = models.BooleanField(default=False)

    class Privacy:
        personal = ("service", "reason", "note", "on", "until", "withdrawn")
        plain = ("id", "person", "by")


class ServiceVersion(Record):
    """What the directory said of a service from a day on: `told`, words by heading, as JSON. Never changed or deleted."""

    service = words()
    on = models.DateField()
    told = models.TextField()
    by = words(100)

    class Privacy:
        plain = ("id", "service", "on", "told", "by")
