"""Lists matched, answered, typed and forgotten. A list in a file comes by the import; what follows it is `match_new`.

Somebody whom an entry is about is on the list (`ListEntry`), so that the court's post reaches them, and is on it no longer
when the entry is withdrawn or somebody says that it is another person.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q

from throughcare.casework.audit.actions import Recording, recording
from throughcare.casework.imports.queries import parts_of
from throughcare.core.clock import london_date
from throughcare.core.errors import UserError
from throughcare.strands.courts.lists.matching import Likeness, matched
from throughcare.strands.courts.lists.pasted import Pasted
from throughcare.strands.courts.lists.queries import CERTAIN, NOT_SURE, SAME, chosen, holds
from throughcare.strands.courts.lists.standing import standing_of
from throughcare.strands.courts.lists.typed.actions import (
    keep_pasted,
    keep_typed,
    restore_entry,
    undo_list,
    withdraw_entry,
)  # fmt: skip
from throughcare.strands.courts.models import MATCH_ANSWERS, Hearing, HearingMatch, ListEntry, ListReceived
from throughcare.strands.courts.reach import AFTER

NONE = "none"


class AnswerRefused(UserError):
    """An answer that is none, or to a question that is asked no longer."""


def match_new(*, by: str, since: date, again: bool = False) -> int:
    """Matches the entries that nobody has looked for yet; gives how many. Safe to repeat: done again, nothing is written.

    `again`: also those of `since` and later of which nobody has said anything, because people known may have changed. Where
    people were never linked nothing is matched, and entries stay "not looked for".
    """
    hearings = _to_match(since, again)
    found = matched(hearings) if hearings else []
    if found is None:
        found, hearings = [], []
    moves = plan(_recent(since))
    if hearings or moves.off or moves.on:
        with recording(by=by, verb="courts.match_lists") as entry:
            _keep(hearings, found)
            moved = _move(entry, plan(_recent(since) | {h.reference for h in hearings}))
            entry.details = {"entries": len(hearings), **_tally(found), **moved}
    return len(hearings)


def after_import(by: str, day: date, people_changed: bool) -> None:
    """What follows an import: the lists that it brought are matched, and today's again where people changed."""
    match_new(by=by, since=day, again=people_changed)


def _to_match(since: date, again: bool) -> list[Hearing]:
    """The entries that stand and whose identity has no match, or none that anybody answered."""
    looked_for = HearingMatch.objects.filter(reference=OuterRef("reference"), digest=OuterRef("digest"))
    new = set(Hearing.objects.filter(~Exists(looked_for)).values_list("reference", "digest"))
    if again:
        asked = HearingMatch.objects.filter(sits_on__gte=since)
        said = set(asked.exclude(answer="").values_list("reference", "digest"))
        new |= set(asked.values_list("reference", "digest")) - said
    stand = standing_of(reference for reference, _ in new)
    return [h for h in stand.values() if not h.withdrawn and (h.reference, h.digest) in new]


def _recent(since: date) -> set[str]:
    """Entries whose matches hold, or put somebody on a list, lately enough for anybody to be reached by it."""
    held = Q(answer=SAME) | Q(kind__in=CERTAIN, answer="") | ~Q(listed=None)
    return set(HearingMatch.objects.filter(held, sits_on__gte=since - AFTER).values_list("reference", flat=True))


def _keep(hearings: Sequence[Hearing], found: Sequence[Sequence[Likeness]]) -> None:
    """The matches of these entries in place of those that nobody answered; what was answered of an identity stays."""
    answered = _clear([(h.reference, h.digest) for h in hearings])
    now, rows = datetime.now(UTC), []
    for hearing, likenesses in zip(hearings, found, strict=True):
        before = answered[hearing.reference, hearing.digest]
        known = {row.person_id for row in before}
        rank = 1 + max((row.rank for row in before), default=-1)
        fresh: list[Likeness | None] = [each for each in likenesses if each.person not in known]
        if not fresh and not before:
            fresh = [None]
        rows += [_row(hearing, each, rank + place, now) for place, each in enumerate(fresh)]
    HearingMatch.objects.bulk_create(rows, batch_size=1000)


