"""The forms of training, meetings and news. None types a fact of a person of the pilot."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from throughcare.casework.access.models import Account, Post
from throughcare.casework.access.policy import ROLES
from throughcare.casework.awareness import models as m
from throughcare.core.pilot import Pilot
from throughcare.design.forms import ChoiceField, DayField, NumberField, TextField, TimeField

STARS = {"5": "5, very useful", "4": "4, useful", "3": "3, of some use", "2": "2, of little use", "1": "1, of no use"}
MOST = 500
ROWS = "agency-"


def number(label: str, *, least: int = 0, help_text: str = "", required: bool = False) -> NumberField:
    """A whole number, typed with the number keys of a telephone."""
    return NumberField(label=label, least=least, most=MOST, help_text=help_text, required=required)


class ByAgencyForm(forms.Form):
    """How many came of each agency: a number beside each, by its place in `agencies`."""

    def ask(self, agencies: Iterable[str], initial: Mapping[str, int]) -> None:
        self.agencies = list(dict.fromkeys([*agencies, *initial]))
        for place, agency in enumerate(self.agencies):
            self.fields[f"{ROWS}{place}"] = number(agency, required=True)
            self.initial[f"{ROWS}{place}"] = initial.get(agency, 0)

    @property
    def rows(self) -> list[Any]:
        return [self[f"{ROWS}{place}"] for place in range(len(self.agencies))]

    def told(self) -> dict[str, int]:
        return {agency: self.cleaned_data[f"{ROWS}{place}"] for place, agency in enumerate(self.agencies)}


class TrainingForm(forms.Form):
    """An event of a training."""

    kind = ChoiceField(label="Training", choices={})
    on = DayField(label="On")
    at = TimeField(label="At", required=False)
    where = TextField(label="Where", longest=120)
    given_by = TextField(label="Given by", help_text="An organisation, not a person", longest=80)
    places = number("Places", least=1, help_text="Leave empty where there is no limit")

    def offer(self, pilot: Pilot) -> None:
        self.fields["kind"].choices = [(each.slug, each.name) for each in pilot.awareness.trainings]


class InviteRolesForm(forms.Form):
    """Whom a training is for: everybody who holds a post of these roles."""

    roles = forms.MultipleChoiceField(
        label="Whom do you invite?", choices=list(ROLES.items()), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one role"},
    )  # fmt: skip


class TrainingCameForm(ByAgencyForm):
    """Who came to a training: those on its list, one more who came without, and how many of each agency without an account."""

    came = forms.MultipleChoiceField(label="Who came?", required=False, widget=forms.CheckboxSelectMultiple)
    other = ChoiceField(label="Somebody who came without an invitation", choices={}, few=False, required=False, nothing="Nobody",
                        help_text="One at a time: keep it, then add the next")  # fmt: skip

    def offer(self, listed: Iterable[m.Attendee], others: Iterable[Account]) -> None:
        self.fields["came"].choices = [(str(a.account_id), f"{a.account.shown}, {ROLES.get(a.role, a.role)}") for a in listed]
        self.fields["other"].choices = [("", "Nobody"), *((str(each.pk), each.shown) for each in others)]


class TrainingUsefulForm(forms.Form):
    """How useful a training was."""

    stars = ChoiceField(label="How useful was it to you?", choices=STARS)
    comment = TextField(label="What should be kept, and what be otherwise?", required=False, lines=3, longest=1000,
                        help_text="Shown without your name. Write about no person")  # fmt: skip


class PartnerMeetingForm(forms.Form):
    """A meeting of the partners."""

    kind = ChoiceField(label="Meeting", choices={}, few=False)
    on = DayField(label="On")


class PartnerKeepForm(ByAgencyForm):
    """Who came to a meeting, and what was decided."""

    decided = TextField(label="What was decided", required=False, lines=4,
                        help_text="Everybody may read it. Write about no person")  # fmt: skip


class PartnerActionForm(forms.Form):
    """An action of a meeting, its owner and its day."""

    text = TextField(label="Action", lines=2, longest=500, asks="Write what is to be done", help_text="Write about no person")
    owner = ChoiceField(label="Who does it", choices={}, few=False)
    due_on = DayField(label="By when")

    def offer(self) -> None:
        posts = Post.objects.filter(closed_on=None).order_by("title", "pk")
        self.fields["owner"].choices = [("", "Choose"), *posts.values_list("slug", "title")]


class PartnerAnswerForm(PartnerActionForm):
    """What is said when an action is answered; with an owner and a day where it is given anew."""

    text = TextField(label="", lines=3, asks="Write it down")


class NewsForm(forms.Form):
    """News for everybody."""

    title = TextField(label="Title", longest=100)
    text = TextField(label="What is new", lines=5, help_text="In plain words. Everybody may read it: write about no person")
    until = DayField(label="Until when is it news?")
