"""What is asked at signing, at an oral delivery, of an enquiry and of a check."""

from collections.abc import Mapping
from typing import Any

from django import forms

from throughcare.design.forms import ChoiceField, DayField, TextField
from throughcare.strands.courts.reports.items import ITEMS, VERDICTS

FACT = "court_reports"
LATE = {
    "learned_too_late": "We learned of the case too late", "sent_to_crown": "It was sent to the Crown Court",
    "failed_to_attend": "The person did not come", "assessment": "An assessment was waited for", "other": "Another reason",
}  # fmt: skip
THEN = {"deliver": "Sign it and deliver it to the court today", "sign": "Sign it now, and deliver it later"}
STARTED = {"fast": "Fast delivery report", "standard": "Standard delivery report"}


class LateForm(forms.Form):
    """Why a report is late; asked only where it is, and nobody said so at the miss."""

    fact = FACT
    late_reason = ChoiceField(label="Why is it late?", choices=LATE)
    late_text = TextField(label="What happened, in a few words?", help_text="Needed for another reason", required=False,
                          longest=300)  # fmt: skip

    def __init__(self, sent: Any = None, *, late: bool, **options: Any) -> None:
        super().__init__(sent, **options)
        if not late:
            del self.fields["late_reason"], self.fields["late_text"]

    @property
    def reason(self) -> dict[str, str]:
        """The reason as the actions take it; empty where none was asked for."""
        return {name: self.cleaned_data.get(name, "") for name in ("late_reason", "late_text")}


class SignForm(LateForm):
    """What happens with the signed version."""

    then = ChoiceField(label="What happens now?", choices=THEN)
    field_order = ("then", "late_reason", "late_text")

    def __init__(self, sent: Any = None, *, late: bool, delivered: bool, **options: Any) -> None:
        super().__init__(sent, late=late and not delivered, **options)
        if delivered:
            del self.fields["then"]
        elif sent is not None and sent.get("then") == "sign" and "late_reason" in self.fields:
            self.fields["late_reason"].required = False


class BeginForm(forms.Form):
    """Which kind of report the court has asked for."""

    fact = FACT
    kind = ChoiceField(label="Which report did the court ask for?", choices=STARTED)


class CorrectForm(forms.Form):
    """What the next version puts right."""

    fact = FACT
    why = TextField(label="What has to be put right?", longest=300, asks="Enter what has to be put right")


class EnquiryForm(forms.Form):
    """Of whom, and what."""

    fact = FACT
    whom = ChoiceField(label="Of whom?", choices={})
    question = TextField(label="What do you ask?", lines=3, longest=300)
    asked_on = DayField(label="When was it asked?", help_text="Today, unless you asked earlier")

    def __init__(self, sent: Any = None, *, names: Mapping[str, str], **options: Any) -> None:
        super().__init__(sent, **options)
        self.fields["whom"].choices = list(names.items())  # type: ignore[attr-defined]


class AnsweredForm(forms.Form):
    """What came back: words, or that nothing is known."""

    fact = FACT
    answered_on = DayField(label="When did the answer come?")
    nothing_known = forms.BooleanField(label="They know nothing", required=False)
    answer = TextField(
        label="What did they answer?", lines=4, required=False, longest=4000,
        help_text="Their words. Leave it empty if they know nothing. It is not put in the report by itself.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        said = bool(told.get("answer", "").strip())
        if not said and not told.get("nothing_known"):
            self.add_error("answer", "Enter what they answered, or tick that they know nothing")
        if said and told.get("nothing_known"):
            self.add_error("nothing_known", "Tick this only where there is no answer in words")
        return told


class QualityForm(forms.Form):
    """The short list, an item a question."""

    fact = FACT
    note = TextField(label="What should its author know?", lines=4, required=False, longest=2000)

    def __init__(self, sent: Any = None, **options: Any) -> None:
        super().__init__(sent, **options)
        note = self.fields.pop("note")
        for item, words in ITEMS.items():
            self.fields[item] = ChoiceField(label=words, choices=VERDICTS)
        self.fields["note"] = note
