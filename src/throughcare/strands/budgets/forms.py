"""What is asked about a budget."""

from django import forms

from throughcare.casework.pilot import current_pilot
from throughcare.design.forms import ChoiceField, DayField, PoundsField, TextField
from throughcare.strands.budgets.codes import OUTCOMES

FACT = "budgets"


class OpenForm(forms.Form):
    """From which day a woman has her place."""

    fact = FACT
    on = DayField(label="From which day?")


class AskForPurchaseForm(forms.Form):
    """Something to be bought. `offer`: the suppliers of the pilot file; any may be named where it has none."""

    fact = FACT
    description = TextField(label="What is to be bought?", help_text="As it is to be on the order", longest=200)
    provider = TextField(label="From whom?", longest=100)
    pence = PoundsField(label="What does it cost?")
    now = forms.BooleanField(required=False)

    def offer(self) -> None:
        budgets = current_pilot().budgets
        if budgets.suppliers:
            self.fields["provider"] = ChoiceField(label="From whom?", choices={name: name for name in budgets.suppliers})
        if budgets.categories:
            self.fields["category"] = _category(budgets.categories)
        self.fields["now"].label = f"Buy it today: I approve it myself, as it costs £{budgets.small_limit} or less"
        self.order_fields(["description", "category", "provider", "pence", "now"])


class StepForm(forms.Form):
    """The day of a step."""

    fact = FACT
    on = DayField(label="On which day?")


class DeliverForm(StepForm):
    """What came, by its worth."""

    pence = PoundsField(label="What is what came worth?", help_text="What did not come is available again. 0 where nothing came")


class ResultForm(forms.Form):
    """What a purchase did for the person."""

    fact = FACT
    outcome = ChoiceField(label="Did it do what it was for?", choices=OUTCOMES)
    words = TextField(label="What did it do for her?", lines=3, longest=500)

    def offer(self) -> None:
        """Asks for the category too, where the pilot file has some."""
        if categories := current_pilot().budgets.categories:
            self.fields["category"] = _category(categories)


def _category(names: tuple[str, ...]) -> ChoiceField:
    return ChoiceField(label="What kind of thing is it?", choices={name: name for name in names}, few=False)
