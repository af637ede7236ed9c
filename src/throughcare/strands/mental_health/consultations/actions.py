"""Asking for a consultation, holding one in its two parts, reading the advice.

`reader` is who acts, on its day.
"""

from datetime import date

from django.db import transaction

from throughcare.casework.access.reader import Reader
from throughcare.casework.audit.actions import recording
from throughcare.core.dates import has_come
from throughcare.strands.mental_health import models as m
from throughcare.strands.mental_health.actions import HealthRefused, keeping, record_consultation
from throughcare.strands.mental_health.consultations.queries import told_to

LEAST, MOST = 1, 5


def ask(*, reader: Reader, person: int, question: str, before: int | None = None) -> m.Ask:
    """Asks for a consultation about the person. Refused: without a question, or while the post's last one waits."""
    if reader.post is None or not question.strip():
        raise HealthRefused(what="There is no question", record=f"person {person}", expected="a question", mend="write one")
    _points(before)
    with recording(by=reader.by, verb="mental_health.ask") as entry:
        if m.Ask.objects.filter(person=person, post=reader.post, consultation=None, taken_back_on=None).exists():
            raise HealthRefused(
                what="You have asked already, and it waits", record=f"person {person}", expected="one question at a time",
                mend="take the first one back, or wait for its answer",
            )  # fmt: skip
        made = m.Ask(
            person_id=person, post=reader.post, question=question.strip(), before=before, asked_on=reader.day, by=reader.by
        )
        made.save()
        entry.about(made)
    return made


def take_back(*, reader: Reader, asked: m.Ask) -> None:
    """Whoever asked needs it no more. Refused: another post's, or one that was answered."""
    with recording(by=reader.by, verb="mental_health.take_back_ask") as entry:
        now = m.Ask.objects.select_for_update().get(pk=asked.pk)
        if now.post not in reader.acting or now.consultation_id is not None:
            raise HealthRefused(
                what="This cannot be taken back", record=f"question {now.pk}", expected="your own question that still waits",
                mend="look whether it has been answered",
            )  # fmt: skip
        now.taken_back_on = reader.day
        now.save()
        entry.about(now)


@transaction.atomic
def consult(
    *, reader: Reader, person: int, with_whom: str, held_on: date, advice: str, note: str = "", trust_record: str = "",
    asked: m.Ask | None = None,
) -> m.Consultation:  # fmt: skip
    """A consultation was held: the advice goes to who asked, else to who manages the person; the note stays with health roles.

    Refused: a day to come; no advice; neither note nor the trust's record number; a question that does not wait.
    """
    has_come(held_on, today=reader.day, record=f"person {person}")
    if not advice.strip() or not (note.strip() or trust_record.strip()):
        raise HealthRefused(
            what="The consultation is not whole", record=f"person {person}",
            expected="advice, and a clinical note or the trust's record number", mend="write what is missing",
        )  # fmt: skip
    held = record_consultation(by=reader.by, person_id=person, with_whom=with_whom, held_on=held_on)
    with keeping(by=reader.by) as about:
        if asked is not None:
            asked = _answered(asked, held)
        post = told_to(person, with_whom, asked, reader.day)
        told = m.Advice(consultation=held, post=post, text=advice.strip(), by=reader.by, before=asked.before if asked else None)
        told.save()
        about(told, person)
    with keeping(by=reader.by) as about:
        kept = m.ClinicalNote(consultation=held, text=note.strip(), trust_record=trust_record.strip(), by=reader.by)
        kept.save()
        about(kept, person)
    return held


def _answered(asked: m.Ask, held: m.Consultation) -> m.Ask:
    now = m.Ask.objects.select_for_update(of=("self",)).select_related("post").get(pk=asked.pk)
    if now.person_id != held.person_id or now.consultation_id is not None or now.taken_back_on is not None:
        raise HealthRefused(
            what="That question does not wait any more", record=f"question {now.pk}", expected="one that waits",
            mend="record the consultation without it",
        )  # fmt: skip
    now.consultation = held
    now.save()
    return now


def read(*, reader: Reader, advice: m.Advice, after: int, before: int | None = None) -> None:
    """Whoever it was told to has read it, and says how confident they are. The last word holds; `before` where none was said.

    Refused: another post's advice; a number that is not 1 to 5; no `before` where none is known.
    """
    _points(after)
    _points(before)
    with recording(by=reader.by, verb="mental_health.read_advice") as entry:
        now = m.Advice.objects.select_for_update(of=("self",)).select_related("consultation", "post").get(pk=advice.pk)
        if now.post is None or now.post not in reader.acting:
            raise HealthRefused(
                what="This advice was told to another post", record=f"consultation {now.consultation_id}",
                expected="the post that asked", mend="ask for a consultation yourself",
            )  # fmt: skip
        if now.before is None and before is None:
            raise HealthRefused(
                what="It is not said how confident you were before", record=f"consultation {now.consultation_id}",
                expected="1 to 5", mend="say it",
            )  # fmt: skip
        now.before = now.before if before is None else before
        now.after = after
        now.read_on, now.read_by = now.read_on or reader.day, now.read_by or reader.by
        now.save()
        entry.about(now, person_id=now.consultation.person_id)


def _points(value: int | None) -> None:
    if value is not None and not LEAST <= value <= MOST:
        raise HealthRefused(what="Confidence is 1 to 5", record=str(value), expected="1 to 5", mend="choose one of them")
