"""What is typed about a study or a model: its text, its name, why it changes, and whether outcomes had been seen."""

from typing import Any

from django import forms

from throughcare.core.errors import UserError
from throughcare.design.forms import ChoiceField, TextField

LONGEST = 100_000
SEEN = {"no": "No: nobody has looked at outcomes of these people by group", "yes": "Yes, or I am not sure"}


class WholeTextField(TextField):
    """A file's text: kept to the last letter, with line ends as files have them, so that its digest is the file's."""

    def __init__(self, *, label: str, help_text: str, asks: str) -> None:
        super().__init__(label=label, help_text=help_text, lines=24, longest=LONGEST, asks=asks)
        self.strip = False

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


class NameField(forms.SlugField):
    """A name as part of an address."""

    def __init__(self) -> None:
        said = "Enter a name in small letters, digits and hyphens, such as impact-2016"
        super().__init__(
            label="Name", help_text="Small letters, digits and hyphens, such as impact-2016. It cannot be changed later.",
            max_length=60, error_messages={"required": said, "invalid": said},
        )  # fmt: skip

    def clean(self, value: Any) -> str:
        name = str(super().clean(value))
        if name == "new":
            raise forms.ValidationError("Enter another name: new is the page that makes one")
        return name


class TextOrFileForm(forms.Form):
    """A text pasted, or the same as a file, which then stands in the place of the text."""

    file = forms.FileField(label="A file (TOML)", required=False, help_text="Or paste the text below. A file takes its place.")


class RegisterForm(TextOrFileForm):
    """A protocol, before anything is kept."""

    name = NameField()
    text = WholeTextField(label="Protocol", asks="Choose a file, or paste the protocol",
                          help_text="It is checked first; nothing is kept until you have seen it once more.")  # fmt: skip
    seen = ChoiceField(label="Have its outcomes been seen already?", choices=SEEN,
                       help_text="If they have, the study says so for good. It may still be worth doing.")  # fmt: skip
    how = TextField(label="How they were seen", required=False, lines=2, help_text="If you said yes")

    field_order = ("name", "file", "text", "seen", "how")

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if told.get("seen") == "yes" and not told.get("how", "").strip():
            self.add_error("how", "Say how they were seen")
        return told


class AmendForm(TextOrFileForm):
    """A protocol that changes, and why."""

    text = WholeTextField(label="Protocol, amended", asks="Choose a file, or paste the protocol",
                          help_text="Earlier versions stay and can be read beside it.")  # fmt: skip
    why = TextField(label="Why it changes", lines=3, asks="Say why it changes")


class ValueForm(TextOrFileForm):
    """A cost-benefit model. A name that is there already is given a new version."""

    name = NameField()
    text = WholeTextField(
        label="Model", asks="Choose a file, or paste the model",
        help_text='Costs, benefit lines and unit costs. A benefit may name a registered study: study = "impact".',
    )  # fmt: skip

    field_order = ("name", "file", "text")


def at_its_line(form: forms.Form, error: UserError, field: str = "text") -> None:
    """A refusal with the line or the key that it is about."""
    record = str(error.record).removeprefix("throughcare: ")
    expected = f" Expected: {error.expected}." if error.expected else ""
    form.add_error(field, f"{str(error.what).rstrip('.')} ({record}).{expected} To mend it, {str(error.mend).rstrip('.')}.")
