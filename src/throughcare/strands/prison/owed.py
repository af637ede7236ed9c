"""What the co-ordinators owe to people in prison, and how far the plans for their release are: worked out, never kept."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from throughcare.casework.imports.queries import parts_of
from throughcare.casework.panel.models import Item
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.models import Referral
from throughcare.rules import movements as rule
from throughcare.rules.movements import Stay
from throughcare.rules.prison_duties import Duty, Facts, duties
from throughcare.strands.prison import models as m
from throughcare.strands.prison.movements.queries import Told, told

EVER = date(1990, 1, 1)


@dataclass(frozen=True, kw_only=True)
class Held:
    """Somebody in prison on the day: the present stay from its reception on, moves and all.

    duties: what is owed in it; put_off: by kind and anchor, until when and why. seen: a co-ordinator did something, or a
    referral was sent, in this stay.
    """

    person: int
    prison: str
    wing: str
    cell: str
    remand: bool
    received_on: date
    planned_on: date | None
    duties: tuple[Duty, ...]
    put_off: Mapping[tuple[str, date], m.PutOff]
    seen: bool

    def waiting(self, day: date) -> list[Duty]:
        """The duties that wait: not done, and not put off beyond the day."""
        return [d for d in self.duties if d.done_on is None and not self.rests(d, day)]

    def rests(self, duty: Duty, day: date) -> m.PutOff | None:
        """Until when the duty is put off; None where it is not, or no longer."""
        found = self.put_off.get((duty.kind, duty.anchor))
        return found if found and found.until > day else None


def held(people: Collection[int], day: date, *, known: Mapping[int, Told] | None = None) -> dict[int, Held]:
    """By person those of these people who are in prison on the day. A dozen queries, however many they are.

    known: what the extracts tell of them, since ever, where that is asked for already.
    """
    known = told(people, since=EVER, day=day) if known is None else {p: known[p] for p in people if p in known}
    inside = {p: stay for p, each in known.items() if (stay := rule.place_on(each.stays, day))}
    came = {p: _received(known[p].stays, day) for p in inside}
    done, sent, panels, rest = _done(inside), _sent(inside), _panels(inside, day), _put_off(inside)
    cells = _cells(inside)
    wanted = current_pilot().prison.duties
    found = {}
    for person, stay in inside.items():
        facts = Facts(received_on=came[person], release_on=stay.planned_on, panel_on=panels.get(person), done=done[person],
                      referred=sent[person])  # fmt: skip
        found[person] = Held(
            person=person, prison=stay.prison, wing=stay.wing, cell=cells.get((person, stay.prison, stay.start), ""),
            remand=stay.kind == "remand", received_on=came[person], planned_on=stay.planned_on,
            duties=duties(wanted, facts, day=day), put_off=rest[person],
            seen=any(on >= came[person] for days in (*done[person].values(), sent[person]) for on in days),
        )  # fmt: skip
    return found


def _received(stays: Collection[Stay], day: date) -> date:
    """The first day of the present stay: coming back from leave for a time (ROTL) begins none."""
    came = [each for each in rule.movements(stays, day=day) if each.kind == rule.RECEPTION]
    return max((each.on for each in came if each.how != "return"), default=came[-1].on)


def _done(people: Collection[int]) -> Mapping[int, dict[str, list[date]]]:
    found: dict[int, dict[str, list[date]]] = defaultdict(lambda: defaultdict(list))
    for part in parts_of(people):
        for person, kind, on in m.Task.objects.filter(person__in=part).values_list("person", "kind", "done_on"):
            found[person][kind].append(on)
    return found


def _sent(people: Collection[int]) -> Mapping[int, list[date]]:
    found: dict[int, list[date]] = defaultdict(list)
    for part in parts_of(people):
        for person, on in Referral.objects.filter(person__in=part).values_list("person", "sent_on"):
            found[person].append(on)
    return found


def _panels(people: Collection[int], day: date) -> dict[int, date]:
    """By person the next panel on whose agenda, once sent, the person is."""
    found: dict[int, date] = {}
    for part in parts_of(people):
        items = Item.objects.filter(person__in=part, meeting__on__gt=day).exclude(meeting__agenda_sent_at=None)
        found |= dict(items.order_by("-meeting__on").values_list("person", "meeting__on"))
    return found


def _put_off(people: Collection[int]) -> Mapping[int, dict[tuple[str, date], m.PutOff]]:
    found: dict[int, dict[tuple[str, date], m.PutOff]] = defaultdict(dict)
    for part in parts_of(people):
        for row in m.PutOff.objects.filter(person__in=part).order_by("pk"):
            found[row.person_id][row.kind, row.anchor] = row
    return found


def _cells(people: Collection[int]) -> dict[tuple[int, str, date], str]:
    found: dict[tuple[int, str, date], str] = {}
    for part in parts_of(people):
        rows = m.SpellDetail.objects.filter(person__in=part).exclude(cell="").values_list("person", "prison", "start", "cell")
        found |= {(person, prison, start): cell for person, prison, start, cell in rows}
    return found


def due_before(day: date) -> date:
    """Duties due before this day are no more told on Today."""
    return day - timedelta(days=current_pilot().prison.duties_for)
