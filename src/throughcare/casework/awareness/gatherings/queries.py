"""Reading the partners' meetings: which, who is expected, who stays away, which actions come back."""

from collections.abc import Collection, Sequence
from datetime import date

from throughcare.casework.access.models import Post
from throughcare.casework.access.reader import Reader
from throughcare.casework.awareness import models as m
from throughcare.casework.pilot import current_pilot
from throughcare.core.pilot import Pilot
from throughcare.core.pilot_awareness import MeetingKind
from throughcare.rules.meeting_actions import OPEN, WAITS


def kinds(pilot: Pilot) -> dict[str, MeetingKind]:
    return {each.slug: each for each in pilot.awareness.meetings}


def title_of(meeting: m.Meeting) -> str:
    """Its kind by name, and its borough."""
    return title(meeting.kind, meeting.borough)


def title(kind: str, borough: str) -> str:
    """The kind by its name in the pilot file, by its slug where that has it no more; and the borough."""
    found = kinds(current_pilot()).get(kind)
    name = found.name if found else kind
    return f"{name}, {borough}" if borough else name


def expected(pilot: Pilot, kind: str) -> list[str]:
    """The agencies that are expected at meetings of the kind, in the order of the file; none of a kind that it has no more."""
    found = kinds(pilot).get(kind)
    if found is None:
        return []
    return list(dict.fromkeys([*found.agencies, *((each.name for each in pilot.providers) if found.providers else ())]))


def may_run(reader: Reader, kind: str, borough: str) -> bool:
    """The pilot's manager runs every meeting; a borough's co-ordinator those of the borough."""
    if reader.held("pilot_manager"):
        return True
    return bool(borough) and borough in {post.place for post in reader.held("iom_coordinator")}


def runs(reader: Reader) -> list[tuple[MeetingKind, str]]:
    """Every kind and borough of which the reader runs the meetings; "" for the whole pilot."""
    pilot = current_pilot()
    every = [(kind, borough) for kind in pilot.awareness.meetings for borough in (pilot.boroughs if kind.by_borough else ("",))]
    return [(kind, borough) for kind, borough in every if may_run(reader, kind.slug, borough)]


def stays_away(kind: str, borough: str, day: date, pilot: Pilot) -> list[str]:
    """The agencies expected that came to none of the last meetings of the kind, as many as the file says; of fewer, nobody.

    A meeting counts once it is kept who came, so that one not yet written down is missed by nobody.
    """
    last = m.Meeting.objects.filter(kind=kind, borough=borough, on__lte=day, kept_on__isnull=False, cancelled=False)
    latest = list(last.order_by("-on", "-pk").values_list("pk", flat=True)[: pilot.awareness.missed])
    if len(latest) < pilot.awareness.missed:
        return []
    came = set(m.Came.objects.filter(meeting__in=latest).values_list("agency", flat=True))
    return [agency for agency in expected(pilot, kind) if agency not in came]


def carried(meeting: m.Meeting) -> list[m.Action]:
    """Actions of earlier meetings of the kind and borough that wait: they come back to every one until they are done."""
    waiting = m.Action.objects.filter(
        meeting__kind=meeting.kind, meeting__borough=meeting.borough, meeting__on__lte=meeting.on, state__in=WAITS
    ).exclude(meeting=meeting)  # fmt: skip
    return list(waiting.select_related("owner", "meeting").order_by("due_on", "pk"))


def given_at(meeting: m.Meeting) -> list[m.Action]:
    """The actions that the meeting gave, whatever became of them."""
    return list(m.Action.objects.filter(meeting=meeting).select_related("owner").order_by("due_on", "pk"))


def owned(posts: Collection[Post]) -> list[m.Action]:
    """The open actions of these posts, by the day they are due."""
    found = m.Action.objects.filter(owner__in=list(posts), state=OPEN).select_related("owner", "meeting")
    return list(found.order_by("due_on", "pk"))


def latest(day: date, most: int = 60) -> Sequence[m.Meeting]:
    """Meetings, those to come and the last ones, newest first."""
    return list(m.Meeting.objects.order_by("-on", "kind", "borough", "pk")[:most])
