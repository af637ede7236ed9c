"""The next panel of the demonstration's borough: planned, its agenda chosen from what is suggested, and sent."""

from datetime import date, timedelta

from django.db import transaction

from throughcare.casework.access.models import Post
from throughcare.casework.panel import actions
from throughcare.casework.panel.agenda import suggestions
from throughcare.synthetic.posts import reader_of

ASKED = {
    "tasking-hackney": "Arrests since the last panel", "senior-crc-hackney": "Who manages whom, and vacancies",
    "prison-pentonville": "Releases of the next four weeks", "osmani-trust": "Attendance of those being mentored",
}  # fmt: skip
"""Posts that are asked to the panel, and what they are to bring."""

CHOSEN = 8


@transaction.atomic
def plan_panel(day: date) -> int:
    """A panel of the co-ordinator's borough on the next day, with the first of those suggested; gives how many."""
    reader = reader_of("iom-coordinator", day)
    meeting = actions.plan(by=reader.by, borough=reader.acting[0].place, on=day + timedelta(days=1))
    for each in Post.objects.filter(slug__in=ASKED).order_by("pk"):
        actions.invite(by=reader.by, meeting=meeting, post=each, bring=ASKED[each.slug])
    chosen = suggestions(reader, meeting)[:CHOSEN]
    actions.put_on(by=reader.by, meeting=meeting, people={each.person: each.why for each in chosen})
    actions.send(by=reader.by, meeting=meeting)
    return len(chosen)
