"""An evidence pack in words, tables and maps. The same match, positions and request give the same bytes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from math import isfinite

from throughcare.casework.outlines import OutlinesRefused, outlines
from throughcare.casework.people.names import Named
from throughcare.core.clock import LONDON
from throughcare.core.dates import day_in_words
from throughcare.design.environment import count
from throughcare.design.paper import Block, Paper, drawing, facts, heading, items, table, words
from throughcare.positions.police_file import TYPES
from throughcare.strands.tagging.crimes.kept import in_words
from throughcare.strands.tagging.crimes.seen import Seen
from throughcare.strands.tagging.crimes.words import NOT_PROOF
from throughcare.strands.tagging.evidence import drawing as maps
from throughcare.strands.tagging.tracks.paint import MECHANISMS

DECLARED = (
    "This statement is true to the best of my knowledge and belief and I make it knowing that, if it is tendered in "
    "evidence, I shall be liable to prosecution if I have wilfully stated in it anything which I know to be false or do not "
    "believe to be true."
)
"""The declaration of a written statement (Criminal Justice Act 1967, section 9)."""

DISCLAIMER = (
    NOT_PROOF,
    "Positions are as the tag sent them, none altered. The precision of a fix is the radius in which the tag is 95 times in 100.",
    "Only positions of the order's dates, while the tag was fitted, are in this pack. That a person is not in it says nothing: "
    "tags that were silent could not be seen, and most people wear none.",
)  # fmt: skip
MAP_1 = (
    "Map 1: the track from an hour before the window to an hour after it (blue) and the circle of the crime (red). A line is the "
    "way between two fixes, not the way that was gone."
)
MAP_2 = (
    "Map 2: each fix near the crime (blue) with the circle of its precision, by its number in the table, and the circle of the "
    "crime (red)."
)
HEAD = ("Fix", "Date and time in London", "In UTC", "Latitude", "Longitude", "Precision", "By", "Speed", "From the crime")


@dataclass(frozen=True, kw_only=True)
class Request:
    """What was typed for a pack."""

    asked_by: str
    asked_reference: str
    asked_for: str
    witness: str
    post: str


def pack(seen: Seen, request: Request, *, person: Named, made_at: datetime, by: str, program: str, inputs: str) -> Paper:
    """The pack of a match. `inputs`: the SHA-256 of the fixes that were asked for it."""
    match = seen.match
    blocks = (
        heading("Read this first"), items(*DISCLAIMER),
        heading("Request"), _request(seen, request),
        heading("Person and tag"), _person(seen, person),
        heading("Summary"), *_summary(seen, person),
        heading("Maps"), *_maps(seen),
        heading("Fixes near the crime"), _fixes(seen),
        heading("Statement"), *_statement(seen, request, person),
        heading("How it was worked out"), *_how(seen, program=program, inputs=inputs),
    )  # fmt: skip
    day = day_in_words(made_at.astimezone(LONDON).date())
    reference = match.result.version.crime.reference
    return Paper(
        title=f"Evidence pack: crime {reference}", to=f"For {request.asked_by}", day=day, blocks=blocks,
        head="Positions of a person. Official: sensitive. Only for the purpose of the request.",
        foot=f"Crime {reference}, match {match.pk}, made by {by} on {day}.",
    )  # fmt: skip


def _request(seen: Seen, request: Request) -> Block:
    version = seen.match.result.version
    where = "" if version.latitude is None else f"{version.latitude:.5f}, {version.longitude:.5f}"
    return facts(
        ("Asked by", request.asked_by), ("Reference", request.asked_reference), ("Asked for", request.asked_for),
        ("Crime", f"{version.crime.reference}, {version.crime.force}, version {version.number}"),
        ("Kind", TYPES.get(version.kind, "not told")), ("Window", f"{_both(version.time_from)} to {_both(version.time_to)}"),
        ("Place (WGS84)", where),
    )  # fmt: skip


def _person(seen: Seen, person: Named) -> Block:
    fitting = seen.match.fitting
    born = day_in_words(person.date_of_birth) if person.date_of_birth else "not known"
    off = _both(fitting.removed_at) if fitting.removed_at else "it was on when this was made"
    return facts(
        ("Name", person.shown), ("Date of birth", born), ("CRN", person.crn or "none"), ("PNC ID", person.pnc or "none"),
        ("Tag", fitting.tag), ("Fitted", _both(fitting.fitted_at)), ("Taken off", off),
    )  # fmt: skip


def _summary(seen: Seen, person: Named) -> Iterator[Block]:
    match, wanted = seen.match, seen.parameters
    yield words(
        f"The tag that was fitted to {person.shown} was within {wanted.radius_m:g} metres of the crime in its window at "
        f"{count(match.fixes, 'fix', 'fixes')}, in {count(match.visits, 'visit')}: first on {_both(match.first_at)}, last on "
        f"{_both(match.last_at)}. The nearest fix was {match.nearest_m:.0f} metres from the place that the police gave."
    )
    yield items(*(
        f"Visit {visit.label}: {count(visit.fixes.height, 'fix', 'fixes')}, {_both(visit.fixes['time'][0])} to "
        f"{_both(visit.fixes['time'][-1])}, nearest {visit.nearest:.0f} metres"
        for visit in seen.visits
    ))  # fmt: skip


def _maps(seen: Seen) -> Iterator[Block]:
    crime = seen.picture.crimes[0]
    at = (crime.latitude, crime.longitude)
    track = [
        (row["latitude"], row["longitude"])
        for _, theirs in seen.picture.people for each in theirs for row in each.usable.iter_rows(named=True)
    ]  # fmt: skip
    try:
        edges = outlines()
    except OutlinesRefused:
        edges = {"features": []}
    if track:
        yield drawing(maps.overview(track, at, crime.radius, edges), says=MAP_1)
    near = [
        (f"{visit.label}{row['number']}", (row["latitude"], row["longitude"]), row["precision_m"])
        for visit in seen.visits for row in visit.fixes.iter_rows(named=True)
    ]  # fmt: skip
    yield drawing(maps.detail(near, at, crime.radius), says=MAP_2)


def _fixes(seen: Seen) -> Block:
    rows = (
        (f"{visit.label}{row['number']}", f"{row['time'].astimezone(LONDON):%d/%m/%Y %H:%M:%S}",
         f"{row['time'].astimezone(UTC):%H:%M:%S}", f"{row['latitude']:.6f}", f"{row['longitude']:.6f}",
         _told(row["precision_m"], "m"), MECHANISMS.get(row["mechanism"], row["mechanism"] or "not told"),
         _told(row["speed_kmh"], "km/h"), f"{row['metres']:.0f} m")
        for visit in seen.visits for row in visit.fixes.iter_rows(named=True)
    )  # fmt: skip
    return table("Fixes within the radius, in the window, as they came", HEAD, *rows)


def _statement(seen: Seen, request: Request, person: Named) -> Iterator[Block]:
    match = seen.match
    yield words(f"Statement of {request.witness}, {request.post}.")
    yield words(DECLARED)
    yield words(
        f"I work in the monitoring centre that receives the positions of tags. Our records show that tag {match.fitting.tag} "
        f"was fitted to {person.shown} on {_both(match.fitting.fitted_at)}. I looked at the positions that this tag sent from an "
        f"hour before the window of crime {match.result.version.crime.reference} to an hour after it. The table above has every "
        f"fix that lies within {seen.parameters.radius_m:g} metres of the place that the police gave, in the window. The maps "
        "were drawn from the same positions. I cannot say who wore the tag at that time, or what that person did."
    )
    yield facts(("Signed", "................................"), ("Date", "................................"))


def _how(seen: Seen, *, program: str, inputs: str) -> Iterator[Block]:
    run = seen.match.result.run
    yield facts(
        ("Program", f"Throughcare {program}"), ("Matched", f"{_both(run.started_at)}, by Throughcare {run.program}"),
        *in_words(seen.parameters), ("Fixes asked for this pack", str(seen.raw.height)),
        ("SHA-256 of those fixes", inputs), ("Distance", "the haversine on a sphere of 6,371,008.8 m"),
    )  # fmt: skip
    yield words(
        "A visit ends with a fix outside the radius, or with five minutes without a fix. The hash of this document is kept with "
        "who made it and who took it; the same positions give the same document, byte by byte."
    )


def _both(at: datetime) -> str:
    """22 March 2017 at 13:05:00 in London."""
    local = at.astimezone(LONDON)
    return f"{day_in_words(local.date())} at {local:%H:%M:%S} {local:%Z}"


def _told(number: float | None, unit: str) -> str:
    return f"{number:.0f} {unit}" if number is not None and isfinite(number) else "not told"
