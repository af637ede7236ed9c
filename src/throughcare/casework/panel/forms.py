"""The forms of a panel."""

from collections.abc import Iterable

from django import forms

from throughcare.casework.access.models import Post
from throughcare.casework.cohort.models import RATINGS
from throughcare.casework.panel.room import IN_THE_ROOM
from throughcare.design.forms import ChoiceField, DayField, TextField


class PlanForm(forms.Form):
    """When the next panel is."""

    fact = "panel"
    borough = ChoiceField(label="Borough", choices={}, few=False)
    on = DayField(label="On")


class InviteForm(forms.Form):
    """Who is asked to the panel, and what they bring."""

    fact = "panel"
    post = ChoiceField(label="Who", choices={}, few=False)
    bring = TextField(label="What they are asked to bring", required=False, longest=300)

    def offer(self) -> None:
        """Every post that can be asked to a panel."""
        posts = Post.objects.filter(role__in=IN_THE_ROOM, closed_on=None).order_by("title")
        self.fields["post"].choices = [("", "Choose"), *posts.values_list("slug", "title")]


class NumberForm(forms.Form):
    """Somebody added by hand."""

    fact = "panel"
    number = TextField(label="CRN, PNC or prison number", longest=30)


class DecideForm(forms.Form):
    """A decision, as it is said. Without `rag` where not everybody may see it."""

    fact = "panel"
    text = TextField(label="Decision", lines=3, asks="Write what was decided, or choose No change")
    rag = forms.ChoiceField(
        label="Red, amber or green", required=False, choices=[("", "Stays as it is"), *((rag, rag) for rag in RATINGS)]
    )


class GiveForm(forms.Form):
    """An action, its owner and its day."""

    fact = "panel"
    words = TextField(label="Action", lines=2, longest=500, asks="Write what is to be done")
    owner = ChoiceField(label="Who does it", choices={}, few=False)
    due_on = DayField(label="By when")

    def offer(self, owners: Iterable[Post]) -> None:
        self.fields["owner"].choices = [("", "Choose"), *((post.slug, post.title) for post in owners)]


class AddendumForm(forms.Form):
    """What is added to a closed record."""

    fact = "panel"
    addendum = TextField(label="What is added or put right?", lines=3, asks="Write what is added")


class MoveActionForm(GiveForm):
    """What is said when an action is answered; with an owner and a day where it is given anew."""

    words = TextField(label="", lines=3, asks="Write it down")


class AskForm(forms.Form):
    """Why somebody should be discussed."""

    fact = "panel"
    reason = TextField(
        label="Why should the panel discuss them?",
        help_text="The co-ordinator reads this, with your post. The room and other agencies are told only that it was asked",
        lines=3, longest=500, asks="Write why",
    )  # fmt: skip
