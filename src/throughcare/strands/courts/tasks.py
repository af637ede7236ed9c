"""What waits in a court: reports whose clock runs, misses without a reason, and the people of the cohort on the day's list."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from urllib.parse import quote

from django.urls import reverse

from throughcare.casework.access.reader import Reader
from throughcare.casework.pilot import current_pilot
from throughcare.core.dates import day_in_words, weekday_in_words
from throughcare.core.pages import Appointment, Task
from throughcare.rules.report_clock import Running, alerts
from throughcare.strands.courts.cases.queries import Standing, misses_without_reason, not_asked_for
from throughcare.strands.courts.lists.tasks import tasks as of_lists
from throughcare.strands.courts.models import Report
from throughcare.strands.courts.queries import clocks_running, list_matches
from throughcare.strands.courts.reports.enquiries.queries import waiting
from throughcare.strands.courts.reports.known import TEXT
from throughcare.strands.courts.reports.quality.draw import month_before
from throughcare.strands.courts.reports.quality.queries import to_check
from throughcare.strands.courts.reports.queries import name_of


def tasks(reader: Reader) -> Iterator[Task]:
    """Of the reader's courts: lists missing, names to confirm, reports not asked for, not delivered, missed without a reason."""
    yield from of_lists(reader)
    courts = [post.place for post in reader.held("court_officer")]
    since = reader.day - timedelta(days=current_pilot().today.reports_for)
    if courts:
        for report, clock in clocks_running(reader.day, courts):
            if clock.clock_on > since:
                yield _report(report, clock, reader)
        for case in not_asked_for(courts, reader.day):
            yield _not_asked_for(case, reader)
        for report in misses_without_reason(courts, reader.day):
            if report.requested_on > since:
                yield _miss(report)
        yield from _enquiries(courts, reader)
    yield from _quality(reader)


def _enquiries(courts: Sequence[str], reader: Reader) -> Iterator[Task]:
    """Enquiries not back on the last working day of their report."""
    for enquiry in waiting(courts, reader.day):
        chased = f", reminded on {day_in_words(enquiry.chased_on)}" if enquiry.chased_on else ""
        yield Task(
            key=f"courts.enquiry:{enquiry.pk}", kind="Enquiries not back", person=enquiry.case.person_id, row=TEXT, harm=3,
            words=f"{name_of(enquiry.whom)}: asked on {day_in_words(enquiry.asked_on)}{chased}, and the report is due",
            act=("Open the enquiry", reverse("enquiry", kwargs={"enquiry": enquiry.pk})),
        )  # fmt: skip


def _quality(reader: Reader) -> Iterator[Task]:
    """For a senior officer: last month's sample, but for what they wrote themselves."""
    if not reader.held("senior_officer"):
        return
    month = month_before(reader.day)
    for drawn in to_check(reader, month):
        if drawn.check is None and not drawn.own:
            yield Task(
                key=f"courts.quality:{drawn.report.pk}", kind="Reports to check for quality", row=TEXT, harm=4,
                person=drawn.report.case.person_id,
                words=f"{drawn.report.kind.capitalize()} report at {drawn.court}, drawn for {month:%B %Y}",
                act=("Check it", reverse("report-check", kwargs={"report": drawn.report.pk})),
            )  # fmt: skip


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


def _not_asked_for(case: Standing, reader: Reader) -> Task:
    """A clock that runs with nobody writing: as it is learned, and as the clock's alerts fall."""
    clock, told = case.clock, case.alerts
    assert clock is not None and told is not None
    due = told.due(reader.day)
    words = {"": f"last working day {weekday_in_words(told.last)}", "early": "the last working day is the next one",
             "last": "today is the last working day" if reader.day == told.last else "no working day is left",
             "missed": f"it could have been in time until {weekday_in_words(clock.due_on)}"}  # fmt: skip
    return Task(
        key=f"courts.needed:{case.case.pk}", kind="No report asked for", person=case.case.person_id, row="court_cases",
        words=f"Guilt is settled at {case.court} since {weekday_in_words(clock.clock_on)}: day {clock.days}, {words[due]}. "
              "Ask for a report, or say that none is needed",
        due_on=told.last, harm=2 if due in ("last", "missed") else 3,
        act=("Open case", reverse("case", kwargs={"case": case.case.pk})),
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
    """Members of the cohort on today's list of the reader's courts, each once however often the list has them."""
    for post in reader.held("court_officer"):
        for person in list_matches(post.place, reader.day, as_at=reader.day)["person"].unique(maintain_order=True):
            yield Appointment(
                person=person, words=f"Listed at {post.place}, in the cohort", row="court_cases",
                address=f"{reverse('court-desk')}?court={quote(post.place)}",
            )  # fmt: skip
