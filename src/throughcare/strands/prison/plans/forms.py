"""The form of a release plan."""

from collections.abc import Sequence
from datetime import date

from django import forms

from throughcare.casework.access.models import Post
from throughcare.design.forms import ChoiceField, DayField, TextField, TimeField
from throughcare.strands.prison.models import ReleasePlan
from throughcare.strands.prison.plans.actions import Details
from throughcare.strands.prison.plans.queries import Shown

FACT = "prison_tasks"


class GateTimeField(TimeField):
    """A time of day, kept as it is written: 09:30; "" where none is given."""

    def clean(self, value: object) -> str:
        told = super().clean(value)
        return f"{told:%H:%M}" if told else ""


class PlanForm(forms.Form):
    """Everything that a plan says. What is not known yet is left empty."""

    fact = FACT
    prison_post = ChoiceField(label="Who has it on the prison's side?", choices={}, few=False, required=False)
    community_post = ChoiceField(label="Who has it on the community's side?", choices={}, few=False, required=False)
    release_on = DayField(label="Day of release", required=False)
    gate_time = GateTimeField(label="Time at the gate", help_text="For example, 9:30", required=False)
    collected_by = TextField(label="Who collects them?", help_text="Name and telephone", required=False, longest=100)
    address = TextField(label="Where do they go?", help_text="The address for the first night", required=False, longest=200)
    first_appointment_on = DayField(
        label="Day of the first appointment", help_text="On the day of release or the next working day", required=False
    )
    first_appointment_at = GateTimeField(label="Time of the first appointment", required=False)
    first_appointment_with = TextField(label="With whom and where?", required=False, longest=100)

    def offer(self, shown: Shown, prison: Sequence[Post], community: Sequence[Post]) -> None:
        """Who may be named at each end; the day of release is asked only where no extract tells it."""
        for name, posts in (("prison_post", prison), ("community_post", community)):
            named = getattr(shown.plan, name)
            all_of = {post.slug: post.title for post in (*posts, *([named] if named else []))}
            self.fields[name].choices = [("", "Nobody yet"), *all_of.items()]
        if shown.from_extract:
            del self.fields["release_on"]

    def details(self) -> Details:
        told = dict(self.cleaned_data)
        posts = {post.slug: post for post in Post.objects.filter(slug__in=[told["prison_post"], told["community_post"]])}
        ends = {name: posts.get(told.pop(name)) for name in ("prison_post", "community_post")}
        return Details(**ends, **told)


def initial(plan: ReleasePlan) -> dict[str, str | date | None]:
    """The plan as the form shows it."""
    names = [name for name in PlanForm.base_fields if not name.endswith("_post")]
    ends = {name: getattr(getattr(plan, name), "slug", "") for name in ("prison_post", "community_post")}
    return ends | {name: getattr(plan, name) for name in names}
