"""What is typed about a finding."""

from django import forms

from throughcare.design.forms import ChoiceField, TextField
from throughcare.strands.tagging.checks.words import DECISIONS
from throughcare.strands.tagging.fields import FACT


class TagReviewForm(forms.Form):
    """What is decided of a finding."""

    fact = FACT
    decision = ChoiceField(label="What do you decide?", choices=DECISIONS)
    reason = TextField(label="Why?", lines=2, longest=300)
