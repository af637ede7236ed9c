"""What a month's figures were on an earlier day."""

from django.db import models

from throughcare.casework.audit.models import Record


class Keeping(Record):
    """The figures of the last months were looked at on this day; those that had changed are kept with it."""

    on = models.DateField(unique=True)

    class Privacy:
        plain = ("id", "on")


class KeptFigure(Record):
    """A month's figure as it was told from that day on, until the next one kept of it.

    month: its first day. value: unrounded, null where there was none. provisional: not all returns were in.
    """

    keeping = models.ForeignKey(Keeping, on_delete=models.PROTECT, related_name="figures")
    slug = models.CharField(max_length=80)
    group = models.CharField(max_length=120)
    month = models.DateField()
    value = models.FloatField(null=True)
    provisional = models.BooleanField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["slug", "group", "month", "keeping"], name="a_figure_is_kept_once_a_day"),
        )

    class Privacy:
        plain = ("id", "keeping", "slug", "group", "month", "value", "provisional")
