"""The steps of a request as its page offers them: the form of each, what it does, and what is said of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from throughcare.casework.access.reader import Reader
from throughcare.casework.subject_access import actions
from throughcare.casework.subject_access.items import Item, holders_of
from throughcare.casework.subject_access.models import CAME_BY, GIVEN_BY, PROOF, REASONS, Request
from throughcare.casework.subject_access.queries import controllers_of
from throughcare.casework.subject_access.states import OPEN
from throughcare.core.dates import day_in_words
from throughcare.core.pilot import OURS
from throughcare.core.working_days import add_working_days
from throughcare.design.forms import ChoiceField, DayField, TextField

DAYS_TO_ANSWER = 10
LONGER = {"complex": "There is a great deal, or it is complex", "many": "They have made several requests"}


class ReceiveForm(forms.Form):
    """A request as it came."""

    name = TextField(label="Name, as it was given", longest=200, asks="Enter the name, as it was given")
    numbers = TextField(label="Date of birth and numbers, as given", longest=200, required=False)
    asked_for = TextField(label="What do they ask for?", lines=3, required=False)
    came_by = ChoiceField(label="How did it come?", choices=CAME_BY)
    received_on = DayField(label="On which day did it come?")


class RuleForm(forms.Form):
    """What is decided of the items chosen."""

    given = ChoiceField(label="What is decided of those chosen?", choices={"yes": "Give", "no": "Withhold"})
    reason = ChoiceField(label="Why withheld", choices=REASONS, few=False, required=False)
    note = TextField(label="Why it holds here", help_text="For health: which clinician advised what, on which day", lines=3,
                     required=False)  # fmt: skip


class WhyForm(forms.Form):
    """Why a step is taken."""

    why = TextField(label="Why?", lines=3, asks="Write why")

    def __init__(self, told: Any = None, *, found: Request | None = None, day: date | None = None) -> None:
        super().__init__(told)


class ProofForm(forms.Form):
    """How it was checked who they are."""

    how = ChoiceField(label="How was it checked who they are?", choices=PROOF)
    on = DayField(label="On which day?")

    def __init__(self, told: Any, *, found: Request, day: date) -> None:
        super().__init__(told, initial={"on": day})


class AskForm(forms.Form):
    """By when the controllers answer."""

    answer_by = DayField(label="By which day must they answer?")

    def __init__(self, told: Any, *, found: Request, day: date) -> None:
        by = add_working_days(day, DAYS_TO_ANSWER)
        super().__init__(told, initial={"answer_by": min(by, found.due_on or by)})


class ReplyForm(forms.Form):
    """What a controller answered."""

    controller = ChoiceField(label="Who answered?", choices={})
    words = TextField(label="What must be kept back, and why?", help_text='In their words; "nothing", if so', lines=3,
                      asks="Write what they answered")  # fmt: skip

    def __init__(self, told: Any, *, found: Request, day: date) -> None:
        super().__init__(told)
        self.fields["controller"].choices = [
            (each.name, f"{each.name} (answered)" if each.answered_on else each.name) for each in controllers_of(found)
        ]


class HandOverForm(forms.Form):
    """How the pack was given."""

    how = ChoiceField(label="How was it given?", choices=GIVEN_BY)
    on = DayField(label="On which day?")

    def __init__(self, told: Any, *, found: Request, day: date) -> None:
        super().__init__(told, initial={"on": day})


class LongerForm(forms.Form):
    """Why two months more are needed."""

    why = ChoiceField(label="Why is more time needed?", choices=LONGER)

    def __init__(self, told: Any, *, found: Request, day: date) -> None:
        super().__init__(told)


Act = Callable[[Reader, Request, Mapping[str, Any], list[Item], str], Any]


@dataclass(frozen=True, kw_only=True)
class StepOnPage:
    """One step: in which states, its heading and button, its form (None: a button alone), what it does, what is said after.

    `then`: what happens, for a step that is looked at once more before it is taken.
    """

    states: tuple[str, ...]
    title: str
    button: str
    act: Act
    said: str
    form: type[Any] | None = None
    hint: str = ""
    then: str = ""

    def rows(self, told: Mapping[str, Any]) -> list[tuple[str, str]]:
        """What was answered, in words, for the page that shows it once more."""
        words = {**GIVEN_BY}
        return [(name.replace("_", " ").capitalize(), day_in_words(said) if isinstance(said, date) else words.get(said, said))
                for name, said in told.items()]  # fmt: skip


def _ask(reader: Reader, found: Request, told: Mapping[str, Any], items: list[Item], name: str) -> None:
    names = [holder for holder in holders_of(items) if holder != OURS]
    actions.ask_controllers(reader=reader, request=found, names=names, answer_by=told["answer_by"])


STEPS: Mapping[str, StepOnPage] = {
    "identify": StepOnPage(
        states=("received",), title="Check who they are", button="Keep that it was checked", form=ProofForm,
        act=lambda reader, found, told, items, name: actions.identify(reader=reader, request=found, **told),
        said="It is kept how it was checked who they are.",
    ),
    "ask_proof": StepOnPage(
        states=("received",), title="Proof of identity", button="Ask them for proof",
        act=lambda reader, found, told, items, name: actions.ask_proof(reader=reader, request=found),
        said="Proof was asked for. The time runs from the day on which it comes.",
    ),
    "ask": StepOnPage(
        states=("identified",), title="Ask each controller", button="They have been asked", form=AskForm, act=_ask,
        said="It is kept who was asked, and by when they answer.",
    ),
    "answer": StepOnPage(
        states=("asked",), title="Keep a controller's answer", button="Keep the answer", form=ReplyForm,
        act=lambda reader, found, told, items, name: actions.answer(reader=reader, request=found, **told),
        said="The answer is kept.",
    ),
    "redact": StepOnPage(
        states=("asked",), title="Everything is decided", button="Send to sign-off",
        act=lambda reader, found, told, items, name: actions.redact(reader=reader, request=found, items=items),
        said="It waits for somebody else to sign it off.", hint="Somebody else who holds or covers the post signs it off.",
    ),
    "sign": StepOnPage(
        states=("redacted",), title="Sign off", button="Sign off",
        act=lambda reader, found, told, items, name: actions.sign(reader=reader, request=found, items=items, name=name),
        said="It is signed off. Both documents are kept as they are.",
        then="Both documents are made and kept. The pack says nothing of what was withheld; the schedule says all of it.",
    ),
    "give": StepOnPage(
        states=("signed",), title="Give the answer", button="It has been given", form=HandOverForm,
        act=lambda reader, found, told, items, name: actions.give(reader=reader, request=found, **told),
        said="It is given, and closed. The person is no longer in your work.",
        then="The request is closed, and what is held on the person is no longer in your work.",
    ),
    "send_back": StepOnPage(
        states=("redacted", "signed"), title="Send it back", button="Send it back", form=WhyForm,
        act=lambda reader, found, told, items, name: actions.send_back(reader=reader, request=found, **told),
        said="It is back with whoever decides what is given.",
    ),
    "extend": StepOnPage(
        states=OPEN, title="More time", button="Take two months more", form=LongerForm,
        act=lambda reader, found, told, items, name: actions.extend(reader=reader, request=found, **told),
        said="There are two months more. The letter that tells the person why is written: give it today.",
        hint="Once, while it is in time, and the person is told why.",
    ),
    "withdraw": StepOnPage(
        states=OPEN, title="Close without an answer", button="Close it", form=WhyForm,
        act=lambda reader, found, told, items, name: actions.withdraw(reader=reader, request=found, **told),
        said="It is closed.", then="The request is closed, and what is held on the person is no longer in your work.",
        hint="They ask no more, or it turned out not to be them.",
    ),
}  # fmt: skip
FIRST = {"received": "identify", "identified": "ask", "asked": "answer", "redacted": "sign", "signed": "give"}
"""By state, the step that is offered first."""
