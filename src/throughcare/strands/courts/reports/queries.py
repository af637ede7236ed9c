"""Reading the words of reports: the open one of a case, its versions, which sections are not ready, whose words they are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from throughcare.casework.pilot import current_pilot
from throughcare.core.clock import LONDON
from throughcare.strands.courts.models import CourtCase, Enquiry, Report, ReportSection, ReportText
from throughcare.strands.courts.reports.known import Known
from throughcare.strands.courts.reports.sections import SECTIONS


def case_of(case: int) -> CourtCase:
    """The case; KeyError where there is none."""
    found = CourtCase.objects.filter(pk=case).first()
    if found is None:
        raise KeyError(case)
    return found


def person_of(case: int, **_more: object) -> int:
    """Whom a page of a case is about. KeyError where there is no such case."""
    return case_of(case).person_id


def report_of(case: int) -> Report | None:
    """The report of a case that is open, else the last delivered."""
    reports = Report.objects.filter(case=case).select_related("case")
    return reports.filter(delivered_on=None).order_by("-pk").first() or reports.order_by("-delivered_on", "-pk").first()


def texts_of(report: Report) -> list[ReportText]:
    """Every version, the newest first."""
    return list(report.texts.order_by("-version"))


def signed_of(case: CourtCase) -> list[ReportText]:
    """Every signed version of every report of a case, the newest first."""
    found = ReportText.objects.filter(report__case=case).exclude(signed_at=None).select_related("report")
    return list(found.order_by("-report", "-version"))


def unready(text: ReportText) -> list[ReportSection]:
    """Sections not marked as done, and those that cannot be left empty and are."""
    return [
        section for section in text.sections.order_by("place")
        if not section.done or (SECTIONS[section.slug].needed and not section.body.strip())
    ]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A section on the page where it is written. `today`: what the record says now; `moved`: it says something else since;
    `kept`: at what time it was kept last.
    """

    section: ReportSection
    hint: str
    today: str
    moved: bool
    state: str
    kept: str


def wall(at: datetime) -> str:
    """10:42, as the clocks in London show it."""
    return f"{at.astimezone(LONDON):%H:%M}"


def sections_shown(text: ReportText, known: Known, rows: Iterable[str]) -> list[Shown]:
    """The sections of a draft that the writer may read, in their order."""
    may = set(rows)
    found = []
    for section in text.sections.select_related("writer").order_by("place"):
        if section.row not in may:
            continue
        told = SECTIONS[section.slug]
        today = told.prefill(known)
        state = "Done" if section.done else "Begun" if section.body.strip() else "Empty"
        found.append(Shown(section=section, hint=told.hint, today=today, moved=today != section.prefilled, state=state,
                           kept=wall(section.kept_at)))  # fmt: skip
    return found


def written_by(report: Report, account: object) -> bool:
    """Whether the account signed a version of the report, or wrote any of its words."""
    texts = report.texts.all()
    return texts.filter(signer=account).exists() or ReportSection.objects.filter(text__in=texts, writer=account).exists()


@dataclass(frozen=True, kw_only=True)
class Asked:
    """An enquiry as a page shows it. `days`: from the asking to the answer, or to today."""

    enquiry: Enquiry
    whom: str
    days: int


def name_of(whom: str) -> str:
    """What the pilot file calls them; of one that it has no longer, the slug."""
    names = {each.slug: each.name for each in current_pilot().court_reports.enquiries}
    return names.get(whom, whom.replace("_", " ").capitalize())


def of_case(case: CourtCase, day: date) -> list[Asked]:
    """The enquiries of a case, but for those asked by mistake; the first asked first."""
    found = Enquiry.objects.filter(case=case, withdrawn=False).order_by("asked_on", "pk")
    return [Asked(enquiry=e, whom=name_of(e.whom), days=((e.answered_on or day) - e.asked_on).days) for e in found]
