"""What is said before positions are shown."""

from django import forms

from throughcare.design.forms import ChoiceField, DayField, TextField
from throughcare.strands.tagging.tracks.words import PURPOSES


class LookForm(forms.Form):
    """Why, and of which days."""

    purpose = ChoiceField(label="Why do you need to see positions?", choices=PURPOSES)
    text = TextField(label="What do you need to know?", help_text="It is kept, and the person may be told of it", lines=3,
                     longest=300, asks="Say what you need to know")  # fmt: skip
    first = DayField(label="From")
    last = DayField(label="To, that day included")
