"""What waits of crimes: matches to review, crimes that were not run."""

from collections.abc import Iterator

from django.urls import reverse

from throughcare.casework.access.reader import Reader
from throughcare.core.clock import london_date
from throughcare.core.dates import day_in_words
from throughcare.core.pages import Task
from throughcare.strands.tagging.crimes.queries import waiting

ROW = "tag_positions"


def tasks(reader: Reader) -> Iterator[Task]:
    """Of a monitoring officer: each match that waits for a review, the oldest crime first."""
    if not reader.held("monitoring_officer"):
        return
    for each in waiting(reader):
        version = each.match.result.version
        day = london_date(version.time_from)
        yield Task(
            key=f"tagging.match:{each.match.pk}", kind="Matches with crimes to review", person=each.match.person_id, row=ROW,
            harm=3, words=f"Match with crime {version.crime.reference} of {day_in_words(day)}", due_on=day, elsewhere=False,
            act=("Review the match", reverse("match", kwargs={"match": each.match.pk})),
        )  # fmt: skip
