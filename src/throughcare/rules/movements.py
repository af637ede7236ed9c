"""What happened to somebody in prison, worked out from the spells that prisons tell: came in, moved, went out, and how.

Nothing here is told by anybody as an event. Two tellings of the spells are compared by the movements that each makes: what the
later one has and the earlier had not is learned now, and what it no longer has was told wrongly.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from throughcare.core.spans import Span

RECEPTION, MOVE, RELEASE, NEW_DATE = KINDS = ("reception", "move", "release", "new_date")
ONE_DAY = timedelta(days=1)
NOT_TOLD = ""
ARRIVED = {
    "court": "from court", "recall": "recalled", "transfer": "from another prison", "return": "back from temporary release",
}  # fmt: skip
"""How somebody came, as the extract codes it."""

LEFT = {
    "planned": "as planned", "changed": "on a changed date", "unplanned": "not on the planned day", "court": "from court",
    "rotl": "for a time (ROTL)", "hdc": "on home detention curfew", "transfer": "to another prison",
}  # fmt: skip
"""How somebody left, as the extract codes it or as it is worked out."""


@dataclass(frozen=True, kw_only=True)
class Stay:
    """One spell, [start, end), as told: "" and None are not told. planned_on: the release that it is to end with."""

    prison: str
    start: date
    end: date | None = None
    kind: str = "sentenced"
    wing: str = ""
    arrived_as: str = ""
    left_as: str = ""
    planned_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Movement:
    """What happened on a day. `from_*` and `to_*`: the places; "" where there is none, or the wing is not told.

    how: of `ARRIVED` or `LEFT`; "" where nobody told and nothing tells. planned_on: of a new date, the day planned now; None:
    none any more. was_planned_on: the day planned before it; of a release, the day that was planned.
    """

    kind: str
    on: date
    how: str = NOT_TOLD
    from_prison: str = ""
    from_wing: str = ""
    to_prison: str = ""
    to_wing: str = ""
    planned_on: date | None = None
    was_planned_on: date | None = None

    @property
    def same(self) -> tuple[str, date, str, str]:
        """By which it is known again when it is told anew: wings and ways may be told later."""
        return self.kind, self.on, self.from_prison, self.to_prison


@dataclass(frozen=True, kw_only=True)
class Known:
    """What was known at the last look: the movements, the wing, and the planned day of release with those planned before."""

    movements: tuple[Movement, ...] = ()
    prison: str = ""
    wing: str = ""
    planned_on: date | None = None
    planned_before: tuple[date, ...] = ()


def place_on(stays: Collection[Stay], day: date) -> Stay | None:
    """The stay in which somebody is on the day: of two, the one that began last. None: not in prison."""
    held = [stay for stay in stays if stay.start <= day and (stay.end is None or day < stay.end)]
    return max(held, key=lambda stay: stay.start, default=None)


def movements(
    stays: Collection[Stay], *, day: date, planned_before: Sequence[date] = (), licences: Collection[Span] = ()
) -> tuple[Movement, ...]:
    """Everything that these stays tell until the day, in order.

    Spells that touch, overlap, or leave one day between them are a move, not a release and a reception: a transfer that is
    told as left on one day and come on the next is one. A stay without a day in it tells nothing. `planned_before`: days that
    were planned for the last release before the present one, oldest first. `licences`: a reception while one ran the day before
    is a recall, where the extract does not say how.
    """
    told = [stay for stay in stays if stay.end is None or stay.end > stay.start]
    days = sorted({d for stay in told for d in (stay.start, stay.end) if d is not None and d <= day})
    found: list[Movement] = []
    was: Stay | None = None
    for on in days:
        now = place_on(told, on)
        if now is None and place_on(told, on + ONE_DAY) and on + ONE_DAY <= day:
            continue  # one day between two prisons: on the way
        if was is None and now is not None:
            found.append(_reception(now, licences))
        elif was is not None and now is None:
            found.append(_release(was, on, planned_before))
        elif was is not None and now is not None and _elsewhere(was, now):
            found.append(Movement(kind=MOVE, on=on, how=NOT_TOLD, from_prison=was.prison, from_wing=was.wing,
                                  to_prison=now.prison, to_wing=now.wing))  # fmt: skip
        was = now
    return tuple(found)


def _elsewhere(was: Stay, now: Stay) -> bool:
    """Another prison, or another wing where both are told."""
    return was.prison != now.prison or bool(was.wing and now.wing and was.wing != now.wing)


def _reception(now: Stay, licences: Collection[Span]) -> Movement:
    recalled = any(span.contains(now.start - ONE_DAY) for span in licences)
    how = now.arrived_as or ("recall" if recalled and now.kind == "sentenced" else "court" if now.kind == "remand" else NOT_TOLD)
    return Movement(kind=RECEPTION, on=now.start, how=how, to_prison=now.prison, to_wing=now.wing)


def _release(was: Stay, on: date, planned_before: Sequence[date]) -> Movement:
    """A release, by the extract's word; else from remand by a court, else by what was planned."""
    before = [each for each in planned_before if each > was.start]
    planned_on = was.planned_on or (before[-1] if before else None)
    how = was.left_as if was.left_as != "transfer" else NOT_TOLD
    if not how:
        how = "court" if was.kind == "remand" else _by_plan(on, planned_on, before)
    return Movement(kind=RELEASE, on=on, how=how, from_prison=was.prison, from_wing=was.wing, was_planned_on=planned_on)


