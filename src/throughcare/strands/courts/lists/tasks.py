"""What waits because of court lists: a list that has not come, and names to confirm. A diary without its list says so."""

from collections.abc import Iterator

from django.urls import reverse

from throughcare.casework.access.reader import Reader
from throughcare.casework.clock import instant_on
from throughcare.core.dates import weekday_in_words
from throughcare.core.pages import Task
from throughcare.design.environment import count
from throughcare.strands.courts.lists.arrival import Arrival, arrival
from throughcare.strands.courts.lists.queries import as_it_stands, counts, shown
from throughcare.strands.courts.models import Hearing, ListReceived


def tasks(reader: Reader) -> Iterator[Task]:
    """Of the courts of the reader's posts: today's list where it is late, short or absent; names to confirm of today and later.

    Nothing is said of a court of which no list ever came here: lists are not sent to every pilot.
    """
    at = instant_on(reader.day)
    for court in sorted({post.place for post in reader.held("court_officer") if post.place}):
        today = arrival(court, reader.day, at)
        if today.wants_attention and ListReceived.objects.exists():
            yield _missing(today)
        days = Hearing.objects.filter(court=court, sits_on__gte=reader.day).values_list("sits_on", flat=True).distinct()
        for day in sorted(set(days)):
            asked = counts(shown(as_it_stands(court, day), reader)).to_confirm
            if asked:
                yield Task(
                    key=f"courts.confirm:{court}:{day}:{asked}", kind="Names to confirm", row="court_cases", due_on=day, harm=2,
                    words=f"{count(asked, 'name')} on the list of {court} for {weekday_in_words(day)} may be people known here",
                    act=("Confirm", reverse("court-lists") + f"?court={court}&day={day}#confirm"), elsewhere=False,
                )  # fmt: skip


def _missing(a: Arrival) -> Task:
    """Harm may come today of a list that is not here: nobody is looked for."""
    then = "" if a.state == "short" else ". Until it comes nobody can say who is listed"
    return Task(
        key=f"courts.list:{a.court}:{a.day}:{a.state}", kind="Court lists that are missing", row="court_cases", due_on=a.day,
        harm=1 if a.state == "absent" else 2, words=f"{a.words}{then}", act=("Paste the list", reverse("court-lists")),
        elsewhere=False,
    )  # fmt: skip