def _clear(identities: Sequence[tuple[str, str]]) -> Mapping[tuple[str, str], list[HearingMatch]]:
    """Deletes matches without an answer, with their places on the list; gives the others, by reference and digest."""
    wanted, answered, gone = set(identities), defaultdict(list), []
    for part in parts_of([reference for reference, _ in identities]):
        for row in HearingMatch.objects.filter(reference__in=part):
            if (row.reference, row.digest) in wanted:
                if row.answer:
                    answered[row.reference, row.digest].append(row)
                else:
                    gone.append(row.pk)
    for part in parts_of(gone):
        listed = list(HearingMatch.objects.filter(pk__in=part).exclude(listed=None).values_list("listed", flat=True))
        HearingMatch.objects.filter(pk__in=part).delete()
        _off(listed)
    return answered


def _row(h: Hearing, found: Likeness | None, rank: int, at: datetime) -> HearingMatch:
    told = {"reference": h.reference, "court": h.court, "sits_on": h.sits_on, "digest": h.digest, "rank": rank, "matched_at": at}
    if found is None:
        return HearingMatch(**told, kind=NONE)
    return HearingMatch(
        **told, person_id=found.person, kind=found.kind, weight=found.weight, because="\n".join(found.because)
    )


def _tally(found: Iterable[Sequence[Likeness]]) -> dict[str, int]:
    told: dict[str, int] = defaultdict(int)
    for likenesses in found:
        told[likenesses[0].kind if likenesses else NONE] += 1
    return dict(told)


@dataclass(frozen=True, kw_only=True)
class Moves:
    """Whom to take `off` the list, and whom to put `on` it by which hearing."""

    off: tuple[HearingMatch, ...]
    on: tuple[tuple[HearingMatch, Hearing], ...]


def plan(references: Collection[str]) -> Moves:
    """What makes the list say whom these entries, as they stand, are about. Reads only."""
    stand, rows = standing_of(references), defaultdict(list)
    for part in parts_of(sorted(references)):
        for row in HearingMatch.objects.filter(reference__in=part).select_related("listed").order_by("rank"):
            rows[row.reference].append(row)
    off, on = [], []
    for reference, theirs in rows.items():
        now = stand.get(reference)
        held = chosen([row for row in theirs if now is not None and not now.withdrawn and row.digest == now.digest])
        holder = held if held is not None and holds(held) else None
        off += [row for row in theirs if row.listed is not None and (row is not holder or not _same_place(row, now))]
        if holder is not None and now is not None and (holder.listed is None or holder in off):
            on.append((holder, now))
    return Moves(off=tuple(off), on=tuple(on))


def _move(entry: Recording, moves: Moves) -> dict[str, int]:
    for row in moves.off:
        _take_off(entry, row)
    for row, hearing in moves.on:
        _put_on(entry, row, hearing)
    return {"put_on": len(moves.on), "taken_off": len(moves.off)}


def _same_place(row: HearingMatch, now: Hearing | None) -> bool:
    listed = row.listed
    return now is not None and (listed.person_id, listed.court, listed.hearing_on) == (row.person_id, now.court, now.sits_on)


def _put_on(entry: Recording, row: HearingMatch, hearing: Hearing) -> None:
    """The person's list entry: the one that there is already by another feed, else one made here."""
    found = ListEntry.objects.filter(person=row.person_id, court=hearing.court, hearing_on=hearing.sits_on).order_by("pk").first()
    if found is None:
        first = Hearing.objects.filter(reference=hearing.reference).order_by("received_at").first() or hearing
        found = ListEntry(
            person_id=row.person_id, court=hearing.court, hearing_on=hearing.sits_on, received_on=london_date(first.received_at)
        )
        found.save()
    row.listed, row.court, row.sits_on = found, hearing.court, hearing.sits_on
    row.save()
    entry.also("courts.list", "courts.listentry", str(found.pk), person_id=row.person_id, details={"match": row.pk})


