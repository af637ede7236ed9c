"""What the mental-health practitioners do: with other professionals, and directly with a person."""

from django.db import models

from throughcare.casework.access.models import Post
from throughcare.casework.audit.models import Record
from throughcare.casework.imports.models import Fact
from throughcare.casework.people.models import Person, one_a_source, words

WITH_WHOM = ("offender_manager", "other_professional")
INTERVENTIONS = (
    "motivational interviewing", "psycho-education", "supportive programmes", "mood management", "anger management",
    "brief intervention on coping strategies", "crisis management", "problem solving", "resilience", "anxiety management",
)  # fmt: skip
"""The kinds of direct intervention, in the words and the order of the GtO interim evaluation (MOPAC 2017)."""


class Consultation(Fact):
    """A practitioner's consultation about a person, with the offender manager or another professional.

    It is an event: two on one day are two. It needs no referral.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField()
    with_whom = words(20)

    class Meta:
        constraints = one_a_source("health_consultation")

    class Privacy:
        personal = ("held_on", "with_whom")
        plain = ("id", "source", "person")


class Assessment(Fact):
    """An assessment of the person, counted when it starts."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    started_on = models.DateField()

    class Meta:
        constraints = one_a_source("health_assessment")

    class Privacy:
        personal = ("started_on",)
        plain = ("id", "source", "person")


class CarePlan(Fact):
    """A care plan, counted when it starts."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    started_on = models.DateField()

    class Meta:
        constraints = one_a_source("health_care_plan")

    class Privacy:
        personal = ("started_on",)
        plain = ("id", "source", "person")


class Intervention(Fact):
    """Direct work of one kind with a person, under the person's care plan; counted once a person and kind."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = words()
    started_on = models.DateField()

    class Meta:
        constraints = one_a_source("health_intervention")

    class Privacy:
        personal = ("kind", "started_on")
        plain = ("id", "source", "person")


class Ask(Record):
    """Somebody who works with the person asks for a consultation. before: how confident they are, 1 to 5; null: not said.

    consultation: what it led to; taken_back_on: they need it no more. While neither is there, it waits.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    question = models.TextField()
    before = models.IntegerField(null=True)
    asked_on = models.DateField()
    by = words(100)
    consultation = models.ForeignKey(Consultation, null=True, on_delete=models.PROTECT, related_name="asked")
    taken_back_on = models.DateField(null=True)

    class Privacy:
        personal = ("question",)
        plain = ("id", "person", "post", "before", "asked_on", "by", "consultation", "taken_back_on")


class Advice(Record):
    """The part of a consultation that is for whoever asked. post: whom it is told to; null where nobody manages the person.

    before and after: how confident they say they were and are, 1 to 5; null: not said.
    """

    consultation = models.OneToOneField(Consultation, on_delete=models.PROTECT, related_name="advice")
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    by = words(100)
    read_on = models.DateField(null=True)
    read_by = words(100)
    before = models.IntegerField(null=True)
    after = models.IntegerField(null=True)

    class Privacy:
        personal = ("text",)
        plain = ("id", "consultation", "post", "by", "read_on", "read_by", "before", "after")


class ClinicalNote(Record):
    """The part of a consultation that is for health roles alone: words, or no more than the number of the trust's own record."""

    consultation = models.OneToOneField(Consultation, on_delete=models.PROTECT, related_name="note")
    text = models.TextField(default="", blank=True)
    trust_record = words(40)
    by = words(100)

    class Privacy:
        personal = ("text", "trust_record")
        plain = ("id", "consultation", "by")


class TeamCheck(Record):
    """Whether the person is already under a mental-health team: asked before anything else. The newest holds."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    answer = words(10)
    team = words(200)
    on = models.DateField()
    by = words(100)

    class Privacy:
        personal = ("answer", "team")
        plain = ("id", "person", "on", "by")


class Finding(Record):
    """What an assessment came to. The newest of an assessment holds."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="findings")
    outcome = words(20)
    text = models.TextField(default="", blank=True)
    trust_record = words(40)
    on = models.DateField()
    by = words(100)

    class Privacy:
        personal = ("outcome", "text", "trust_record")
        plain = ("id", "assessment", "on", "by")


