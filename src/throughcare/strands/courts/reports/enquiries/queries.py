"""Reading enquiries: those of a case with their age, whom they were asked of, what waits."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from throughcare.casework.frames import read
from throughcare.casework.pilot import current_pilot
from throughcare.strands.courts.models import Enquiry
from throughcare.strands.courts.queries import clocks_running


def enquiry_of(number: int) -> Enquiry:
    """The enquiry, if it is not withdrawn; KeyError where there is none."""
    found = Enquiry.objects.filter(pk=number, withdrawn=False).select_related("case").first()
    if found is None:
        raise KeyError(number)
    return found


def person_of(enquiry: int) -> int:
    """Whom an enquiry is about."""
    return enquiry_of(enquiry).case.person_id


def waiting(courts: Sequence[str], day: date) -> list[Enquiry]:
    """Unanswered enquiries of reports whose last working day has come, at these courts."""
    last = {report.case_id for report, clock in clocks_running(day, courts) if day >= clock.last_working_day}
    found = Enquiry.objects.filter(case__in=last, answered_on=None, withdrawn=False, asked_on__lte=day)
    return list(found.select_related("case").order_by("asked_on", "pk"))


def enquiries() -> pl.DataFrame:
    """A row an enquiry, but for those asked by mistake: enquiry, case, person, court, whom (as the pilot file calls it),
    asked_on, answered_on (null: not yet), days (null: not yet).
    """
    found = read(
        Enquiry.objects.filter(withdrawn=False).order_by("pk"), enquiry="pk", case="case", person="case__person",
        court="case__court", whom="whom", asked_on="asked_on", answered_on="answered_on",
    )  # fmt: skip
    names = {each.slug: each.name for each in current_pilot().court_reports.enquiries}
    return found.with_columns(
        whom=pl.col("whom").replace(names), days=(pl.col("answered_on") - pl.col("asked_on")).dt.total_days()
    )