def _take_off(entry: Recording, row: HearingMatch) -> None:
    listed = row.listed_id
    row.listed = None
    row.save()
    _off([listed])
    entry.also("courts.unlist", "courts.listentry", str(listed), person_id=row.person_id, details={"match": row.pk})


def _off(listed: Collection[int]) -> None:
    """Deletes list entries made here on which nothing rests any more; those of a feed are that feed's."""
    held = HearingMatch.objects.filter(listed__in=list(listed)).values_list("listed", flat=True)
    ListEntry.objects.filter(pk__in=set(listed) - set(held), source=None).delete()


def answer(*, by: str, match: int, answer: str) -> HearingMatch:
    """What a person says of a match: the same person, not, or not sure. Said again, the last answer holds.

    Refused: another word; of nobody; where the entry says somebody else since, or is no longer on the list.
    """
    if answer not in MATCH_ANSWERS:
        raise AnswerRefused(
            what="That is no answer", record=f"match {match}", expected=f"one of {', '.join(MATCH_ANSWERS)}", mend="choose one"
        )
    return _say(by, match, answer, verb="courts.answer_match")


def undo_answer(*, by: str, match: int) -> HearingMatch:
    """Takes an answer back: the question is asked again, and an exact match holds again. Refused: where nobody answered."""
    row = _asked(match)
    if not row.answer:
        raise AnswerRefused(
            what="Nobody has answered", record=f"match {match}", expected="an answer to take back", mend="look at the list again"
        )
    return _say(by, match, "", verb="courts.undo_answer")


def _say(by: str, match: int, said: str, *, verb: str) -> HearingMatch:
    row = _asked(match)
    with recording(by=by, verb=verb) as entry:
        before, row.answer = row.answer, said
        row.answered_by, row.answered_at = (by, datetime.now(UTC)) if said else ("", None)
        row.save()
        others = HearingMatch.objects.filter(reference=row.reference, digest=row.digest, answer=SAME).exclude(pk=row.pk)
        if said == SAME:
            others.update(answer=NOT_SURE)
        moved = _move(entry, plan({row.reference}))
        entry.about(row)
        entry.details = {"answer": said, "before": before, "kind": row.kind, **moved}
    return HearingMatch.objects.get(pk=row.pk)


def _asked(match: int) -> HearingMatch:
    """The match, where the entry still stands and says the same person."""
    row = HearingMatch.objects.filter(pk=match).exclude(person=None).first()
    now = standing_of([row.reference]).get(row.reference) if row else None
    if row is None or now is None or now.withdrawn or now.digest != row.digest:
        raise AnswerRefused(
            what="That is asked no longer", record=f"match {match}", expected="an entry that stands as it was matched",
            mend="look at the list again: it has changed since",
        )  # fmt: skip
    return row


def paste_list(*, by: str, court: str, sits_on: date, text: str, issued_at: datetime | None = None) -> Pasted:
    """Keeps a pasted list (`typed.actions.keep_pasted`) and matches it at once. Gives what was read and what was not."""
    found = keep_pasted(by=by, court=court, sits_on=sits_on, text=text, issued_at=issued_at)
    match_new(by=by, since=sits_on)
    return found


def take_back(*, by: str, came: int) -> ListReceived:
    """Takes back a list that was pasted or typed, and with it whoever was on the list by it alone."""
    gone = undo_list(by=by, came=came)
    match_new(by=by, since=gone.sits_on)
    return gone


def type_entry(*, by: str, court: str, sits_on: date, told: Mapping[str, Any]) -> Hearing:
    """Keeps one typed entry (fields of `Hearing`) and matches it at once."""
    made = keep_typed(by=by, court=court, sits_on=sits_on, told=told)
    match_new(by=by, since=sits_on)
    return made


def take_off(*, by: str, reference: str) -> None:
    """Takes an entry off the list, and whoever it was about with it. `put_back` undoes it."""
    gone = withdraw_entry(by=by, reference=reference)
    match_new(by=by, since=gone.sits_on)


def put_back(*, by: str, reference: str) -> None:
    """An entry that was taken off stands again as it was."""
    back = restore_entry(by=by, reference=reference)
    match_new(by=by, since=back.sits_on)
