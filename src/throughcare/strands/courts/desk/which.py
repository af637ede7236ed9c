"""Which case of a person is heard, where a court has several that are not sentenced: the list names the person, not the case."""

from collections.abc import Mapping
from datetime import date

from throughcare.rules.report_clock import clock_day
from throughcare.strands.courts.models import CourtCase
from throughcare.strands.courts.queries import cases_of, pleas_by_case


def cases_heard(court: str, day: date, offences: Mapping[int, str]) -> dict[int, CourtCase]:
    """By person the case that is heard on the day; `offences`: by person the code on the list, "" where it tells none.

    That of the offence on the list; else one in which guilt is not settled, or was that day; else the latest. People without an
    open case at the court are left out.
    """
    found = list(cases_of([court]).filter(person__in=list(offences), sentences=None).order_by("pk"))
    pleas = pleas_by_case([case.pk for case in found])

    def fits(case: CourtCase) -> tuple[bool, bool, int]:
        return case.offence_code == offences[case.person_id] != "", clock_day(pleas[case.pk], as_at=day) in (None, day), case.pk

    return {case.person_id: case for case in sorted(found, key=fits)}
