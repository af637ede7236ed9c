"""The positions behind a match or around a crime, for a page: asked through the one door, matched again by the one engine."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from throughcare.casework.access.reader import Reader
from throughcare.casework.clock import instant_on
from throughcare.casework.people.names import named
from throughcare.positions.match import CRIMES, match
from throughcare.positions.parameters import Parameters
from throughcare.strands.tagging import models as m
from throughcare.strands.tagging.crimes.kept import parameters_of
from throughcare.strands.tagging.crimes.matching import span
from throughcare.strands.tagging.tracks import paint
from throughcare.strands.tagging.tracks.actions import ask
from throughcare.strands.tagging.tracks.queries import Question, tracks
from throughcare.strands.tagging.tracks.worn import Wearing, of_order


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One visit of a tag to the circle of a crime: A, B, … with its fixes numbered A1, A2, …"""

    label: str
    fixes: pl.DataFrame

    @property
    def nearest(self) -> float:
        return float(min(self.fixes["metres"]))


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A match with its visits, as the positions stand now. `same`: they give the numbers that were kept with it.

    `raw`: the fixes that were asked, for a hash; `picture`: the track around the window, with the crime.
    """

    match: m.Match
    visits: tuple[Visit, ...]
    raw: pl.DataFrame
    picture: paint.Picture
    parameters: Parameters

    @property
    def same(self) -> bool:
        now = (sum(each.fixes.height for each in self.visits), len(self.visits))
        return now == (self.match.fixes, self.match.visits)


def seen(match_: m.Match, reader: Reader, *, purpose: str, as_at: datetime | None = None) -> Seen:
    """Asks for the positions of the match's tag around the window, by the parameters of its run; judged as at that instant."""
    version, wanted = match_.result.version, parameters_of(match_.result.run)
    worn = [each for each in of_order(match_.order_id) if each.fitting == match_.fitting_id]
    raw, picture = _picture([match_], version, wanted, worn, reader, purpose=purpose, about=f"match {match_.pk}", as_at=as_at)
    return Seen(match=match_, visits=visits(raw, version, wanted), raw=raw, picture=picture, parameters=wanted)


def around(version: m.CrimeVersion, matches: Sequence[m.Match], reader: Reader) -> paint.Picture:
    """The tracks of everybody who was matched with a crime, around its window."""
    wanted = parameters_of(matches[0].result.run)
    fittings = {each.fitting_id for each in matches}
    worn = [w for order in sorted({each.order_id for each in matches}) for w in of_order(order) if w.fitting in fittings]
    return _picture(matches, version, wanted, worn, reader, purpose="match", about=f"crime {version.crime_id}")[1]


def _picture(
    matches: Sequence[m.Match], version: m.CrimeVersion, wanted: Parameters, worn: Sequence[Wearing], reader: Reader, *,
    purpose: str, about: str, as_at: datetime | None = None,
) -> tuple[pl.DataFrame, paint.Picture]:  # fmt: skip
    start, end = span([version], wanted)
    raw = ask(reader=reader, question=Question(purpose=purpose, about=about, start=start, end=end), worn=worn)
    people = {each.person_id for each in matches}
    names = named(people, known=reader.allowed("identity", people))
    drawn = tracks(raw, worn, as_at=as_at or instant_on(reader.day))
    return raw, paint.Picture(start=start, end=end, people=paint.people_of(drawn, names), crimes=_crimes(version, wanted))


def _crimes(version: m.CrimeVersion, wanted: Parameters) -> tuple[paint.Crime, ...]:
    if version.latitude is None or version.longitude is None:
        return ()
    return (
        paint.Crime(reference=version.crime.reference, latitude=version.latitude, longitude=version.longitude,
                    radius=wanted.radius_m, start=version.time_from - wanted.buffer, end=version.time_to + wanted.buffer),
    )  # fmt: skip


def visits(raw: pl.DataFrame, version: m.CrimeVersion, wanted: Parameters) -> tuple[Visit, ...]:
    """The visits, as the engine labels them."""
    told = (str(version.pk), version.time_from, version.time_to, version.latitude, version.longitude)
    crime = pl.DataFrame([told], schema=CRIMES, orient="row")
    found = match(raw.drop("device", "imported_at"), crime, wanted).fixes
    return tuple(
        Visit(label=str(label), fixes=theirs.sort("time", "number"))
        for (label,), theirs in sorted(found.group_by("visit"), key=lambda pair: (len(pair[0][0]), pair[0][0]))
    )  # fmt: skip
