"""What is typed about a draft: its period, a chapter's text, when it comes out and what changed, why it is withdrawn."""

from typing import Any

from django import forms

from throughcare.design.forms import ChoiceField, DayField, TextField

AUDIENCES = {
    "public": "The public: small numbers are withheld, and two people approve it",
    "governance": "The governance group: every figure, not for publication",
}
LONGEST = 100_000


class DraftForm(forms.Form):
    """A period and an audience."""

    since = DayField(label="First day of the period")
    until = DayField(label="Last day of the period")
    audience = ChoiceField(label="Who is it for?", choices=AUDIENCES)

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if told.get("since") and told.get("until") and told["until"] < told["since"]:
            self.add_error("until", "Enter a last day that is not before the first")
        return told


class ChapterForm(forms.Form):
    """A chapter's text, and which one was opened: two people at once do not overwrite each other."""

    text = TextField(
        label="Text", lines=24, longest=LONGEST, required=False,
        help_text="Markdown. Figures by name, such as {psr.cases[total]}. Empty: the report's own words.",
    )  # fmt: skip
    after = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class ForwardForm(forms.Form):
    """When it comes out, and what changed."""

    embargo_on = DayField(label="On which day is it published?", also="It comes out at 9:30am. Nobody outside sees it before")
    why = TextField(label="What has changed since the last version, and why?", required=False, lines=4,
                    help_text="Published with it. The figures that changed are listed beside it.")  # fmt: skip


class NoticeForm(forms.Form):
    """What stands in the place of a publication that is withdrawn."""

    notice = TextField(label="Why is it withdrawn?", lines=4, asks="Say why it is withdrawn",
                       help_text="If it was published, this notice stays in its place for good.")  # fmt: skip
