"""The cohort: what the rule proposes, what people decide of it, who is a member when, and how the panel rates members."""

from datetime import date

from django.db import models

from throughcare.casework.audit.models import Record, RecordQuerySet
from throughcare.casework.people.models import Person, words

JOIN, LEAVE, TRANSFER = KINDS = ("join", "leave", "transfer")
RATINGS = ("Red", "Amber", "Green")
HAS_A_DAY = models.Q(end=None) | models.Q(end__gt=models.F("start"))


class Proposal(Record):
    """What the rule proposes for one person on the facts of `as_at`: it decides nothing.

    `holds_from` is the day from which the reason holds, `because` its code, `reasons` sentences (one a line), `evidence`
    the facts in JSON and `facts_digest` their digest, `borough` whose co-ordinator decides (for a transfer, the
    receiving one). `accepted` is empty while nobody has decided; `superseded_on` is the day on which it was no longer true.
    Parked, it waits until `parked_until`, or until its facts change. `taken_back_on`: the decision was a mistake and counts
    no more; what it was and why stays.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="proposals")
    kind = words(10)
    as_at = models.DateField()
    holds_from = models.DateField()
    because = words(60)
    reasons = models.TextField()
    evidence = models.TextField()
    score = models.IntegerField(null=True)
    borough = words(40)
    facts_digest = words(64)
    made_at = models.DateTimeField()
    made_by = words(100)
    superseded_on = models.DateField(null=True)
    accepted = models.BooleanField(null=True)
    decided_on = models.DateField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = words(100)
    decision_reason = models.TextField(default="", blank=True)
    parked_until = models.DateField(null=True)
    parked_by = words(100)
    parked_reason = models.TextField(default="", blank=True)
    taken_back_on = models.DateField(null=True)
    taken_back_by = words(100)
    taken_back_reason = models.TextField(default="", blank=True)

    class Meta:
        indexes = (models.Index(fields=["accepted", "superseded_on"], name="proposals_by_state"),)

    class Privacy:
        personal = (
            "because", "reasons", "evidence", "score", "borough", "decision_reason", "parked_reason", "taken_back_reason",
        )  # fmt: skip
        plain = (
            "id", "person", "kind", "as_at", "holds_from", "facts_digest", "made_at", "made_by", "superseded_on",
            "accepted", "decided_on", "decided_at", "decided_by", "parked_until", "parked_by", "taken_back_on", "taken_back_by",
        )  # fmt: skip

    @property
    def decision(self) -> str:
        """accepted or refused, whether or not it was taken back since; "" while nobody has decided."""
        return "" if self.accepted is None else "accepted" if self.accepted else "refused"

    @property
    def state(self) -> str:
        """open, accepted, refused, taken back, or superseded (no longer true before anybody decided)."""
        if self.taken_back_on is not None:
            return "taken back"
        return self.decision or ("open" if self.superseded_on is None else "superseded")

    def parked(self, day: date) -> bool:
        """Put off, and not to be asked again yet on the day."""
        return self.state == "open" and self.parked_until is not None and self.parked_until > day


class NotAnnulled(models.Manager.from_queryset(RecordQuerySet)):  # type: ignore[misc]
    """Memberships that count."""

    def get_queryset(self) -> RecordQuerySet:
        return super().get_queryset().filter(annulled_on=None)


class Membership(Record):
    """Being in the cohort over [start, end): from the day of acceptance to the day of leaving; end empty: still a member.

    `borough` is that at joining; later ones are in `Transfer`. `off_rule`: put forward by a co-ordinator, not by the rule.
    `annulled_on`: a mistake found on the very day of joining, so that there never was a day of membership. It is kept, in
    `every`, and `objects` is without it.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    start = models.DateField()
    end = models.DateField(null=True)
    borough = words(40)
    off_rule = models.BooleanField(default=False)
    because = words(60)
    reasons = models.TextField()
    joined_by = words(100)
    left_because = words(60)
    left_reason = models.TextField(default="", blank=True)
    left_by = words(100)
    annulled_on = models.DateField(null=True)
    annulled_by = words(100)
    annulled_reason = models.TextField(default="", blank=True)

    objects = NotAnnulled()
    every = RecordQuerySet.as_manager()

    class Meta:
        constraints = (models.CheckConstraint(condition=HAS_A_DAY, name="a_membership_has_a_day"),)

    class Privacy:
        personal = ("borough", "because", "reasons", "left_because", "left_reason", "annulled_reason")
        plain = ("id", "person", "start", "end", "off_rule", "joined_by", "left_by", "annulled_on", "annulled_by")


class Transfer(Record):
    """A member passed from one pilot borough to another on a day, accepted by the receiving one; membership goes on."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="transfers")
    on = models.DateField()
    from_borough = words(40)
    to_borough = words(40)
    accepted_by = words(100)
    reason = models.TextField()

    class Privacy:
        personal = ("from_borough", "to_borough", "reason")
        plain = ("id", "person", "on", "accepted_by")


class Rating(Record):
    """Red, Amber or Green, set by the borough's panel with a reason. It holds until the next one."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="ratings")
    rag = words(10)
    start = models.DateField()
    set_by = words(100)
    reason = models.TextField()

    class Privacy:
        personal = ("rag", "reason")
        plain = ("id", "person", "start", "set_by")
