"""What is typed for an evidence pack."""

from django import forms

from throughcare.design.forms import TextField


class PackForm(forms.Form):
    """Who asked for it, and who states what is in it."""

    asked_by = TextField(label="Who asked for it?", help_text="Name, rank and force", longest=120, asks="Enter who asked for it")
    asked_reference = TextField(label="Reference of the request", longest=60)
    asked_for = TextField(label="What was asked for?", lines=3, longest=500, asks="Enter what was asked for")
    witness = TextField(label="Who makes the statement?", help_text="The name as it stands under it", longest=100,
                        asks="Enter who makes the statement")  # fmt: skip
    post = TextField(label="In which post?", longest=100, asks="Enter the post")
