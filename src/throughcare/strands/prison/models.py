"""What the prison co-ordinators do for a person; where people are, how they move, and the plans for their release."""

from django.db import models

from throughcare.casework.access.models import Post
from throughcare.casework.audit.models import Record
from throughcare.casework.imports.models import Fact
from throughcare.casework.people.models import Person, one_a_source, words
from throughcare.core.pilot_work import PRISON_TASKS

TASK_KINDS = PRISON_TASKS


class Task(Fact):
    """One task done about one person. `prison` is empty where the task names none, as after release.

    Whether the person was in custody, on licence or on a community sentence that day is not kept here: it follows from
    the spells and the supervision on record (`queries.tasks`).
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    prison = words()
    kind = words(20)
    done_on = models.DateField()

    class Meta:
        constraints = one_a_source("prison_task")

    class Privacy:
        personal = ("prison", "kind", "done_on")
        plain = ("id", "source", "person")


class SpellDetail(Fact):
    """What the prison tells of the spell that began there on a day: the wing and cell, how the person came and left, and the
    release that is planned. Empty and null: not told.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    prison = words()
    start = models.DateField()
    wing = words(30)
    cell = words(20)
    arrived_as = words(20)
    left_as = words(20)
    release_planned_on = models.DateField(null=True)

    class Meta:
        constraints = one_a_source("spell_detail")

    class Privacy:
        personal = ("prison", "start", "wing", "cell", "arrived_as", "left_as", "release_planned_on")
        plain = ("id", "source", "person")


class Movement(Record):
    """A reception, move, release or new release date (`rules.movements.KINDS`), as it was learned from the extracts.

    how: of its lists, "" not told. learned_on: the day on which the service learned it; null where it was known before
    the service began to look. withdrawn_on: the day on which a later extract did not bear it out any more.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = words(10)
    on = models.DateField()
    how = words(20)
    from_prison = words()
    from_wing = words(30)
    to_prison = words()
    to_wing = words(30)
    planned_on = models.DateField(null=True)
    was_planned_on = models.DateField(null=True)
    learned_on = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)

    class Meta:
        indexes = (models.Index(fields=["on", "kind"], name="movements_of_a_day"),)

    class Privacy:
        personal = ("kind", "on", "how", "from_prison", "from_wing", "to_prison", "to_wing", "planned_on", "was_planned_on")
        plain = ("id", "person", "learned_on", "withdrawn_on")


class LastKnown(Record):
    """Where somebody was at the last look, and the release planned then: what a new extract is held against."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    prison = words()
    wing = words(30)
    planned_on = models.DateField(null=True)

    class Privacy:
        personal = ("prison", "wing", "planned_on")
        plain = ("id", "person")


class PutOff(Record):
    """A co-ordinator's duty of a kind, counted from `anchor`, is asked again on `until`. It is not done by that."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = words(20)
    anchor = models.DateField()
    until = models.DateField()
    reason = models.TextField()
    on = models.DateField()
    by = words(100)

    class Privacy:
        personal = ("reason", "anchor")
        plain = ("id", "person", "kind", "until", "on", "by")


class ReleasePlan(Record):
    """The plan for the release from the stay that began on `stay_start`. Its state follows from the facts (`rules.release_plan`).

    release_on: where no extract tells the day; else null. Each end has a post, and accepts for a day of release. gate_time as
    it is said, "09:30". first_outcome: whether the person came to the first appointment: "came", "did_not_come", "" not known.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    stay_start = models.DateField()
    release_on = models.DateField(null=True)
    prison_post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    community_post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    prison_accepted_for = models.DateField(null=True)
    prison_accepted_at = models.DateTimeField(null=True)
    prison_accepted_by = words(100)
    community_accepted_for = models.DateField(null=True)
    community_accepted_at = models.DateTimeField(null=True)
    community_accepted_by = words(100)
    gate_time = words(5)
    collected_by = words(100)
    address = words(200)
    first_appointment_on = models.DateField(null=True)
    first_appointment_at = words(5)
    first_appointment_with = words(100)
    first_outcome = words(12)
    first_outcome_at = models.DateTimeField(null=True)
    first_outcome_by = words(100)
    made_at = models.DateTimeField()
    made_by = words(100)
    completed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["person", "stay_start"], name="release_plan_of_a_stay"),)

    class Privacy:
        personal = (
            "release_on", "gate_time", "collected_by", "address", "first_appointment_on", "first_appointment_at",
            "first_appointment_with", "first_outcome",
        )  # fmt: skip
        plain = (
            "id", "person", "stay_start", "prison_post", "community_post", "prison_accepted_for", "prison_accepted_at",
            "prison_accepted_by", "community_accepted_for", "community_accepted_at", "community_accepted_by",
            "first_outcome_at", "first_outcome_by", "made_at", "made_by", "completed_at",
        )  # fmt: skip


class PlanCheck(Record):
    """An item of the pilot file that was checked off for a release; `undone`: it was found not to be so."""

    plan = models.ForeignKey(ReleasePlan, on_delete=models.PROTECT, related_name="checks")
    item = words(20)
    at = models.DateTimeField()
    by = words(100)
    undone = models.BooleanField(default=False)

    class Privacy:
        plain = ("id", "plan", "item", "at", "by", "undone")