class PlanText(Record):
    """What a care plan says, and when it is reviewed next. The newest of a plan holds; the earlier ones are kept."""

    plan = models.ForeignKey(CarePlan, on_delete=models.PROTECT, related_name="texts")
    aims = models.TextField()
    safety = models.TextField(default="", blank=True)
    review_on = models.DateField()
    on = models.DateField()
    by = words(100)

    class Privacy:
        personal = ("aims", "safety")
        plain = ("id", "plan", "review_on", "on", "by")


class Review(Record):
    """A care plan was looked at with the person. next_on: when it is again; null: the plan has ended."""

    plan = models.ForeignKey(CarePlan, on_delete=models.PROTECT, related_name="reviews")
    outcome = words(20)
    text = models.TextField(default="", blank=True)
    on = models.DateField()
    next_on = models.DateField(null=True)
    by = words(100)

    class Privacy:
        personal = ("outcome", "text")
        plain = ("id", "plan", "on", "next_on", "by")


class InterventionEnd(Record):
    """Direct work of a kind is over."""

    intervention = models.OneToOneField(Intervention, on_delete=models.PROTECT, related_name="end")
    how = words(20)
    on = models.DateField()
    by = words(100)

    class Privacy:
        personal = ("how",)
        plain = ("id", "intervention", "on", "by")


class Answers(Record):
    """Answers to an outcome scale (`rules.outcome_scores`), as one digit each in the form's order, "-" for one left out.

    The score is worked out from them. wrong: it was typed wrong, and counts no more.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    scale = words(10)
    given = words(20)
    on = models.DateField()
    by = words(100)
    wrong = models.BooleanField(default=False)

    class Privacy:
        personal = ("given",)
        plain = ("id", "person", "scale", "on", "by", "wrong")


class Risk(Record):
    """An answer that is a risk: for the named practitioner's post, that day. It closes by a response, and by nothing else."""

    answers = models.OneToOneField(Answers, on_delete=models.PROTECT, related_name="raised")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    escalated_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Privacy:
        plain = ("id", "answers", "post", "at", "escalated_at", "closed_at")


class Response(Record):
    """What was done about a risk. One that did not reach the person leaves it open."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="responses")
    what = words(20)
    text = models.TextField()
    at = models.DateTimeField()
    by = words(100)

    class Privacy:
        personal = ("what", "text")
        plain = ("id", "risk", "at", "by")


class StepUp(Record):
    """The person is referred on to NHS services, with a letter, kept as it was written. What they answered."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    service = words(20)
    to = words(200)
    why = models.TextField()
    letter = models.TextField()
    on = models.DateField()
    by = words(100)
    answer = words(20)
    answered_on = models.DateField(null=True)
    answered_by = words(100)

    class Privacy:
        personal = ("service", "to", "why", "letter", "answer")
        plain = ("id", "person", "on", "by", "answered_on", "answered_by")


class Slot(Record):
    """An hour that a practitioner offers in a borough. About nobody until it is booked."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    borough = words()
    place = words(100)
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField()
    withdrawn = models.BooleanField(default=False)
    by = words(100)

    class Privacy:
        plain = ("id", "post", "borough", "place", "starts_at", "ends_at", "withdrawn", "by")


class Booking(Record):
    """A person has a slot. state: booked, came, missed, cancelled. again: the booking that was made in its place."""

    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="bookings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    purpose = words(20)
    state = words(10)
    reason = words(20)
    on = models.DateField()
    by = words(100)
    again = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="in_place_of")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["slot"], condition=models.Q(state__in=("booked", "came", "missed")), name="a_slot_is_for_one_person"
            ),
        )

    class Privacy:
        personal = ("purpose", "state", "reason")
        plain = ("id", "slot", "person", "on", "by", "again")
