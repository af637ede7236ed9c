"""Intelligence development plans, from a borough's request to the hub's return, what stands in them, and taskings."""

from django.db import models

from throughcare.casework.access.models import Post
from throughcare.casework.audit.models import Record
from throughcare.casework.imports.models import Fact
from throughcare.casework.people.models import Person, one_a_source, words
from throughcare.strands.policing.picture.models import EventPart, LinkDeed, StreetCrime  # noqa: F401  (tables of this app)

COMES_FROM = ("plan", "panel", "daily_meeting", "tactical_group")


class Plan(Fact):
    """A request for a plan about a person, and the plan that answers it. Null dates are what is not on record: a plan may be
    received without a recorded request.

    `requested_on`: the borough asked. `actioned_on`: the hub made it. `received_on`: it was back with the borough. `standing`:
    between those dates, "returned", "researching", or for good "refused", "cancelled"; "": its dates tell all. `kind`: "new",
    "addition"; "" where a file told it. `adds_to`: the plan that it is an addition to, whose items it continues; null: it is
    its own, or adds to a profile that the force alone holds. `reference`: the force's number of the product, where the
    intelligence itself is kept.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    borough = words(60)
    requested_on = models.DateField(null=True)
    actioned_on = models.DateField(null=True)
    received_on = models.DateField(null=True)
    kind = words(10)
    adds_to = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="additions")
    standing = words(12)
    reference = words(40)
    asks = models.TextField(default="", blank=True)
    asked_by = words(100)
    asked_post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = one_a_source("police_plan")

    class Privacy:
        personal = ("borough", "requested_on", "actioned_on", "received_on", "kind", "standing", "reference", "asks")
        plain = ("id", "source", "person", "adds_to", "asked_by", "asked_post")


class Tasking(Fact):
    """A tasking about a person by a borough's police. `plan` only where it comes from one that is on record.

    `carried_out_on`: null until it is done. One that a file told was done; it has no owner and no result. `standing`: "returned"
    (handed back), "cancelled", or "". `result`: a code of `rules.taskings.RESULTS`, `result_text` what is said with it.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, null=True, on_delete=models.PROTECT, related_name="taskings")
    borough = words(60)
    carried_out_on = models.DateField(null=True)
    comes_from = words(20)
    text = models.TextField(default="", blank=True)
    asked_on = models.DateField(null=True)
    asked_by = words(100)
    asked_post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(null=True)
    standing = words(12)
    result = words(12)
    result_text = models.TextField(default="", blank=True)

    class Meta:
        constraints = one_a_source("police_tasking")

    class Privacy:
        personal = ("borough", "carried_out_on", "comes_from", "text", "asked_on", "due_on", "standing", "result", "result_text")
        plain = ("id", "source", "person", "plan", "asked_by", "asked_post", "owner")


class Step(Record):
    """A step of a plan or of a tasking, of exactly one of them: never changed. `reason`: its code; `text`: what was said."""

    plan = models.ForeignKey(Plan, null=True, on_delete=models.PROTECT, related_name="steps")
    tasking = models.ForeignKey(Tasking, null=True, on_delete=models.PROTECT, related_name="steps")
    step = words(12)
    reason = words(20)
    text = models.TextField(default="", blank=True)
    on = models.DateField()
    at = models.DateTimeField()
    by = words(100)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(plan=None) ^ models.Q(tasking=None), name="a_step_is_of_a_plan_or_of_a_tasking"
            ),
        )

    class Privacy:
        personal = ("step", "reason", "text", "on")
        plain = ("id", "plan", "tasking", "at", "by")


class Item(Record):
    """One sanitised item of a plan, graded: never changed. A correction is a new item in place of it (`replaces`).

    `request`: the request that it answers, the plan's own or an addition's. `shown_to`, `conditions`: of handling code C, whom
    it may be shown to and what is asked of them. `ended_at`: replaced or withdrawn; null while it stands. `warned`: words in it
    looked like a source, and the writer said that none can be known by them.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="items")
    request = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    section = words(15)
    text = models.TextField()
    source_grade = words(1)
    assessment = words(1)
    handling = words(1)
    shown_to = words(10)
    conditions = words(200)
    warned = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    added_on = models.DateField()
    added_by = words(100)
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    ended_at = models.DateTimeField(null=True)
    ended_on = models.DateField(null=True)
    ended_by = words(100)
    ended_why = words(200)

    class Privacy:
        personal = ("section", "text", "source_grade", "assessment", "handling", "shown_to", "conditions", "added_on", "ended_on",
                    "ended_why")  # fmt: skip
        plain = ("id", "plan", "request", "warned", "added_at", "added_by", "replaces", "ended_at", "ended_by")


class Version(Record):
    """A plan as it was sent: the items that stood at `sent_at`. Version 1 is the first sending, each addition makes the next."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    request = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    sent_at = models.DateTimeField()
    sent_on = models.DateField()
    sent_by = words(100)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["plan", "number"], name="a_version_of_a_plan_once"),)

    class Privacy:
        personal = ("sent_on",)
        plain = ("id", "plan", "request", "number", "sent_at", "sent_by")


class Use(Record):
    """That a release, resettlement or sentence plan (`used_in`) rests on an item or on a tasking: on exactly one of them.

    `release_plan`: the number of the release plan here, where it is one; null: it is none, or is kept elsewhere.
    """

    item = models.ForeignKey(Item, null=True, on_delete=models.PROTECT, related_name="uses")
    tasking = models.ForeignKey(Tasking, null=True, on_delete=models.PROTECT, related_name="uses")
    used_in = words(15)
    release_plan = models.BigIntegerField(null=True)
    text = words(200)
    on = models.DateField()
    at = models.DateTimeField()
    by = words(100)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(item=None) ^ models.Q(tasking=None), name="a_use_is_of_an_item_or_of_a_tasking"
            ),
        )

    class Privacy:
        personal = ("used_in", "text", "on")
        plain = ("id", "item", "tasking", "release_plan", "at", "by")


class ReleasePlan(Record):
    """That the prison strand keeps a release plan of somebody, as it announced it: so that a use can say which."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    number = models.BigIntegerField(unique=True)
    begun_on = models.DateField()

    class Privacy:
        personal = ("begun_on",)
        plain = ("id", "person", "number")
