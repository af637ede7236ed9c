"""The forms of conversations, themes and quotations. None types a fact of a person of the pilot."""

from typing import Any

from django import forms

from throughcare.design.forms import ChoiceField, DayField, NumberField, TextField
from throughcare.strands.surveys import voices_models as m
from throughcare.strands.surveys.voices.words import COVERS, KINDS, LONGEST, PARTICIPANT

SPEAKERS = {"staff": "Staff or volunteers of an organisation", "participant": "Somebody whom the pilot serves"}
WHO = "The kind of organisation, such as CRC. Never who spoke"

BRACKETS = "Put [a colleague] for a name, [a place] for a place, [a day] for a day"


class SpeakerForm(forms.Form):
    """Who spoke: of which organisation, or somebody whom the pilot serves."""

    speaker = ChoiceField(label="Who spoke?", choices=SPEAKERS)
    organisation = TextField(label="Of which organisation?", help_text=WHO, longest=60, required=False)

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if told.pop("speaker", "") == "participant":
            told["organisation"] = PARTICIPANT
        elif not told.get("organisation"):
            self.add_error("organisation", "Enter the organisation of who spoke")
        return told


class ConversationForm(SpeakerForm):
    """A conversation that was held."""

    kind = ChoiceField(label="What was it?", choices=KINDS)
    on = DayField(label="On which day?")
    told = NumberField(label="How many spoke?", least=1, most=50)
    covers = ChoiceField(label="What did they agree to?", choices=COVERS)
    field_order = ("kind", "on", "speaker", "organisation", "told", "covers")


class VoiceConsentForm(forms.Form):
    """What they agree to now."""

    covers = ChoiceField(label="What do they agree to now?", choices=COVERS)
    on = DayField(label="On which day did they say so?")


class ThemeForm(forms.Form):
    """A theme."""

    title = TextField(label="Theme", longest=100)
    meaning = TextField(label="What belongs to it, and what does not", required=False, lines=3)


class LookedForm(forms.Form):
    """That somebody has looked at the words before they are shown."""

    looked = forms.BooleanField(label="I have looked: nothing in it tells who is meant", required=False)


class QuotationForm(LookedForm):
    """Words under a theme."""

    theme = ChoiceField(label="Theme", choices={}, few=False)
    text = TextField(label="Quotation", help_text=BRACKETS, lines=4, longest=LONGEST)
    field_order = ("theme", "text", "looked")

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["theme"].choices = [("", "Choose"), *((str(t.pk), t.title) for t in m.Theme.objects.order_by("title"))]


class MendQuotationForm(LookedForm):
    """Other words in place of these."""

    text = TextField(label="Quotation", help_text=BRACKETS, lines=4, longest=LONGEST)
    field_order = ("text", "looked")


class CodedForm(SpeakerForm):
    """A file of coding software, and what is the same of all its conversations."""

    file = forms.FileField(label="File", help_text="REFI-QDA (.qdpx or .qdc), or CSV: conversation, theme, quotation",
                           error_messages={"required": "Choose a file", "empty": "The file is empty"})  # fmt: skip
    kind = ChoiceField(label="What are its conversations?", choices=KINDS)
    on = DayField(label="On which day were they held?", also="Conversations known already keep theirs")
    covers = ChoiceField(label="What did they agree to?", choices=COVERS)
    field_order = ("file", "kind", "on", "speaker", "organisation", "covers")
