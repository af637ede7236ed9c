"""The form of a list that is pasted or typed."""

from datetime import datetime

from django import forms

from throughcare.core.clock import LONDON
from throughcare.design.forms import ChoiceField, DayField, TextField

EXAMPLE = "BRELLAN, Tavik; 14/03/1991; 10:30; court 2; custody; Theft from shop"


class PasteForm(forms.Form):
    """A court's list as it was copied or typed, a name a line. `corrects`: unread lines that it stands for."""

    court = ChoiceField(label="Court", choices={}, few=False)
    day = DayField(label="Day of the hearings")
    printed = forms.TimeField(
        label="Time at which it was printed", required=False, input_formats=["%H:%M", "%H.%M"], widget=forms.TextInput(),
        help_text="Today, as 07:45. A newer version of an entry that came already is not overwritten by an older list",
        error_messages={"invalid": "Enter a time of day, for example 07:45"},
    )  # fmt: skip
    text = TextField(
        label="The list", lines=14, longest=200_000, asks="Paste or type the list",
        help_text=f"One name a line, copied from the list or typed, with or without a line of headings. For example: {EXAMPLE}",
    )  # fmt: skip
    corrects = forms.CharField(required=False, widget=forms.HiddenInput())

    def issued_at(self, now: datetime) -> datetime | None:
        """When it was printed, on the London day of `now`; None where that was not said."""
        printed = self.cleaned_data["printed"]
        return datetime.combine(now.astimezone(LONDON).date(), printed, tzinfo=LONDON) if printed else None

    def lines_corrected(self) -> list[int]:
        return [int(number) for number in self.cleaned_data["corrects"].split(",") if number.isdigit()]
