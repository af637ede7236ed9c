"""What waits in a court: reports whose clock runs, and the people of the cohort on the day's list."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import quote

from django.urls import reverse

from throughcare.casework.access.reader import Reader
from throughcare.casework.pilot import current_pilot
from throughcare.core.dates import weekday_in_words
from throughcare.core.pages import Appointment, Task
from throughcare.rules.report_clock import Running
from throughcare.strands.courts.models import ListEntry, Report
from throughcare.strands.courts.queries import clocks_running, list_matches


def tasks(reader: Reader) -> Iterator[Task]:
    """Reports asked for lately and not delivered, of the courts of the reader's posts."""
    courts = [post.place for post in reader.held("court_officer")]
    if courts:
        for report, clock in clocks_running(reader.day, courts):
            if clock.clock_on > reader.day - timedelta(days=current_pilot().today.reports_for):
                yield _report(report, clock, reader)


def _report(report: Report, clock: Running, reader: Reader) -> Task:
    if clock.overdue:
        limit = (clock.due_on - clock.clock_on).days
        words = f"Report overdue since {weekday_in_words(clock.due_on)}: day {clock.days} of {limit}"
    elif reader.day >= clock.last_working_day:
        words = f"Report due today, the last working day: day {clock.days}"
    else:
        words = f"Report due by {weekday_in_words(clock.last_working_day)}: day {clock.days}"
    due_now = reader.day >= clock.last_working_day
    return Task(
        key=f"courts.report:{report.pk}", kind="Reports to deliver",
        words=f"{report.kind.capitalize()} report at {report.case.court}. {words}",
        person=report.case.person_id, row="court_cases", due_on=clock.last_working_day, harm=2 if due_now else 3,
        act=("Open case", reverse("person-court", kwargs={"person": report.case.person_id})),
    )  # fmt: skip


def diary(reader: Reader) -> Iterator[Appointment]:
    """Members of the cohort on today's list of the reader's courts."""
    for post in reader.held("court_officer"):
        matched = set(list_matches(post.place, reader.day, as_at=reader.day)["person"])
        for entry in ListEntry.objects.filter(court=post.place, hearing_on=reader.day, person__in=matched).order_by("pk"):
            yield Appointment(
                person=entry.person_id, words=f"Listed at {entry.court}, in the cohort", row="court_cases",
                address=f"{reverse('court-desk')}?court={quote(entry.court)}",
            )  # fmt: skip
