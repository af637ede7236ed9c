"""What waits in a court: reports whose clock runs, misses without a reason, and the people of the cohort on the day's list."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import quote

from django.urls import reverse

from throughcare.casework.access.reader import Reader
from throughcare.casework.pilot import current_pilot
from throughcare.core.dates import weekday_in_words
from throughcare.core.pages import Appointment, Task
from throughcare.rules.report_clock import Running, alerts
from throughcare.strands.courts.cases.queries import misses_without_reason
from throughcare.strands.courts.lists.tasks import tasks as of_lists
from throughcare.strands.courts.models import ListEntry, Report
from throughcare.strands.courts.queries import clocks_running, list_matches


def tasks(reader: Reader) -> Iterator[Task]:
    """Of the reader's courts: lists missing, names to confirm, reports not delivered, and those missed without a reason."""
    yield from of_lists(reader)
    courts = [post.place for post in reader.held("court_officer")]
    if not courts:
        return
    since = reader.day - timedelta(days=current_pilot().today.reports_for)
    for report, clock in clocks_running(reader.day, courts):
        if clock.clock_on > since:
            yield _report(report, clock, reader)
    for report in misses_without_reason(courts, reader.day):
        if report.requested_on > since:
            yield _miss(report)


def _report(report: Report, clock: Running, reader: Reader) -> Task:
    told = alerts(clock)
    due = told.due(reader.day)
    limit = (clock.due_on - clock.clock_on).days
    words = {
        "": f"Report due by {weekday_in_words(told.last)}: day {clock.days}",
        "early": f"Report due on {weekday_in_words(told.last)}, the last working day and the next one: day {clock.days}",
        "last": f"Report due today, the last working day: day {clock.days}",
        "missed": f"Report overdue since {weekday_in_words(clock.due_on)}: day {clock.days} of {limit}",
    }
    if due == "last" and reader.day > told.last:
        words["last"] = f"Report due by {weekday_in_words(clock.due_on)}, and no working day is left: day {clock.days}"
    return Task(
        key=f"courts.report:{report.pk}", kind="Reports to deliver",
        words=f"{report.kind.capitalize()} report at {report.case.court}. {words[due]}",
        person=report.case.person_id, row="court_cases", due_on=told.last, harm=2 if due in ("last", "missed") else 3,
        act=("Open case", reverse("case", kwargs={"case": report.case_id})),
    )  # fmt: skip


def _miss(report: Report) -> Task:
    """Asked for at the miss, for then it is known; delivered or not."""
    return Task(
        key=f"courts.miss:{report.pk}", kind="Missed reports without a reason",
        words=f"{report.kind.capitalize()} report at {report.case.court}, asked for on {weekday_in_words(report.requested_on)}: "
              "its last day was missed, and nobody has said why",
        person=report.case.person_id, row="court_cases", harm=2,
        act=("Say why", reverse("report-miss", kwargs={"report": report.pk})),
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
