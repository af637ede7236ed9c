"""What mental-health practitioners record. What is clinical is kept in the log under one neutral name (ADR 0024)."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date

from throughcare.casework.audit.actions import recording
from throughcare.casework.audit.models import Record
from throughcare.core.errors import UserError
from throughcare.strands.mental_health import models as m

VERB, SUBJECT = "mental_health.record", "mental_health.record"
TABLES: tuple[type[Record], ...] = (
    m.Assessment, m.CarePlan, m.Intervention, m.ClinicalNote, m.TeamCheck, m.Finding, m.PlanText, m.Review, m.InterventionEnd,
    m.Answers, m.Risk, m.Response, m.StepUp, m.Booking, m.Slot, m.Advice, m.Ask,
)  # fmt: skip
"""The tables by their place, which stands in the log in their stead: a new one goes to the end."""


class HealthRefused(UserError):
    """A record of mental-health work that cannot be."""


@contextmanager
def keeping(*, by: str) -> Iterator[Callable[..., None]]:
    """As `recording`, but the log tells neither what was done nor to what: only that something was recorded, and its number.

    `about(record, person)` names the record; person None: about nobody.
    """
    with recording(by=by, verb=VERB) as entry:

        def about(record: Record, person: int | None) -> None:
            entry.subject_type, entry.subject_id = SUBJECT, f"{TABLES.index(type(record))}-{record.pk}"
            entry.person_id = person

        yield about


def record_consultation(*, by: str, person_id: int, with_whom: str, held_on: date) -> m.Consultation:
    """A consultation about a person; it needs no referral, and two on one day are two. Refused: with an unknown party."""
    one_of(with_whom, m.WITH_WHOM, what="That is nobody a consultation is held with")
    with recording(by=by, verb="mental_health.record_consultation") as entry:
        made = m.Consultation(person_id=person_id, with_whom=with_whom, held_on=held_on)
        made.save()
        entry.about(made)
    return made


def start_assessment(*, by: str, person_id: int, started_on: date) -> m.Assessment:
    """An assessment of the person starts. Refused: a second one on the same day."""
    if m.Assessment.objects.filter(person=person_id, started_on=started_on).exists():
        raise HealthRefused(
            what="An assessment started that day already", record=f"the assessment of {started_on}", expected="one a day",
            mend="correct the day",
        )  # fmt: skip
    with keeping(by=by) as about:
        made = m.Assessment(person_id=person_id, started_on=started_on)
        made.save()
        about(made, person_id)
    return made


def begin_care_plan(*, by: str, person_id: int, started_on: date) -> m.CarePlan:
    """A care plan starts. Refused: without an assessment on or before that day, for direct work is by assessment."""
    if not m.Assessment.objects.filter(person=person_id, started_on__lte=started_on).exists():
        raise HealthRefused(
            what="The person has not been assessed", record=f"the care plan of {started_on}",
            expected="an assessment on or before that day", mend="record the assessment first",
        )  # fmt: skip
    with keeping(by=by) as about:
        made = m.CarePlan(person_id=person_id, started_on=started_on)
        made.save()
        about(made, person_id)
    return made


def start_intervention(*, by: str, person_id: int, kind: str, started_on: date) -> m.Intervention:
    """Direct work of one kind starts. Refused: an unknown kind; without a care plan begun on or before that day."""
    one_of(kind, m.INTERVENTIONS, what="That is no kind of intervention")
    if not m.CarePlan.objects.filter(person=person_id, started_on__lte=started_on).exists():
        raise HealthRefused(
            what="The person has no care plan", record=f"{kind} from {started_on}",
            expected="a care plan begun on or before that day", mend="begin the care plan first",
        )  # fmt: skip
    with keeping(by=by) as about:
        made = m.Intervention(person_id=person_id, kind=kind, started_on=started_on)
        made.save()
        about(made, person_id)
    return made


def one_of(word: str, known: Iterable[str], *, what: str) -> None:
    """Refuses a word that is not on the list."""
    told = tuple(known)
    if word not in told:
        raise HealthRefused(what=what, record=word or "nothing given", expected=f"one of {', '.join(told)}",
                            mend="give one of those words")  # fmt: skip
