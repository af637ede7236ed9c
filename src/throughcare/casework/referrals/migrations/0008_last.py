"""How a referral stands by what is on record, kept beside it: worked out here for those that there are."""

from typing import Any

from django.db import migrations, models
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

WORDS = {"blank": True, "default": ""}


def work_out(apps: Any, schema_editor: Any) -> None:
    events = apps.get_model("referrals", "ReferralEvent").objects.filter(referral=OuterRef("pk"), replaced_by=None)
    last = events.exclude(on=None).order_by("-on", "-place", "-pk")
    told = {field: Subquery(last.values(field)[:1]) for field in ("state", "on", "reason")}
    apps.get_model("referrals", "Referral").objects.update(
        last_state=Coalesce(told["state"], Value("")), last_on=told["on"], last_reason=Coalesce(told["reason"], Value(""))
    )


class Migration(migrations.Migration):
    dependencies = [("referrals", "0007_over_on")]
    operations = [
        migrations.AddField(model_name="referral", name="last_state", field=models.CharField(max_length=20, **WORDS)),
        migrations.AddField(model_name="referral", name="last_on", field=models.DateField(null=True)),
        migrations.AddField(model_name="referral", name="last_reason", field=models.CharField(max_length=40, **WORDS)),
        migrations.AddIndex(
            model_name="referralevent", index=models.Index(
                fields=["referral", "on", "place", "id"], name="referral_happened_last", condition=models.Q(replaced_by=None)
            ),
        ),
        migrations.RunPython(work_out, migrations.RunPython.noop),
    ]  # fmt: skip
