"""What the timeline and a subject access pack tell of the words of reports, of enquiries and of checks."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import prefetch_related_objects

from throughcare.casework.frames import about
from throughcare.core.contracts import TimelineEntry
from throughcare.design.paper import shown_again
from throughcare.strands.courts import models as m

ENQUIRIES = "Enquiries before court reports"
"""What others answered may tell of somebody else: it is given to the person after a decision."""

ROW = "court_report_text"


def written(person_id: int) -> list[TimelineEntry]:
    """What the timeline tells of signed reports and of enquiries."""
    cases = about(m.CourtCase, person_id)
    prefetch_related_objects(cases, "reports__texts", "enquiries")
    return [entry for case in cases for entry in (*_signed(case), *_asked(case))]


def _signed(case: m.CourtCase) -> Iterator[TimelineEntry]:
    for report in case.reports.all():
        for text in report.texts.all():
            if text.signed_on and report.kind != "oral":
                words = f"{report.kind.capitalize()} report signed"
                words += f": version {text.version}, {text.why}" if text.version > 1 else ""
                yield TimelineEntry(on=text.signed_on, kind="report", row=ROW, words=words)


def _asked(case: m.CourtCase) -> Iterator[TimelineEntry]:
    """That enquiries were asked and answered; never the answer: it may tell of somebody else."""
    for enquiry in case.enquiries.all():
        if not enquiry.withdrawn:
            whom = enquiry.whom.replace("_", " ").capitalize()
            yield TimelineEntry(on=enquiry.asked_on, kind="enquiry", row=ROW, words=f"Enquiry before a court report: {whom}")
            if enquiry.answered_on:
                yield TimelineEntry(on=enquiry.answered_on, kind="enquiry", row=ROW, words=f"Enquiry answered: {whom}")


def held_of_reports(person_id: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Every row on the words of a person's reports, by table. A section on health is for a decision, by its row of the policy."""
    sections = m.ReportSection.objects.filter(text__report__case__person=person_id).order_by("text", "place")
    of_reports = {"report__case__person": person_id}
    return {
        "Versions of court reports": [_version(text) for text in m.ReportText.objects.filter(**of_reports).order_by("pk")],
        "Sections of court reports": list(
            sections.values("id", "text__version", "title", "row", "body", "done", "kept_at", "kept_by")
        ),
        ENQUIRIES: list(m.Enquiry.objects.filter(case__person=person_id).order_by("pk").values()),
        "Checks of court reports": [
            {**check, **{a.item: a.verdict for a in m.QualityAnswer.objects.filter(check_of=check["id"]).order_by("pk")}}
            for check in m.QualityCheck.objects.filter(**of_reports).order_by("pk").values()
        ],
    }


def _version(text: m.ReportText) -> dict[str, Any]:
    """A version, and what stood above and below its sections; of an oral report, what was spoken from."""
    return {
        "id": text.pk, "version": text.version, "why": text.why, "begun": text.began_at, "begun by": text.began_by,
        "signed on": text.signed_on, "signed by": text.signed_by,
        "what it says": " ".join(shown_again(text.head).said) if text.head else "",
    }  # fmt: skip
