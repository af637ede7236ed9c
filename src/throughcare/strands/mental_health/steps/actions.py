"""Referring somebody on to NHS services, and keeping what they answered.

`reader` is who acts, on its day.
"""

from throughcare.casework.access.reader import Reader
from throughcare.core.errors import DateError
from throughcare.design.paper import Paper, kept
from throughcare.strands.mental_health import codes
from throughcare.strands.mental_health import models as m
from throughcare.strands.mental_health.actions import HealthRefused, keeping, one_of


def step_up(*, reader: Reader, person: int, service: str, to: str, why: str, letter: Paper) -> m.StepUp:
    """The person is referred on; the letter is kept as it is. Refused: an unknown service; nobody it is to, or no reason."""
    one_of(service, codes.SERVICES, what="That is no NHS service of the list")
    if not to.strip() or not why.strip():
        raise HealthRefused(what="The letter is not whole", record=f"person {person}", expected="to whom, and why",
                            mend="write what is missing")  # fmt: skip
    with keeping(by=reader.by) as about:
        made = m.StepUp(
            person_id=person, service=service, to=to.strip(), why=why.strip(), letter=kept(letter), on=reader.day, by=reader.by
        )
        made.save()
        about(made, person)
    return made


def answered(*, reader: Reader, step: m.StepUp, answer: str) -> None:
    """What the service answered; said again, the last word holds."""
    one_of(answer, codes.STEPS, what="That is no answer of a service")
    if reader.day < step.on:
        raise DateError(what="It was not asked yet", record=f"letter {step.pk}", expected=f"{step.on} or later", mend="wait")
    with keeping(by=reader.by) as about:
        now = m.StepUp.objects.select_for_update().get(pk=step.pk)
        now.answer, now.answered_on, now.answered_by = answer, reader.day, reader.by
        now.save()
        about(now, now.person_id)
