"""The questions of a link as a form. Every one may be left out."""

from collections.abc import Sequence
from typing import Any

from django import forms

from throughcare.design.forms import ChoiceField, ChoicesField, TextField
from throughcare.strands.surveys.made.questions import LONGEST_TEXT, Asked

DOES_NOT_APPLY = ("not_applicable", "Does not apply to me")
NONE = ("none", "None of these")
IN_WORDS = "Name nobody, and no place or day that would tell whom you mean. Your words may be quoted"


class SurveyAnswersForm(forms.Form):
    """Each question by its place: q1, q2, ..."""

    def __init__(self, data: Any, *, questions: Sequence[Asked]) -> None:
        super().__init__(data)
        self.asked = {f"q{place}": each for place, each in enumerate(questions, start=1)}
        for place, (name, each) in enumerate(self.asked.items(), start=1):
            self.fields[name] = _field(each, f"{place}. {each.text}")

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        for name, each in self.asked.items():
            given = told.get(name) or []
            if each.kind == "several" and NONE[0] in given and len(given) > 1:
                self.add_error(name, f"Choose \"{NONE[1]}\", or the answers that fit, not both")
        return told

    @property
    def answers(self) -> dict[str, str]:
        """The code of each question answered; of several of a list, a yes or no to each, where any is ticked or none fits."""
        found: dict[str, str] = {}
        for name, each in self.asked.items():
            given = self.cleaned_data.get(name)
            if not given or each.kind == "text":
                continue
            if each.kind == "several":
                found |= {each.part(n): "yes" if code in given else "no" for n, (code, _) in enumerate(each.choices, start=1)}
            else:
                found[each.slug] = given
        return found

    @property
    def comments(self) -> dict[str, str]:
        return {each.slug: self.cleaned_data.get(name, "") for name, each in self.asked.items() if each.kind == "text"}

    @property
    def rows(self) -> list[tuple[str, str]]:
        """Each question with what was answered, in words."""
        return [(self.fields[name].label, self._words(name, each) or "Left out") for name, each in self.asked.items()]

    def _words(self, name: str, each: Asked) -> str:
        given = self.cleaned_data.get(name) or ""
        if each.kind == "text":
            return given
        words = dict([*each.choices, NONE, DOES_NOT_APPLY])
        return ", ".join(words[code] for code in (given if isinstance(given, list) else [given]) if code)


def _field(each: Asked, label: str) -> forms.Field:
    if each.kind == "text":
        return TextField(label=label, help_text=IN_WORDS, required=False, lines=4, longest=LONGEST_TEXT)
    if each.kind == "several":
        return ChoicesField(label=label, choices=dict([*each.choices, NONE]), help_text="Tick all that fit")
    field = ChoiceField(label=label, choices=dict([*each.choices, DOES_NOT_APPLY]))
    field.required = False
    return field
