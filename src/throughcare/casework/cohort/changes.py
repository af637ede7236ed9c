"""What changed in the cohort between two days, and why: who joined, left or passed on, ratings, scores, proposals. Reads only."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import polars as pl
from django.db.models import Q

from throughcare.casework.access.reader import Reader
from throughcare.casework.cohort.as_stood import known_by, scores_then
from throughcare.casework.cohort.lists import Sight
from throughcare.casework.cohort.models import JOIN, LEAVE, Membership, Proposal, Rating, Transfer
from throughcare.casework.cohort.queries import members, rated
from throughcare.casework.frames import only
from throughcare.casework.people import queries as people
from throughcare.casework.people.names import Named
from throughcare.core.dates import completed_years, day_in_words

JOINED, LEFT, PASSED, RATED, SCORED, PROPOSED, GONE, REFUSED, TAKEN_BACK = KINDS = (
    "Joined", "Left", "Passed to another borough", "Rating changed", "Score moved", "New proposal", "Proposal no longer true",
    "Proposal refused", "Decision taken back",
)  # fmt: skip
TO = {JOIN: "to join", LEAVE: "to leave"}


@dataclass(frozen=True, kw_only=True)
class Change:
    """One thing that changed. `what` is its outcome in a word or two, told to whoever sees it; `why` and `by` to who reads it."""

    kind: str
    on: date
    person: int
    borough: str
    row: str = "cohort_membership"
    what: str = ""
    why: str = ""
    by: str = ""
    boroughs: tuple[str, ...] = ()
    name: Named | None = field(default=None)
    open: bool = False

    @property
    def shown(self) -> str:
        return self.name.shown if self.name else f"Person {self.person}"

    @property
    def theirs(self) -> tuple[str, ...]:
        """The boroughs whose own it was on the day."""
        return self.boroughs or (self.borough,)


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What changed after `first` until `last`, newest first; how many of those told of were members on either day."""

    first: date
    last: date
    lines: tuple[Change, ...]
    before: int
    after: int


def changes(reader: Reader, first: date, last: date) -> Changes:
    """What the reader may be told of it. Of the days after `first`, until `last`; a score compares the two days."""
    then, now = (_responsible(day) for day in (first, last))
    window = Window(first=first, last=last, then=then, now=now)
    lines = [*window.memberships(), *window.transfers(), *window.ratings(), *window.proposals()]
    boroughs = {person: {borough} for person, borough in (then | now).items()}
    for line in lines:
        boroughs.setdefault(line.person, set()).update(line.theirs)
    sight = Sight(reader, boroughs)
    lines += window.scores(frozenset(p for p in then.keys() & now.keys() if sight.sees("score", p, (now[p],))))
    names, opens = sight.names(), sight.opens()
    seen = [_told(line, sight, names, opens) for line in lines if sight.sees(line.row, line.person, line.theirs)]
    seen.sort(key=lambda line: (-line.on.toordinal(), KINDS.index(line.kind), line.name is None, line.shown))
    counted = [sum(sight.sees("cohort_membership", p, (b,)) for p, b in held.items()) for held in (then, now)]
    return Changes(first=first, last=last, lines=tuple(seen), before=counted[0], after=counted[1])


def _told(line: Change, sight: Sight, names: dict[int, Named], opens: frozenset[int]) -> Change:
    """The line as the reader may be told of it."""
    reads = sight.reads(line.row, line.person, line.theirs)
    name = names.get(line.person) if sight.sees("contact", line.person, line.theirs) else None
    return Change(
        kind=line.kind, on=line.on, person=line.person, borough=line.borough, row=line.row, what=line.what,
        why=line.why if reads else "", by=line.by if reads else "", boroughs=line.boroughs, name=name,
        open=line.person in opens,
    )  # fmt: skip


def _responsible(day: date) -> dict[int, str]:
    return dict(members(day).select("person", "borough").iter_rows())


