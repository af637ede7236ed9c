"""Since when a referral is over, kept beside it: worked out here for those that there are."""

from typing import Any

from django.db import migrations, models
from django.db.models import Case, OuterRef, Subquery, When
from django.db.models.lookups import In

CLOSED = ("completed", "ended_early", "declined", "withdrawn", "made_in_error")


def work_out(apps: Any, schema_editor: Any) -> None:
    events = apps.get_model("referrals", "ReferralEvent").objects.filter(referral=OuterRef("pk"), replaced_by=None)
    last = events.exclude(on=None).order_by("-on", "-place", "-pk")
    closed = In(Subquery(last.values("state")[:1]), CLOSED)
    then = Case(When(closed, then=Subquery(last.values("on")[:1])), default=None)
    apps.get_model("referrals", "Referral").objects.update(over_on=then)


class Migration(migrations.Migration):
    dependencies = [("referrals", "0005_workers")]
    operations = [
        migrations.AddField(model_name="referral", name="over_on", field=models.DateField(null=True)),
        migrations.AddIndex(
            model_name="referral", index=models.Index(fields=["provider", "service", "over_on"], name="referral_in_hand")
        ),
        migrations.RunPython(work_out, migrations.RunPython.noop),
    ]  # fmt: skip
