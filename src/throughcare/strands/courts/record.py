"""What the strand tells of a person on the timeline, and all that it holds on them."""

from collections.abc import Mapping, Sequence
from typing import Any

from throughcare.core.contracts import TimelineEntry
from throughcare.strands.courts import models as m
from throughcare.strands.courts import queries
from throughcare.strands.courts.lists.held import listed_hearings
from throughcare.strands.courts.reports.record import held_of_reports, written

MAY_BE = "Names on court lists that may be the person"
"""A table of `held_about`: what is in it may be about somebody else."""


def timeline(person_id: int) -> Sequence[TimelineEntry]:
    """The person's cases, and the words of their reports, by day."""
    return sorted((*queries.timeline(person_id), *written(person_id)), key=lambda entry: entry.on)


def held_about(person_id: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Every row of this strand on a person, by table."""
    return {
        MAY_BE: list(m.HearingMatch.objects.filter(person=person_id).order_by("pk").values()),
        "Hearings listed": listed_hearings(person_id),
        **held_of_reports(person_id),
        "Court lists": list(m.ListEntry.objects.filter(person=person_id).order_by("pk").values()),
        "Court cases": list(m.CourtCase.objects.filter(person=person_id).order_by("pk").values()),
        "Corrections of pleas": list(m.PleaCorrection.objects.filter(case__person=person_id).order_by("pk").values()),
        "Pleas": list(m.Plea.objects.filter(case__person=person_id).order_by("pk").values()),
        "Adjournments, transfers and committals": list(
            m.CaseEvent.objects.filter(case__person=person_id).order_by("pk").values()
        ),
        "Court reports": list(m.Report.objects.filter(case__person=person_id).order_by("pk").values()),
        "DRR and ATR assessments": list(m.Assessment.objects.filter(person=person_id).order_by("pk").values()),
        "Sentences in court cases": list(m.CaseSentence.objects.filter(case__person=person_id).order_by("pk").values()),
        "Requirements of those sentences": list(
            m.CaseRequirement.objects.filter(sentence__case__person=person_id).order_by("pk").values()
        ),
        "Who had the case in court": list(m.CaseTaken.objects.filter(person=person_id).order_by("pk").values()),
        "Typed at the court desk": list(m.TypedAtDesk.objects.filter(person=person_id).order_by("pk").values()),
        "Outcomes confirmed or corrected": list(
            m.OutcomeCheck.objects.filter(sentence__case__person=person_id).order_by("pk").values()
        ),
        "What came of cases": list(m.CaseOutcome.objects.filter(case__person=person_id).order_by("pk").values()),
    }
