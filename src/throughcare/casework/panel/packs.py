"""What each post gets of a meeting: before it, the agenda with what it may see of each person; after it, its own actions and,
of the people whose panel it may see, the decisions. Nothing else: what it may not see is not there, nor is it counted."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from throughcare.casework.access.models import Post
from throughcare.casework.access.reader import Reader
from throughcare.casework.panel import models as m
from throughcare.casework.panel.facts import Told, told_of
from throughcare.casework.panel.queries import actions_of, boroughs_of, decided
from throughcare.casework.panel.room import discloses, readers, same_agency
from throughcare.casework.people.names import Named, named

ROWS = ("contact", "identity", "panel", "panel_actions", "rag", "cohort_membership", "supervision", "custody", "address", "risks",
        "score")  # fmt: skip
"""The rows that a pack shows: the co-ordinator may see each, so that what is sent can be looked at before it goes."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """A person of a pack. Before the meeting `why` and `told`; after it `decision` and `rag`. "" and (): not for this post."""

    person: Named
    why: tuple[str, ...] = ()
    told: tuple[Told, ...] = ()
    decision: str = ""
    rag: str = ""


@dataclass(frozen=True, kw_only=True)
class Pack:
    """`actions`: those of the post's agency, each with its person. `after`: the meeting is closed. `left_out`: the viewer may
    not know of some people whom the post works with, so that this is not all that it gets."""

    seat: m.Seat
    lines: tuple[Line, ...]
    actions: tuple[tuple[m.Action, Named], ...]
    after: bool
    left_out: bool


def visible(meeting: m.Meeting) -> bool:
    """Whether its posts may open their packs: once sent; an agenda stays until the pack takes its place."""
    return meeting.packs_sent_at is not None or meeting.agenda_sent_at is not None


def pack(viewer: Reader, seat: m.Seat) -> Pack:
    """The pack of the seat's post, as every holder of it may see it; to another viewer, of whom it may know they work with."""
    meeting, post = seat.meeting, seat.post
    after = meeting.state == m.CLOSED and (meeting.packs_sent_at is not None or meeting.borough in boroughs_of(viewer))
    items = list(m.Item.objects.filter(meeting=meeting).order_by("place", "pk"))
    given = [a for a in actions_of(item__meeting=meeting) if same_agency(a.owner, post)] if after else _open(meeting, post)
    people = {i.person_id for i in items} | {a.person_id for a in given}
    may = {row: _all_may(readers(viewer, [post])[post.pk], row, people) for row in ROWS}
    known, left_out = may["contact"], False
    if not _holds(viewer, post):
        row = discloses(viewer, post)
        known = known & viewer.allowed(row, people) & viewer.allowed("contact", people)
        left_out = not viewer.may(row)
        may["panel_actions"] = may["panel_actions"] & viewer.allowed("panel", people)
    names = named(people, known=may["identity"])
    lines = _decided(items, known, may, names) if after else _agenda(viewer, items, known, may, names)
    theirs = tuple((a, names[a.person_id]) for a in given if a.person_id in may["panel_actions"])
    return Pack(seat=seat, lines=tuple(lines), actions=theirs, after=after, left_out=left_out)


def _holds(viewer: Reader, post: Post) -> bool:
    return any(same_agency(post, mine) for mine in viewer.acting)


def _open(meeting: m.Meeting, post: Post) -> list[m.Action]:
    """Actions of the borough's earlier panels that the post has not done yet."""
    found = actions_of(item__meeting__borough=meeting.borough, item__meeting__on__lt=meeting.on, state="open")
    return [action for action in found if same_agency(action.owner, post)]


def _all_may(theirs: Sequence[Reader], row: str, people: Collection[int]) -> frozenset[int]:
    """Those of whom every holder of the post may view the row; nobody where nobody holds it."""
    seen = [each.allowed(row, people) for each in theirs]
    return frozenset.intersection(*seen) if seen else frozenset()


May = dict[str, frozenset[int]]


def _agenda(viewer: Reader, items: Sequence[m.Item], known: Collection[int], may: May, names: dict[int, Named]) -> list[Line]:
    told = told_of([i.person_id for i in items if i.person_id in known], viewer.day)
    return [
        Line(
            person=names[i.person_id],
            why=tuple(why.words for why in i.why if i.person_id in may.get(why.row, ())),
            told=tuple(fact for fact in told.get(i.person_id, ()) if i.person_id in may.get(fact.row, ())),
        )
        for i in items
        if i.person_id in known
    ]


def _decided(items: Sequence[m.Item], known: Collection[int], may: May, names: dict[int, Named]) -> list[Line]:
    last = decided(items)
    return [
        Line(
            person=names[i.person_id], decision=last[i.pk].text or "No change",
            rag=last[i.pk].rag if i.person_id in may["rag"] else "",
        )
        for i in items
        if i.pk in last and i.person_id in known and i.person_id in may["panel"]
    ]  # fmt: skip
