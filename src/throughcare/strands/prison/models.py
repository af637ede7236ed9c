"""What the prison co-ordinators do for a person."""

from django.db import models

from throughcare.casework.imports.models import Fact
from throughcare.casework.people.models import Person, one_a_source, words

TASK_KINDS = (
    "notify_manager", "notify_prison", "flag_on_delius", "identify_services", "refer", "case_discussion", "refer_to_iom",
    "feed_back_to_panel",
)  # fmt: skip


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
