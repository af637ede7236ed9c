"""What waits at the end of the work: for the provider's desk, reports to write; for who manages the person, reports to read."""

from collections.abc import Iterator

from django.urls import reverse

from throughcare.casework.access.reader import Reader
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.moved import desks_of
from throughcare.core.dates import weekday_in_words
from throughcare.core.pages import Task
from throughcare.strands.programmes.work import queries


def tasks(reader: Reader) -> Iterator[Task]:
    names = {service.slug: service.name for service in current_pilot().services}
    if reader.held(*queries.DESKS):
        yield from _to_write(reader, names)
    if reader.held(*queries.READERS):
        yield from _to_read(reader, names)
        yield from _not_come(reader, names)


def _to_write(reader: Reader, names: dict[str, str]) -> Iterator[Task]:
    """Until access ends; late from the day after the one that the pilot file gives."""
    for referral in queries.to_write(reader.held(*queries.DESKS), reader.day):
        by, last = queries.write_by(referral.state_on), queries.last_day(referral.state_on)
        late = reader.day > by
        said = "was to be sent by" if late else "to be sent by"
        yield Task(
            key=f"programmes.end-report:{referral.pk}:{referral.state_on}", kind="End-of-service reports to write",
            row="sessions", person=referral.person_id, harm=2 if late else 3, due_on=by, elsewhere=False,
            words=f"{names[referral.service]}: {'overdue, the' if late else 'the'} end-of-service report {said} "
            f"{weekday_in_words(by)}; your access ends after {weekday_in_words(last)}",
            act=("Write the report", reverse("end-report", kwargs={"referral": referral.pk})),
        )  # fmt: skip


def _to_read(reader: Reader, names: dict[str, str]) -> Iterator[Task]:
    for report in queries.to_read(reader):
        referral = report.referral
        yield Task(
            key=f"programmes.report-sent:{report.pk}", kind="End-of-service reports to read", row="sessions", harm=3,
            person=referral.person_id, due_on=report.sent_on, elsewhere=False,
            words=f"{names.get(referral.service, referral.service)}: the provider's report came on "
            f"{weekday_in_words(report.sent_on)}",
            act=("Read the report", reverse("end-report", kwargs={"referral": referral.pk})),
        )  # fmt: skip


def _not_come(reader: Reader, names: dict[str, str]) -> Iterator[Task]:
    """That the report did not come in its days, and whom to ring: until it comes, or for as long as the pilot file says."""
    found = queries.not_come(reader)
    one_of_each = {(each.service, each.provider): each for each in found}
    desks = {to: next((post for post in desks_of(each) if post.telephone), None) for to, each in one_of_each.items()}
    for referral in found:
        by, last = queries.write_by(referral.state_on), queries.last_day(referral.state_on)
        desk = desks[referral.service, referral.provider]
        ring = f"{desk.title}, {desk.telephone}" if desk else "the provider"
        still = f"They can write it until {weekday_in_words(last)}" if reader.day <= last else "They can write it no more"
        yield Task(
            key=f"programmes.no-report:{referral.pk}:{referral.state_on}", kind="End-of-service reports that did not come",
            harm=3, row="sessions", person=referral.person_id, due_on=by,
            words=f"{names.get(referral.service, referral.service)}: the report was to come by {weekday_in_words(by)}: "
            f"ring {ring}. {still}",
            act=("Open the report's page", reverse("end-report", kwargs={"referral": referral.pk})),
        )  # fmt: skip
