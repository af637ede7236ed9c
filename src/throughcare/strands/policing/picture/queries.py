"""What stands on a picture: the pattern, the list of the map, the network; and what other pages may take of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl
from django.db.models import Q

from throughcare.casework.access.reader import Reader
from throughcare.casework.frames import read
from throughcare.casework.people.models import Address
from throughcare.casework.pilot import current_pilot
from throughcare.core.clock import london_date
from throughcare.core.dates import weekday_in_words
from throughcare.core.times import time_in_words
from throughcare.rules.associations import SUSPECTED
from throughcare.strands.policing.picture.models import EventPart
from throughcare.strands.policing.picture.network import Network, network
from throughcare.strands.policing.picture.pattern import Pattern, events_of, pattern
from throughcare.strands.policing.picture.street_crime import Layer, layers


def suspected() -> pl.DataFrame:
    """A row an event and person who was arrested, charged or convicted for it: event (the force's reference), person."""
    found = EventPart.objects.filter(role__in=SUSPECTED).order_by("pk")
    return read(found, event="event", person="person").unique(maintain_order=True)


@dataclass(frozen=True, kw_only=True)
class Place:
    """One offence as the list beside the map has it; `point` is its number on the map, None where its place is not known."""

    part: EventPart
    when: str
    point: int | None

    @property
    def where(self) -> str:
        return self.part.place or ("Kind of place not known" if self.point else "Not known")


@dataclass(frozen=True, kw_only=True)
class Picture:
    """The whole picture of a person on the reader's day."""

    pattern: Pattern
    places: tuple[Place, ...]
    network: Network
    layers: tuple[Layer, ...]

    @property
    def points(self) -> int:
        return sum(place.point is not None for place in self.places)


@dataclass(frozen=True, kw_only=True)
class Summary:
    """A picture in a few lines, for the page of a plan. `links`: those that the reader may know of; of them, the `strong`."""

    lines: tuple[str, ...]
    offences: int
    links: int
    strong: int


def picture(person: int, reader: Reader) -> Picture:
    """Everything of it. Whether the reader may see it at all is the page's to ask; whom it may be told of is asked here."""
    events = events_of(person, reader.day)
    return Picture(
        pattern=pattern(person, reader.day), places=_places(events), network=network(person, reader),
        layers=layers(_boroughs(person, reader.day), current_pilot().picture.street_crime),
    )  # fmt: skip


def summary(person: int, reader: Reader) -> Summary | None:
    """What a plan's page may show in a few lines; None for who may not see a plan of the person."""
    if not reader.sees("plan", person):
        return None
    told, links = pattern(person, reader.day), network(person, reader).linked
    lines = tuple(
        f"{table.title}: {table.most}, most of {table.known}" if table.most
        else f"{table.title}: too few to say ({table.known} known)" for table in told.tables
    )  # fmt: skip
    strong = sum(each.link.strength == "strong" for each in links)
    return Summary(lines=lines, offences=told.offences, links=len(links), strong=strong)


def _places(events: Sequence[EventPart]) -> tuple[Place, ...]:
    """The list in the order of the map's numbers: the latest first."""
    found, point = [], 0
    for part in events:
        on_map = part.latitude is not None
        point += on_map
        found.append(Place(part=part, when=when(part), point=point if on_map else None))
    return tuple(found)


def when(part: EventPart) -> str:
    """The day and hour in words, and what of them is not known."""
    if part.earliest is None or part.latest is None:
        return f"{weekday_in_words(part.committed_on)}, hour not known" if part.committed_on else "Day not known"
    if part.earliest == part.latest:
        return _instant(part.earliest)
    return f"Between {_instant(part.earliest)} and {_instant(part.latest)}"


def _instant(at: datetime) -> str:
    return f"{weekday_in_words(london_date(at))} at {time_in_words(at)}"


def _boroughs(person: int, day: date) -> list[str]:
    """Where the person lives on that day."""
    living = Address.objects.filter(person=person, start__lte=day).filter(Q(end=None) | Q(end__gt=day)).exclude(borough="")
    return sorted(set(living.values_list("borough", flat=True)))
