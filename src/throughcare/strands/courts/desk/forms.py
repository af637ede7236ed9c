"""What is typed at the court desk: as little as a courtroom leaves time for."""

from django import forms

from throughcare.design.forms import ChoiceField, DayField, TextField

PLEAS = {"guilty": "Guilty", "not_guilty": "Not guilty", "found_guilty": "Found guilty after trial"}
TIMES = ["%H:%M", "%H.%M", "%H%M"]


class DeskForm(forms.Form):
    """Which desk, and the key by which what is sent twice is kept once. By itself: that a case is taken or handed back."""

    fact = "court_cases"
    court = forms.CharField(widget=forms.HiddenInput, max_length=60)
    on = forms.DateField(widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput)


class TimeForm(DeskForm):
    """With the time at which it happened."""

    at = forms.TimeField(
        label="Time in court", help_text="For example, 10:40", required=False, input_formats=TIMES,
        widget=forms.TimeInput(format="%H:%M", attrs={"inputmode": "numeric"}),
        error_messages={"invalid": "Enter a time of day, for example 10:40"},
    )  # fmt: skip


class DeskNoteForm(DeskForm):
    """A note of today."""

    fact = "notes"
    text = TextField(label="Note", lines=3, asks="Write the note")


class DeskPleaForm(TimeForm):
    """A plea, or a finding after trial."""

    text = ChoiceField(label="Plea", choices=PLEAS)


class DeskAdjournedForm(TimeForm):
    """The case goes on on another day."""

    until = DayField(label="Adjourned to")
