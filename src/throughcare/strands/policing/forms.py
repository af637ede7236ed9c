"""The forms of plans, items, taskings and uses. They type the sanitised product, never the intelligence itself."""

from collections.abc import Mapping, Sequence
from datetime import date

from django import forms

from throughcare.casework.access.models import Post
from throughcare.core.dates import day_in_words
from throughcare.design.forms import ChoiceField, DayField, TextField
from throughcare.rules import intelligence_plan as plan_rule
from throughcare.rules import taskings as tasking_rule
from throughcare.rules.intelligence_items import ASSESSMENTS, CONDITIONAL, HANDLING, SECTIONS, SHOWN_TO, SOURCES

FACT = "intelligence_plans"
SANITISED = (
    "Only the sanitised product. Nothing from which a source could be known: who said it, how it was learned, when it came. "
    "The intelligence itself stays in the force's system, under its number."
)


class RequestForm(forms.Form):
    """What a borough asks of the hub."""

    fact = FACT
    kind = ChoiceField(label="What do you ask for?", choices=plan_rule.KINDS)
    asks = TextField(
        label="What is it for, and what do you want to know?", lines=5, longest=1500,
        help_text="The purpose, and the question: for example, where and when they offend, for the release plan. " + SANITISED,
    )  # fmt: skip
    reference = TextField(
        label="The force's number of the profile that is added to", required=False, longest=40,
        help_text="Where no plan is on record here",
    )

    def offer(self, kinds: Sequence[str], *, has_plan: bool) -> None:
        """The kinds that may be asked for; the force's number only where there is no plan here to add to."""
        self.fields["kind"].choices = [(kind, plan_rule.KINDS[kind]) for kind in kinds]
        if len(kinds) == 1:
            self.fields["kind"].initial = kinds[0]
        if has_plan:
            del self.fields["reference"]


class PlanStepForm(forms.Form):
    """What a step of a plan asks: a reason, words, the force's number, a day."""

    fact = FACT
    reason = ChoiceField(label="Why?", choices={})
    text = TextField(label="What is said with it?", lines=4, longest=1000)
    reference = TextField(
        label="The force's number of the product", longest=40, help_text="Under which the intelligence itself is kept"
    )
    on = DayField(label="Day on which the borough asked")

    def ask(self, move: plan_rule.Move | None, *, has_reference: bool) -> None:
        """Only what this step asks; None: the day of a request that is not on record."""
        wanted = {"on"} if move is None else {
            *(["reason"] if move.reasons else []), *(["text"] if move.asks else []), *(["reference"] if move.reference else [])
        }  # fmt: skip
        for name in set(self.fields) - wanted:
            del self.fields[name]
        if move and move.reasons:
            self.fields["reason"].choices = list(move.reasons.items())
        if move and move.asks:
            self.fields["text"].label = move.asks
            self.fields["text"].help_text = SANITISED
        if "reference" in self.fields and has_reference:
            self.fields["reference"].required = False


def _coded(codes: Mapping[str, str]) -> dict[str, str]:
    """Each code with its words."""
    return {code: f"{code} {words}" for code, words in codes.items()}