@dataclass(frozen=True, kw_only=True)
class Window:
    """The days after `first`, until `last`; who were members on either, by person the borough responsible."""

    first: date
    last: date
    then: dict[int, str]
    now: dict[int, str]

    def within(self, column: str) -> Q:
        return Q(**{f"{column}__gt": self.first, f"{column}__lte": self.last})

    def borough(self, person: int, otherwise: str = "") -> str:
        return self.now.get(person) or self.then.get(person) or otherwise

    def memberships(self) -> Iterator[Change]:
        for m in Membership.objects.filter(self.within("start")):
            told = "off the rule" if m.off_rule else "by the rule"
            yield Change(kind=JOINED, on=m.start, person=m.person_id, borough=m.borough, what=told,
                         why="; ".join(m.reasons.splitlines()), by=m.joined_by)  # fmt: skip
        for m in Membership.objects.filter(self.within("end")):
            yield Change(kind=LEFT, on=m.end, person=m.person_id, borough=self.then.get(m.person_id) or m.borough,
                         what=m.left_because, why=m.left_reason, by=m.left_by)  # fmt: skip
        for m in Membership.every.filter(self.within("annulled_on")):
            yield Change(kind=TAKEN_BACK, on=m.annulled_on, person=m.person_id, borough=m.borough, what="joined by mistake",
                         why=m.annulled_reason, by=m.annulled_by)  # fmt: skip

    def transfers(self) -> Iterator[Change]:
        for t in Transfer.objects.filter(self.within("on")):
            yield Change(kind=PASSED, on=t.on, person=t.person_id, borough=t.to_borough, what=f"from {t.from_borough}",
                         why=t.reason, by=t.accepted_by, boroughs=(t.from_borough, t.to_borough))  # fmt: skip

    def ratings(self) -> Iterator[Change]:
        """Ratings set in the window that differ from the one before it; of members."""
        before = dict(rated(self.first).iter_rows())
        found = {r.person_id: r for r in Rating.objects.filter(self.within("start")).order_by("start", "pk")}
        for person, r in found.items():
            if r.rag != before.get(person, "") and self.borough(person):
                was = f"{before[person]} before" if person in before else "not rated before"
                yield Change(kind=RATED, on=r.start, person=person, borough=self.borough(person), row="rag",
                             what=f"{r.rag}, {was}", why=r.reason, by=r.set_by)  # fmt: skip

    def proposals(self) -> Iterator[Change]:
        told_of = set()  # a proposal that waits again after its decision was taken back is no new one
        touched = self.within("as_at") | self.within("superseded_on") | self.within("decided_on") | self.within("taken_back_on")
        for p in Proposal.objects.filter(touched).order_by("pk"):
            told = TO.get(p.kind, "to pass on")
            line = {"person": p.person_id, "borough": p.borough}
            same = (p.person_id, p.kind, p.as_at, p.facts_digest)
            if self._holds(p.as_at) and same not in told_of:
                told_of.add(same)
                yield Change(kind=PROPOSED, on=p.as_at, what=told, why="; ".join(p.reasons.splitlines()), by="the rule", **line)
            if self._holds(p.superseded_on):
                yield Change(kind=GONE, on=p.superseded_on, what=told, why="the facts are others now", by="the rule", **line)
            if p.accepted is False and self._holds(p.decided_on):
                yield Change(kind=REFUSED, on=p.decided_on, what=told, why=p.decision_reason, by=p.decided_by, **line)
            if self._holds(p.taken_back_on) and p.kind != JOIN:
                yield Change(kind=TAKEN_BACK, on=p.taken_back_on, what=f"{p.decision} {told}", why=p.taken_back_reason,
                             by=p.taken_back_by, **line)  # fmt: skip

    def _holds(self, on: date | None) -> bool:
        return on is not None and self.first < on <= self.last

    def scores(self, wanted: frozenset[int]) -> list[Change]:
        """The scores of members on both days that are not what they were, from what was known on each day."""
        with only(*wanted):
            before, after = scores_then(self.first), scores_then(self.last)
            moved = before.join(after, on="person", suffix="_now").filter(~pl.col("score").eq_missing(pl.col("score_now")))
        why = self._why(moved["person"].to_list())
        return [
            Change(kind=SCORED, on=why[person][0], person=person, borough=self.now[person], row="score",
                   what=f"{_words(now)}, {_words(was)} before", why=why[person][1], by="worked out")
            for person, was, now in moved.iter_rows()
        ]  # fmt: skip

    def _why(self, moved: list[int]) -> dict[int, tuple[date, str]]:
        """By person, when and why the score moved: a sanction, a release, history that came late, a birthday, else time."""
        with only(*moved):
            then, now = known_by(self.first), known_by(self.last)
            told = (
                (people.convictions(now), "convicted_on", "found guilty or cautioned"),
                (people.sentences(now), "released_on", "released"),
            )
            late = {
                person
                for find, column in ((people.convictions, "convicted_on"), (people.sentences, "imposed_on"))
                for person in _more(find(now), find(then), column, self.first)
            }
            born = dict(people.people().select("person", "date_of_birth").iter_rows())
        found = {person: (self.last, self._by_time(born.get(person))) for person in moved}
        found |= dict.fromkeys(late, (self.last, "history of before came since, or was corrected"))
        for frame, column, words in reversed(told):
            held = frame.filter((pl.col(column) > self.first) & (pl.col(column) <= self.last)).sort(column)
            found |= {person: (on, f"{words} on {day_in_words(on)}") for person, on in held.select("person", column).iter_rows()}
        return found

    def _by_time(self, born: date | None) -> str:
        ages = [completed_years(born, on) for on in (self.first, self.last)] if born and born <= self.first else [0, 0]
        return f"turned {ages[1]}" if ages[0] != ages[1] else "time has passed"


def _more(now: pl.DataFrame, then: pl.DataFrame, column: str, first: date) -> set[int]:
    """People of whom more is known now of the days until `first` than was known then."""
    sizes = [frame.filter(pl.col(column) <= first).group_by("person").len() for frame in (now, then)]
    joined = sizes[0].join(sizes[1], on="person", how="left", suffix="_then")
    return set(joined.filter(pl.col("len") > pl.col("len_then").fill_null(0))["person"])


def _words(score: int | None) -> str:
    return "no score" if score is None else str(score)
