"""Fields of forms in the service's way: a day is typed as people type it; a choice says what it means."""

from collections.abc import Mapping
from typing import Any

from django import forms

from throughcare.core.errors import MoneyError
from throughcare.core.money import Money

DAYS = ["%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d"]
TIMES = ["%H:%M", "%H.%M", "%I:%M%p", "%I.%M%p", "%I%p", "%H%M"]


def _with(help_text: str, also: str) -> str:
    return f"{help_text}. {also}" if also else help_text


class DayField(forms.DateField):
    """A day, as 5/7/2016 or 5 July 2016. Shown with the date picker where there is JavaScript. `also`: said after the help."""

    def __init__(
        self, *, label: str, help_text: str = "For example, 17/5/2016", also: str = "", required: bool = True
    ) -> None:  # fmt: skip
        super().__init__(
            label=label, help_text=_with(help_text, also), required=required, input_formats=DAYS,
            widget=forms.DateInput(format="%d/%m/%Y"),
            error_messages={
                "required": f"Enter a date: {label[:1].lower()}{label[1:]}",
                "invalid": "Enter a real date, for example 17/5/2016",
            },
        )  # fmt: skip


class TimeField(forms.TimeField):
    """A time of day in London, as 14:30, 2.30pm or 2pm. `also`: said after the help."""

    def __init__(
        self, *, label: str, help_text: str = "For example, 14:30 or 2.30pm", also: str = "", required: bool = True
    ) -> None:  # fmt: skip
        super().__init__(
            label=label, help_text=_with(help_text, also), required=required, input_formats=TIMES,
            widget=forms.TimeInput(format="%H:%M"),
            error_messages={
                "required": f"Enter a time: {label[:1].lower()}{label[1:]}", "invalid": "Enter a real time, for example 14:30"
            },
        )  # fmt: skip

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace(" ", "") if isinstance(value, str) else value)


class ChoiceField(forms.ChoiceField):
    """One of a coded list, as radio buttons; `few=False`: as a select. `nothing`: what choosing none is called where one may."""

    def __init__(
        self, *, label: str, choices: Mapping[str, str], help_text: str = "", required: bool = True, few: bool = True,
        nothing: str = "Any",
    ) -> None:
        listed: list[tuple[str, str]] = list(choices.items())
        if not few or not required:
            listed = [("", "Choose" if required else nothing), *listed]
        super().__init__(
            label=label, choices=listed, help_text=help_text, required=required,
            widget=forms.RadioSelect if few and required else forms.Select,
            error_messages={"required": f"Choose: {label[:1].lower()}{label[1:]}", "invalid_choice": "Choose one of the list"},
        )  # fmt: skip


class TextField(forms.CharField):
    """Words: of one line, or of several."""

    def __init__(
        self, *, label: str, help_text: str = "", required: bool = True, lines: int = 1, longest: int = 2000, asks: str = ""
    ) -> None:
        widget = forms.Textarea(attrs={"rows": lines}) if lines > 1 else forms.TextInput()
        super().__init__(
            label=label, help_text=help_text, required=required, max_length=longest, widget=widget,
            error_messages={"required": asks or f"Enter {label[:1].lower()}{label[1:]}"},
        )  # fmt: skip


class ChoicesField(forms.MultipleChoiceField):
    """Any number of a coded list, as checkboxes."""

    def __init__(self, *, label: str, choices: Mapping[str, str], help_text: str = "", required: bool = False) -> None:
        super().__init__(
            label=label, choices=list(choices.items()), help_text=help_text, required=required,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": f"Choose: {label[:1].lower()}{label[1:]}", "invalid_choice": "Choose from the list"},
        )  # fmt: skip


class NumberField(forms.IntegerField):
    """A whole number within bounds."""

    def __init__(self, *, label: str, least: int, most: int, help_text: str = "", required: bool = True) -> None:
        said = f"Enter a whole number from {least} to {most}"
        super().__init__(
            label=label, help_text=help_text, required=required, min_value=least, max_value=most,
            widget=forms.TextInput(attrs={"inputmode": "numeric"}),
            error_messages={"required": said, "invalid": said, "min_value": said, "max_value": said},
        )  # fmt: skip


class PoundsField(TextField):
    """An amount in pounds as people type it, not below nothing; cleaned to whole pence, None where none need be typed."""

    def __init__(self, *, label: str, help_text: str = "For example, 64.50", required: bool = True) -> None:
        super().__init__(label=label, help_text=help_text, longest=12, asks="Enter an amount in pounds", required=required)
        self.widget.attrs["inputmode"] = "decimal"

    def clean(self, value: str) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            pence = Money.from_pounds(text).pence
        except MoneyError as error:
            raise forms.ValidationError("Enter pounds, with pence after a point, for example 64.50") from error
        if pence < 0:
            raise forms.ValidationError("Enter an amount that is not below nothing")
        return pence


def whole_hours(form: forms.Form, start: str, end: str, *, needed: bool = False) -> None:
    """For `clean`: of a part of the day, both ends or neither; `needed`: both. The error stands at the end that lacks."""
    given = form.cleaned_data
    for name, other in ((start, end), (end, start)):
        if name not in form.errors and not given.get(name) and (needed or given.get(other)):
            form.add_error(name, "Enter both times" if needed else "Enter both times, or neither")


def refused(form: forms.Form, error: Any, field: str | None = None) -> None:
    """An action's refusal as an error of the form, in two sentences: what is wrong, and the mend."""
    what, mend = str(error.what).rstrip("."), str(error.mend).rstrip(".")
    form.add_error(field, f"{what}. To mend it, {mend}.")