class ItemForm(forms.Form):
    """One item of a plan, graded."""

    fact = FACT
    section = ChoiceField(label="Section", choices=SECTIONS, few=False)
    text = TextField(label="The item, sanitised", lines=6, longest=3000, help_text=SANITISED)
    source = ChoiceField(label="Evaluation of the source", choices=_coded(SOURCES))
    assessment = ChoiceField(label="Assessment of the information", choices=_coded(ASSESSMENTS), few=False)
    handling = ChoiceField(
        label="Handling", choices=_coded(HANDLING),
        help_text="A suggestion with code P is shown to whoever manages the person, and to the prison. "
                  "Other sections never leave the police",
    )  # fmt: skip
    shown_to = ChoiceField(
        label="With code C: who may be shown it", choices={key: words for key, (words, _) in SHOWN_TO.items()}, required=False,
        nothing="Code P: no condition",
    )  # fmt: skip
    conditions = TextField(
        label="With code C: the condition, in words", required=False, longest=200,
        help_text="For example, ask the hub before acting on it",
    )  # fmt: skip
    why = TextField(label="Why is it corrected?", longest=200)
    sure = forms.BooleanField(label="I have read it again: no source can be known by it", required=False)

    def fit(self, *, corrects: bool, warned: bool) -> None:
        """Why: only of a correction. To be sure: only where the words look like a source."""
        if not corrects:
            del self.fields["why"]
        if not warned:
            del self.fields["sure"]

    def clean(self) -> dict[str, object]:
        told = super().clean() or {}
        if told.get("handling") == CONDITIONAL:
            for name, words in (("shown_to", "Choose who may be shown it"), ("conditions", "Enter the condition")):
                if not told.get(name):
                    self.add_error(name, f"{words}: handling code C needs it")
        elif told.get("shown_to"):
            self.add_error("shown_to", "Code P has no condition: choose code C, or no condition")
        return told


class WithdrawForm(forms.Form):
    """Why an item stands no more."""

    fact = FACT
    why_gone = TextField(label="Why is it withdrawn?", longest=200)


def titles(posts: Sequence[Post]) -> dict[str, str]:
    return {post.slug: post.title for post in posts}


class TaskingForm(forms.Form):
    """A tasking that is given."""

    fact = FACT
    comes_from = ChoiceField(label="Where does it come from?", choices=tasking_rule.ORIGINS)
    text = TextField(label="What is to be done?", lines=4, longest=1000, help_text=SANITISED)
    owner = ChoiceField(label="Who does it?", choices={}, few=False)
    due_on = DayField(label="By which day?")

    def offer(self, posts: Sequence[Post]) -> None:
        self.fields["owner"].choices = [("", "Choose"), *titles(posts).items()]


class TaskingStepForm(forms.Form):
    """What a step of a tasking asks."""

    fact = FACT
    code = ChoiceField(label="What came of it?", choices={})
    on = DayField(label="Day on which it was done")
    text = TextField(label="In words", lines=3, longest=1000, help_text=SANITISED, required=False)
    owner = ChoiceField(label="Who does it?", choices={}, few=False)
    due_on = DayField(label="By which day?")

    def ask(self, move: tasking_rule.Move, posts: Sequence[Post]) -> None:
        """Only what this step asks."""
        unwanted = {"owner", "due_on"} if not move.anew else {"code"}
        if move.to != tasking_rule.DONE:
            unwanted = unwanted | {"on"}
            if not move.anew:
                self.fields["code"].label = "Why?"
        for name in unwanted:
            del self.fields[name]
        if "code" in self.fields:
            self.fields["code"].choices = list(move.codes.items())
        if move.anew:
            self.fields["owner"].choices = [("", "Choose"), *titles(posts).items()]


class UseForm(forms.Form):
    """Which plan for the person rests on it."""

    fact = FACT
    plan = ChoiceField(label="Which plan rests on it?", choices={})
    text = TextField(label="Where in it", required=False, longest=200, help_text="For example, the condition or the appointment")

    def offer(self, release_plans: Mapping[int, date]) -> None:
        """The release plans kept here by the day they were begun, and plans that are kept elsewhere."""
        here = {f"release:{number}": f"The release plan begun on {day_in_words(on)}" for number, on in release_plans.items()}
        elsewhere = {"release": "A release plan kept elsewhere" if here else "The release plan",
                     "resettlement": "The resettlement plan", "sentence": "The sentence plan"}  # fmt: skip
        self.fields["plan"].choices = [*here.items(), *elsewhere.items()]

    def chosen(self) -> tuple[str, int | None]:
        """The kind of plan, and of a release plan kept here its number."""
        kind, _, number = self.cleaned_data["plan"].partition(":")
        return kind, int(number) if number else None
