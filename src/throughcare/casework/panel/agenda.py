"""Whom a panel might discuss, and why: Red, changed since the last panel, overdue, asked for. It suggests; people choose."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

from django.db.models import Q

from throughcare.casework.access.models import Post
from throughcare.casework.access.reader import Reader
from throughcare.casework.cohort.models import Membership, Proposal, Rating, Transfer
from throughcare.casework.cohort.queries import scores
from throughcare.casework.cohort.reach import members_of
from throughcare.casework.cohort.standing import ratings_of
from throughcare.casework.frames import only
from throughcare.casework.panel.models import CLOSED, TAKEN_BACK, Action, Ask, Decision, Item, Meeting, Why
from throughcare.casework.people.models import CustodySpell
from throughcare.casework.pilot import current_pilot
from throughcare.core.dates import day_in_words
from throughcare.rules.meeting_actions import WAITS

GROUPS = {"red": "Red", "changed": "Changed since the last panel", "overdue": "Overdue", "asked": "Asked for"}
Reasons = dict[int, list[Why]]


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """A person with every reason to discuss them, in the order of `GROUPS`; the first says under which they stand."""

    person: int
    why: tuple[Why, ...]

    @property
    def group(self) -> str:
        return self.why[0].group


def suggestions(reader: Reader, meeting: Meeting) -> list[Suggestion]:
    """Those not yet on the agenda, of whom the reader may run a panel: by group, within it those with most reasons first."""
    on_it = set(Item.objects.filter(meeting=meeting).values_list("person", flat=True))
    found = reasons(reader, meeting)
    told = [Suggestion(person=person, why=tuple(why)) for person, why in found.items() if person not in on_it]
    order = list(GROUPS)
    return sorted(told, key=lambda s: (order.index(s.group), -len(s.why), s.person))


def reasons(reader: Reader, meeting: Meeting) -> Reasons:
    """By person, why the panel might discuss them, as known on the reader's day. Nobody whom the reader may not see."""
    day, posts = reader.day, [p for p in reader.held("iom_coordinator") if p.place == meeting.borough]
    members = _members(posts, day)
    asks, waiting = _asked(meeting), _waiting(meeting)
    since = last_panel(meeting) or meeting.on - within()
    moved = _moved(meeting.borough, since, day)
    allowed = reader.allowed("panel", {*members, *asks, *waiting, *moved})
    theirs = sorted(allowed & set(members))
    told = (
        {person: [Why("red", "rag", "Red")] for person, rag in ratings_of(theirs, day).items() if rag == "Red"},
        _rated_anew(theirs, since, day), _scored_anew(theirs, since, day), _in_and_out(theirs, since, day), moved,
        waiting, _not_discussed(meeting, {person: members[person] for person in theirs}), asks,
    )  # fmt: skip
    found: Reasons = defaultdict(list)
    for person, why in chain.from_iterable(each.items() for each in told):
        if person in allowed:
            found[person] += why
    return found


def within() -> timedelta:
    """How long a member may go undiscussed."""
    return timedelta(weeks=current_pilot().panel.discussed_within_weeks)


def last_panel(meeting: Meeting) -> date | None:
    """The day of the borough's last closed panel before this one; None for its first."""
    before = Meeting.objects.filter(borough=meeting.borough, state=CLOSED, on__lt=meeting.on)
    return before.order_by("-on").values_list("on", flat=True).first()


def _members(posts: Collection[Post], day: date) -> dict[int, date]:
    """By member of the borough, since when."""
    return dict(members_of(list(posts), day).order_by("start").values_list("person_id", "start")) if posts else {}


def _rated_anew(people: Collection[int], since: date, day: date) -> Reasons:
    """Ratings given after the last panel: on its own day it gave them itself."""
    found = Rating.objects.filter(person__in=people, start__gt=since, start__lte=day).order_by("start", "pk")
    return {r.person_id: [Why("changed", "rag", f"{r.rag} since {day_in_words(r.start)}")] for r in found}