def _by_plan(on: date, planned_on: date | None, planned_before: Sequence[date]) -> str:
    if planned_on is None:
        return NOT_TOLD
    if on != planned_on:
        return "unplanned"
    return "changed" if any(each != planned_on for each in planned_before) else "planned"


@dataclass(frozen=True, kw_only=True)
class Learned:
    """What a new telling brings: `new` movements, and those `gone`, which it does not bear out. `known`: what is known now."""

    new: tuple[Movement, ...]
    gone: tuple[Movement, ...]
    known: Known


def learn(
    before: Known, stays: Collection[Stay], *, day: date, since: date = date.min, licences: Collection[Span] = ()
) -> Learned:
    """What the stays as told now add to what was known: nothing where they are told again. Movements before `since` are left out.

    Somebody known to be inside who is not inside any more has been released, has moved, or was never there: one of the
    three is always said. A wing told otherwise in the same spell is a move of the day on which it is learned; a planned day
    told otherwise is a new date, and one no longer told is none: the last one told holds.
    """
    history = (*before.planned_before, *((before.planned_on,) if before.planned_on else ()))
    told = tuple(each for each in movements(stays, day=day, planned_before=history, licences=licences) if each.on >= since)
    known = {each.same for each in before.movements}
    new = [each for each in told if each.same not in known]
    new += _within(before, told, stays, day)
    inside = place_on(stays, day)
    planned = (inside.planned_on or before.planned_on) if inside else None
    if inside and before.prison and before.planned_on and planned != before.planned_on:
        new.append(Movement(kind=NEW_DATE, on=day, to_prison=inside.prison, to_wing=inside.wing, planned_on=planned,
                            was_planned_on=before.planned_on))  # fmt: skip
    borne_out = {each.same for each in told}
    derived = [m for m in before.movements if m.on >= since and m.kind != NEW_DATE and not _in_one(m)]
    gone = tuple(m for m in derived if m.same not in borne_out)
    kept = tuple(each for each in before.movements if each not in gone)
    now = Known(movements=(*kept, *new), prison=inside.prison if inside else "", wing=inside.wing if inside else "",
                planned_on=planned, planned_before=_other_days(history, planned) if inside else ())  # fmt: skip
    return Learned(new=tuple(sorted(new, key=lambda m: m.on)), gone=gone, known=now)


def _other_days(history: Sequence[date], planned: date | None) -> tuple[date, ...]:
    return tuple(dict.fromkeys(each for each in history if each != planned))


def _in_one(movement: Movement) -> bool:
    """A move between wings of one prison: a correction of the spell does not undo it."""
    return movement.kind == MOVE and movement.from_prison == movement.to_prison


def _within(before: Known, told: Sequence[Movement], stays: Collection[Stay], day: date) -> Iterator[Movement]:
    """A wing that the same spell has now and had not at the last look, where no other spell tells of the move."""
    inside = place_on(stays, day)
    if inside is None or not before.wing or not inside.wing or before.wing == inside.wing or before.prison != inside.prison:
        return
    said = [m for m in told if m.kind == MOVE and m.to_prison == inside.prison and m.to_wing == inside.wing]
    if not said:
        yield replace(Movement(kind=MOVE, on=day), from_prison=inside.prison, from_wing=before.wing, to_prison=inside.prison,
                      to_wing=inside.wing)  # fmt: skip
