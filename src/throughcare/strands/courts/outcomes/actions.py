"""Confirming or correcting what the court's results brought, and saying what came of the enhanced activity requirement."""

import json
from collections.abc import Mapping
from datetime import date

import polars as pl

from throughcare.casework.audit.actions import recording
from throughcare.casework.imports.adoption.actions import typed_over
from throughcare.casework.imports.queries import parts_of
from throughcare.casework.pilot import current_pilot
from throughcare.core.errors import UserError
from throughcare.strands.courts import models as m
from throughcare.strands.courts.actions import FACT, SentenceRefused, fits_a_sentence, one_of


class OutcomeRefused(UserError):
    """What cannot be said of an outcome: a reason where none is asked for, days done that cannot be."""


def free_requirements(frame: pl.DataFrame) -> None:
    """Corrected rows of the results give up their requirements, which are then written anew: the sentence may turn out to be one
    typed here, and gives way to it. A loader of the feed, and so called inside an import."""
    for part in parts_of(frame.filter("changed")["source"].to_list()):
        m.CaseRequirement.objects.filter(source__in=part).delete()


def confirm_outcome(*, by: str, sentence_id: int, on: date) -> m.OutcomeCheck:
    """What the court's results brought is what was imposed. Refused: a sentence that was typed here and that no result tells."""
    return _checked(by=by, sentence=_with_results(sentence_id), on=on, was=None)


def correct_outcome(
    *, by: str, sentence_id: int, kind: str, sentenced_on: date, months: int | None,
    requirements: Mapping[str, int | None], on: date,
) -> m.OutcomeCheck:  # fmt: skip
    """What the court's results, or somebody here, said of the sentence was wrong. What was said before is kept with the check.

    No extract overwrites the correction; what the court says otherwise later is asked about anew. Refused: what
    `fits_a_sentence` refuses; where the pilot file says that results are never typed here.
    """
    sentence = m.CaseSentence.objects.select_related("case", "source").get(pk=sentence_id)
    record = f"the sentence of {sentence.sentenced_on}"
    home = current_pilot().home(FACT)
    if home.copied:
        raise SentenceRefused(what=f"Results are kept in {home.system}", record=record, expected="a correction made there",
                              mend=f"have it corrected in {home.system}")  # fmt: skip
    fits_a_sentence(kind, requirements, record=record)
    with recording(by=by, verb="courts.correct_outcome") as entry:
        was = as_told(sentence)
        sentence.kind, sentence.sentenced_on, sentence.months = kind, sentenced_on, months
        sentence.save()
        typed_over(sentence, fields=["kind", "sentenced_on", "months"])
        m.CaseRequirement.objects.filter(sentence=sentence).delete()
        for requirement, days in requirements.items():
            m.CaseRequirement(sentence=sentence, kind=requirement, days=days).save()
        entry.about(sentence, person_id=sentence.case.person_id)
        return _checked(by=by, sentence=sentence, on=on, was=was)


def as_told(sentence: m.CaseSentence) -> dict[str, object]:
    """A sentence and its requirements as they stand, to be kept with a correction."""
    requirements = sentence.requirements.order_by("kind").values_list("kind", "days")
    return {
        "kind": sentence.kind, "sentenced_on": sentence.sentenced_on.isoformat(), "months": sentence.months,
        "requirements": dict(requirements),
    }  # fmt: skip


def _with_results(sentence_id: int) -> m.CaseSentence:
    sentence = m.CaseSentence.objects.select_related("case", "source").get(pk=sentence_id)
    if sentence.source_id is None:
        raise SentenceRefused(what="The court's results have not told of this sentence", record=f"sentence {sentence_id}",
                              expected="a sentence that came with them", mend="wait for the results")  # fmt: skip
    return sentence


def _checked(*, by: str, sentence: m.CaseSentence, on: date, was: dict[str, object] | None) -> m.OutcomeCheck:
    with recording(by=by, verb="courts.check_outcome") as entry:
        check = m.OutcomeCheck(
            sentence=sentence, load=sentence.source.file_id if sentence.source else 0, corrected=was is not None,
            was=json.dumps(was) if was is not None else "", on=on, by=by,
        )  # fmt: skip
        check.save()
        entry.about(check, person_id=sentence.case.person_id)
    return check


def record_not_enhanced(*, by: str, case_id: int, reason: str, text: str = "") -> m.CaseOutcome:
    """Why somebody for whom it was open did not get the enhanced activity requirement. A later answer replaces an earlier one.

    Refused: an unknown reason; "other" without words; a case not sentenced to an order, or with the requirement.
    """
    record = f"case {case_id}"
    one_of(reason, m.NOT_ENHANCED_REASONS, OutcomeRefused, what="That is no reason known", record=record)
    if reason == "other" and not text.strip():
        raise OutcomeRefused(what="Another reason needs words", record=record, expected="why, in a few words",
                             mend="write why")  # fmt: skip
    orders = m.CaseSentence.objects.filter(case=case_id, kind__in=m.ORDERS)
    if not orders.exists() or m.CaseRequirement.objects.filter(sentence__in=orders, kind="enhanced_activity").exists():
        raise OutcomeRefused(what="No reason is asked for", record=record,
                             expected="a community or suspended sentence order without the enhanced activity requirement",
                             mend="correct the sentence, or leave the reason out")  # fmt: skip
    return _keep(by, "courts.record_not_enhanced", case_id, not_enhanced=reason, not_enhanced_text=text.strip())


def record_days_done(*, by: str, case_id: int, days: int, on: date) -> m.CaseOutcome:
    """How many days of activity are done by a day, of those ordered. Refused: a case without days ordered; more than those."""
    ordered = sum(
        days for days in m.CaseRequirement.objects.filter(sentence__case=case_id).values_list("days", flat=True) if days
    )
    if not 0 <= days <= ordered:
        raise OutcomeRefused(what="So many days cannot be done", record=f"case {case_id}: {days} days",
                             expected=f"0 to {ordered}, the days ordered" if ordered else "a case with days of activity ordered",
                             mend="correct the number")  # fmt: skip
    return _keep(by, "courts.record_days_done", case_id, days_done=days, days_done_on=on)


def _keep(by: str, verb: str, case_id: int, **told: object) -> m.CaseOutcome:
    with recording(by=by, verb=verb) as entry:
        outcome = m.CaseOutcome.objects.filter(case=case_id).select_related("case").first() or m.CaseOutcome(case_id=case_id)
        entry.details = {"was": outcome.not_enhanced if "not_enhanced" in told else outcome.days_done}
        for name, value in told.items():
            setattr(outcome, name, value)
        outcome.save()
        entry.about(outcome, person_id=outcome.case.person_id)
    return outcome
