"""The association network of a person as a reader may see it: who is linked, how it is known, how strong, until when.

Named is only somebody of whom the reader may see both who they are and an intelligence plan. Anybody else is "one other person",
without a name, a number or a reference to the event. Somebody who is kept from the reader is not there at all: no line, no node,
and no place in any count.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from throughcare.casework.access.reader import Reader
from throughcare.casework.people.names import Named, named
from throughcare.core.dates import day_in_words
from throughcare.rules.associations import Known, Standing
from throughcare.strands.policing.picture.links import Pair, links_of, pair
from throughcare.strands.policing.picture.models import LinkDeed

UNNAMED = "One other person"
KINDS = {"co_conviction": "Convicted together", "co_arrest": "Arrested together", "said": "Said in a plan"}
ORDER = {"strong": 0, "moderate": 1, "weak": 2}


@dataclass(frozen=True, kw_only=True)
class Linked:
    """One link of the person, as it may be shown. `node`: its place in the picture. `other`: None where nobody is named."""

    node: int
    shown: str
    other: Named | None
    link: Standing
    how: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Among:
    """A link between two who are both linked with the person, and both named."""

    one: Linked
    other: Linked
    link: Standing
    how: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """A link that somebody left out, with somebody whom the reader may name."""

    deed: LinkDeed
    other: Named


@dataclass(frozen=True, kw_only=True)
class Network:
    """The links of a person, the strongest first; those among the people named; what was left out by hand."""

    linked: tuple[Linked, ...]
    among: tuple[Among, ...]
    left_out: tuple[LeftOut, ...]


def may_name(reader: Reader, people: Collection[int]) -> frozenset[int]:
    """Those of whom the reader may see who they are and an intelligence plan, and who are not kept from it."""
    return reader.allowed("plan", people) & reader.allowed("identity", people)


def network(person: int, reader: Reader) -> Network:
    """As the store has it on the reader's day. The questions asked do not grow with how many people there are."""
    found = links_of([person], reader.day)
    links = {_other(ends, person): link for ends, link in found.items()}
    barred = reader.barred_among(links)
    links = {other: link for other, link in links.items() if other not in barred}
    mine = may_name(reader, links)
    names = named(mine)
    linked = _linked(links, names)
    return Network(linked=linked, among=_among(linked, reader.day), left_out=_left_out(person, reader))


def _linked(links: Mapping[int, Standing], names: Mapping[int, Named]) -> tuple[Linked, ...]:
    """The strongest first, of those alike the latest, then by name: never in an order that tells a number."""
    rows = []
    for other, link in links.items():
        who = names.get(other)
        shown = who.shown if who else UNNAMED
        rows.append(((ORDER[link.strength], -link.points, -link.last_on.toordinal(), shown), shown, who, link))
    rows.sort(key=lambda row: row[0])
    return tuple(
        Linked(node=place, shown=shown, other=who, link=link, how=how(link.known, named=who is not None))
        for place, (_, shown, who, link) in enumerate(rows, start=1)
    )


def how(known: Collection[Known], *, named: bool) -> tuple[str, ...]:
    """By what a link is known, in words; where nobody is named, without the reference, by which somebody could be found."""
    return tuple(
        f"{KINDS[each.kind]} on {day_in_words(each.on)}" + (f" ({each.reference})" if named and each.reference else "")
        for each in known
    )


def _among(linked: Collection[Linked], day: date) -> tuple[Among, ...]:
    """The links between those named. Nobody else's are asked for."""
    nodes = {each.other.number: each for each in linked if each.other is not None}
    if len(nodes) < 2:
        return ()
    found = {ends: link for ends, link in links_of(nodes, day).items() if ends[0] in nodes and ends[1] in nodes}
    rows = []
    for ends, link in found.items():
        one, other = sorted((nodes[ends[0]], nodes[ends[1]]), key=lambda each: each.node)
        rows.append(Among(one=one, other=other, link=link, how=how(link.known, named=True)))
    return tuple(sorted(rows, key=lambda row: (row.one.node, row.other.node)))


def _left_out(person: int, reader: Reader) -> tuple[LeftOut, ...]:
    deeds = LinkDeed.objects.filter(deed="left_out", taken_back=False, on__lte=reader.day).order_by("-on", "-pk")
    theirs = deeds.filter(Q(one=person) | Q(other=person))
    found = {deed: _other(pair(deed.one_id, deed.other_id), person) for deed in theirs}
    names = named(may_name(reader, set(found.values())))
    return tuple(LeftOut(deed=deed, other=names[other]) for deed, other in found.items() if other in names)


def _other(ends: Pair, person: int) -> int:
    return ends[1] if ends[0] == person else ends[0]