def _scored_anew(people: Collection[int], since: date, day: date) -> Reasons:
    """Whose score is another one than on the day of the last panel."""
    if not people:
        return {}
    with only(*people):
        now, then = (dict(scores(on).select("person", "percent_2y").iter_rows()) for on in (day, since))
    return {
        person: [Why("changed", "score", f"Score {now[person]}, was {then[person]}")]
        for person in people
        if None not in (now.get(person), then.get(person)) and now[person] != then[person]
    }


def _in_and_out(people: Collection[int], since: date, day: date) -> Reasons:
    """Who came into prison or out of it after the last panel."""
    found: Reasons = defaultdict(list)
    spells = CustodySpell.objects.filter(Q(start__gt=since, start__lte=day) | Q(end__gt=since, end__lte=day), person__in=people)
    for spell in spells.order_by("start", "pk"):
        if spell.start > since:
            found[spell.person_id].append(Why("changed", "custody", f"Into {spell.prison} on {day_in_words(spell.start)}"))
        if spell.end is not None and since < spell.end <= day:
            found[spell.person_id].append(Why("changed", "custody", f"Out of {spell.prison} on {day_in_words(spell.end)}"))
    return found


def _moved(borough: str, since: date, day: date) -> Reasons:
    """Who joined or left the cohort, came from another borough, or is proposed to do so."""
    found: Reasons = defaultdict(list)

    def tell(person: int, words: str) -> None:
        found[person].append(Why("changed", "cohort_membership", words))

    for m in Membership.objects.filter(borough=borough, start__gt=since, start__lte=day):
        tell(m.person_id, f"Joined the cohort on {day_in_words(m.start)}")
    for m in Membership.objects.filter(borough=borough, end__gt=since, end__lte=day):
        tell(m.person_id, f"Left the cohort on {day_in_words(m.end)}")
    for t in Transfer.objects.filter(to_borough=borough, on__gt=since, on__lte=day):
        tell(t.person_id, f"Came from {t.from_borough} on {day_in_words(t.on)}")
    for p in Proposal.objects.filter(borough=borough, accepted=None, superseded_on=None, as_at__lte=day):
        tell(p.person_id, f"Proposed to {p.kind}")
    return found


def _waiting(meeting: Meeting) -> Reasons:
    """Actions of the borough's panels that are not done: they come back to every agenda until they are."""
    found: Reasons = defaultdict(list)
    waiting = Action.objects.filter(item__meeting__borough=meeting.borough, state__in=WAITS).exclude(item__meeting=meeting)
    for action in waiting.order_by("due_on", "pk"):
        late = "overdue since" if action.due_on < meeting.on else "due on"
        found[action.person_id].append(Why("overdue", "panel", f"Action open, {late} {day_in_words(action.due_on)}"))
    return found


def discussed(borough: str) -> Mapping[int, date]:
    """By person, the day on which a closed panel of the borough last discussed them."""
    last: dict[int, tuple[int, date, str]] = {}
    told = Decision.objects.filter(item__meeting__borough=borough, item__meeting__state=CLOSED)
    ordered = told.order_by("item__meeting__on", "pk")
    for item, person, on, kind in ordered.values_list("item", "item__person", "item__meeting__on", "kind"):
        last[item] = (person, on, kind)
    return {person: on for person, on, kind in last.values() if kind != TAKEN_BACK}


def _not_discussed(meeting: Meeting, members: Mapping[int, date]) -> Reasons:
    """Members for whom no panel had a word within the weeks of the pilot file, from joining or the last discussion on."""
    found, last = {}, discussed(meeting.borough)
    for person, joined in members.items():
        since = max(joined, last.get(person, joined))
        if since + within() <= meeting.on:
            words = f"Not discussed since {day_in_words(since)}" if person in last else "Never discussed since joining"
            found[person] = [Why("overdue", "panel", words)]
    return found


def _asked(meeting: Meeting) -> Reasons:
    """Whom somebody asks to be discussed. Who asked, and why, is for the co-ordinator: the words here do not tell."""
    asks = Ask.objects.filter(borough=meeting.borough, discussed=None).order_by("on", "pk")
    return {ask.person_id: [Why("asked", "panel", "Asked for")] for ask in asks}
