"""The forms of designing a survey and of saying who is asked. None types a fact of a person of the pilot."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from throughcare.casework.access.policy import ROLES
from throughcare.casework.pilot import current_pilot
from throughcare.design.forms import ChoiceField, ChoicesField, DayField, NumberField, TextField
from throughcare.strands.surveys.asking.queries import GROUP_OF, Invitee
from throughcare.strands.surveys.made.questions import AUDIENCES, KINDS, LONGEST_OPTION, SCALES_SHOWN, Asked, library, made

MOST_SLIPS = 200


class SurveyForm(forms.Form):
    """A new survey."""

    title = TextField(label="What is the survey called?", help_text="Who answers sees it", longest=100)
    purpose = TextField(label="What is it for?", help_text="Who answers reads this first: why you ask, and what becomes of it",
                        lines=4, longest=1000)  # fmt: skip


class SurveyQuestionForm(forms.Form):
    """One question."""

    same_as = ChoiceField(label="Is it a question of an earlier survey?", choices={}, required=False, nothing="No, a new one",
                          help_text="Then it has the same words, and its answers can be compared with the earlier")  # fmt: skip
    text = TextField(label="The question or statement", required=False, longest=300, lines=2)
    kind = ChoiceField(label="How is it answered?", choices=KINDS, required=False, nothing="Choose")
    scale = ChoiceField(label="On which scale?", choices=SCALES_SHOWN, required=False, nothing="None: it is no statement")
    options = TextField(label="The answers of the list", required=False, lines=5, longest=600,
                        help_text=f"One on a line, each of at most {LONGEST_OPTION} characters")  # fmt: skip
    asked_of = ChoicesField(label="Whom is it asked of?", choices=AUDIENCES, required=True)

    def __init__(self, data: Any, *, initial: dict[str, Any], new: bool) -> None:
        super().__init__(data, initial=initial)
        if new:
            self.fields["same_as"].choices = [("", "No, a new one"), *((slug, q.text) for slug, q in library().items())]
        else:
            del self.fields["same_as"]

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if not told.get("same_as"):
            for name, words in (("text", "Enter the question"), ("kind", "Choose how it is answered")):
                if not told.get(name) and name not in self.errors:
                    self.add_error(name, words)
            if told.get("kind") == "statement" and not told.get("scale"):
                self.add_error("scale", "Choose the scale of the statement")
            if told.get("kind") in ("one", "several") and not self.listed:
                self.add_error("options", "Enter the answers, one on a line")
        return told

    @property
    def listed(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data.get("options", "").splitlines() if line.strip()]

    def told(self, slug: str) -> Asked:
        """The question; `slug` is that of a new one. `QuestionRefused` says what does not fit."""
        told = self.cleaned_data
        if same := library().get(told.get("same_as", "")):
            return made(**same.model_dump() | {"asked_of": told["asked_of"]})
        kind = told["kind"]
        return made(slug=slug, text=told["text"], kind=kind, scale=told["scale"] if kind == "statement" else "",
                    options=self.listed if kind in ("one", "several") else [], asked_of=told["asked_of"])  # fmt: skip


class SurveyWaveForm(forms.Form):
    """When a wave is open."""

    opens_on = DayField(label="First day on which it can be answered")
    closes_on = DayField(label="Day on which it closes", also="It cannot be answered on that day any more")


class AskPostsForm(forms.Form):
    """Whoever holds posts of these roles is asked, by e-mail."""

    roles = ChoicesField(label="Who holds a post in the service", choices={r: ROLES[r] for r in ROLES if r in GROUP_OF},
                         required=True)  # fmt: skip


class OfAKindForm(forms.Form):
    """The kind of respondent, and the organisation and borough that are told of all of them."""

    group = ChoiceField(label="What are they?", choices=AUDIENCES)
    organisation = TextField(label="Kind of organisation", help_text="For example, Police. Not a team, not a person",
                             required=False, longest=60)  # fmt: skip
    borough = ChoiceField(label="Borough", choices={}, required=False, nothing="None in particular")

    def __init__(self, data: Any, **told: Any) -> None:
        super().__init__(data, **told)
        self.fields["borough"].choices = [("", "None in particular"), *((b, b) for b in current_pilot().boroughs)]

    @property
    def kind(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("group", "organisation", "borough")}


class AskAddressesForm(OfAKindForm):
    """Others, by e-mail."""

    addresses = TextField(label="Their e-mail addresses", help_text="One on a line. They are forgotten when the wave closes",
                          lines=6, longest=20_000)  # fmt: skip

    def clean_addresses(self) -> list[str]:
        found = list(dict.fromkeys(self.cleaned_data["addresses"].replace(",", " ").replace(";", " ").lower().split()))
        for each in found:
            try:
                validate_email(each)
            except ValidationError:
                raise forms.ValidationError(f"{each} is no e-mail address. Correct it, one on a line") from None
        return found

    def told(self) -> list[Invitee]:
        return [Invitee(address=each, **self.kind) for each in self.cleaned_data["addresses"]]


class HandOutForm(OfAKindForm):
    """Links without an address, to be handed out on paper."""

    number = NumberField(label="How many links?", least=1, most=MOST_SLIPS)

    def told(self) -> list[Invitee]:
        return [Invitee(**self.kind) for _ in range(self.cleaned_data["number"])]
