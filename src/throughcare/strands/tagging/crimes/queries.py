"""Crimes, what the match said of each, and the matches: as one reader may see them."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db.models import OuterRef, QuerySet, Subquery

from throughcare.casework.access.reader import Reader
from throughcare.casework.people.names import Named, named
from throughcare.core.clock import london_date
from throughcare.core.times import instant
from throughcare.positions.police_file import TYPES
from throughcare.strands.tagging import models as m
from throughcare.strands.tagging.crimes.matching import parameters, span
from throughcare.strands.tagging.crimes.words import FAILED, TO_POLICE
from throughcare.strands.tagging.tracks.queries import parts_of

ROW = "tag_positions"
LATE = timedelta(days=30)
"""For how long it is looked whether positions came late [decided]."""
NO_MATCH = "No match among the people whose positions you may see"
"""Said alike where nobody was near and where somebody was whom the reader may not know of: neither is told by it."""


def asked_versions() -> QuerySet[m.CrimeVersion]:
    """Of each crime the version that is matched: the last that was new, or whose window or place was another."""
    last = m.CrimeVersion.objects.filter(crime=OuterRef("crime"), rerun=True).order_by("-number").values("pk")[:1]
    return m.CrimeVersion.objects.filter(pk=Subquery(last))


def standing_results() -> QuerySet[m.CrimeResult]:
    """Of each such version what its last run said; a version that was never run has none."""
    last = m.CrimeResult.objects.filter(version=OuterRef("version")).order_by("-run_id").values("pk")[:1]
    return m.CrimeResult.objects.filter(version__in=asked_versions(), pk=Subquery(last))


def stands(match: m.Match) -> bool:
    """Whether the match is of the last run of the version that is matched now."""
    return standing_results().filter(pk=match.result_id).exists()


@dataclass(frozen=True, kw_only=True)
class MatchShown:
    """A match with whom it is of, what was decided, and the charges that stand."""

    match: m.Match
    person: Named
    review: m.MatchReview | None
    charges: tuple[m.MatchCharge, ...]

    @property
    def waits(self) -> bool:
        return self.review is None


@dataclass(frozen=True, kw_only=True)
class CrimeShown:
    """A crime: `last`, as it was told last; `asked`, the version that is matched; `result`, None where it was not run.

    `matches`: of people whom the reader may see alone.
    """

    crime: m.Crime
    last: m.CrimeVersion
    asked: m.CrimeVersion
    result: m.CrimeResult | None
    matches: tuple[MatchShown, ...]

    @property
    def kind(self) -> str:
        return TYPES.get(self.last.kind, "kind not told")

    @property
    def was_run(self) -> bool:
        return self.result is not None and self.result.outcome != "not_run"

    @property
    def outcome(self) -> str:
        """In words: "not run" is not "no match"."""
        if self.result is None:
            return "Not run yet"
        if self.result.outcome == "not_run":
            return f"Not run: {self.result.reason}"
        count = len(self.matches)
        return f"{count} {'match' if count == 1 else 'matches'}" if count else NO_MATCH

    @property
    def waiting(self) -> int:
        return sum(each.waits for each in self.matches)


def shown(crimes: Collection[int], reader: Reader) -> list[CrimeShown]:
    """These crimes, by the beginning of their window, the latest first. A few questions, however many they are."""
    last = {v.crime_id: v for v in _versions(crimes).order_by("crime", "number")}
    asked = {v.crime_id: v for v in asked_versions().filter(crime__in=crimes).select_related("batch")}
    results = {r.version_id: r for r in standing_results().filter(version__crime__in=crimes).select_related("run")}
    matches = matches_shown(m.Match.objects.filter(result__in=[r.pk for r in results.values()]), reader)
    told = []
    for number, version in last.items():
        result = results.get(asked[number].pk)
        theirs = tuple(each for each in matches if result is not None and each.match.result_id == result.pk)
        told.append(CrimeShown(crime=version.crime, last=version, asked=asked[number], result=result, matches=theirs))
    return sorted(told, key=lambda each: (each.last.time_from, each.crime.pk), reverse=True)


def _versions(crimes: Collection[int]) -> QuerySet[m.CrimeVersion]:
    return m.CrimeVersion.objects.filter(crime__in=crimes).select_related("crime", "batch")


def matches_shown(matches: QuerySet[m.Match], reader: Reader, *, row: str = ROW) -> list[MatchShown]:
    """Those of these matches that are of people of whom the reader may see the row, the first near first."""
    found = list(matches.select_related("result__version__crime", "order", "fitting").order_by("first_at", "pk"))
    people = reader.allowed(row, {each.person_id for each in found})
    mine = [each for each in found if each.person_id in people]
    known = reader.allowed("identity", people)
    names = named(people, known=known)
    reviews = {r.match_id: r for r in m.MatchReview.objects.filter(match__in=mine, taken_back_at=None).order_by("pk")}
    charges: dict[int, list[m.MatchCharge]] = {}
    for charge in m.MatchCharge.objects.filter(match__in=mine, taken_back_at=None).order_by("charged_on", "pk"):
        charges.setdefault(charge.match_id, []).append(charge)
    return [
        MatchShown(match=each, person=names[each.person_id], review=reviews.get(each.pk), charges=tuple(charges.get(each.pk, ())))
        for each in mine
    ]  # fmt: skip


def unseen_of(result: m.CrimeResult, reader: Reader) -> list[tuple[Named, str]]:
    """Who wore a tag in the window and could not have been seen, with the tag; of people whom the reader may see."""
    rows = list(m.UnseenTag.objects.filter(result=result).select_related("fitting").order_by("pk"))
    people = reader.allowed(ROW, {each.person_id for each in rows})
    names = named(people, known=reader.allowed("identity", people))
    told = [(names[each.person_id], each.fitting.tag) for each in rows if each.person_id in people]
    return sorted(told, key=lambda pair: (pair[0].shown, pair[1]))


def failed_run(shown: CrimeShown) -> m.MatchRun | None:
    """The last run that failed since the version came that waits for one; None where it was run."""
    if shown.result is not None:
        return None
    since = m.MatchRun.objects.filter(outcome=FAILED, started_at__gte=shown.asked.batch.sent_at)
    return since.order_by("-pk").first()


def positions_came_since(result: m.CrimeResult) -> bool:
    """Whether anything came in, or was deleted, for the crime's day since it was matched: the match may then be another."""
    return result.pk in _of_other_positions([result])


def to_match_again(day: date) -> set[int]:
    """The crimes of the last `LATE` whose match rests on fewer positions than are here by now: tags send late. Of older crimes
    positions are deleted, and nothing is to be done.
    """
    recent = standing_results().filter(version__time_from__gte=instant(day - LATE, time.min)).select_related("run", "version")
    told = {each.pk: each.version.crime_id for each in recent}
    return {told[number] for number in _of_other_positions(list(recent))}


def _of_other_positions(results: Sequence[m.CrimeResult]) -> set[int]:
    """Of these results those of whose day the store holds other positions now. The days of a run are looked at once each."""
    runs = {each.run_id: each.run for each in results}
    days = {(each.run_id, london_date(each.version.time_from)) for each in results}
    matched: dict[tuple[int, date], list[m.CrimeVersion]] = {}
    for each in m.CrimeResult.objects.filter(run__in=runs).select_related("version"):
        matched.setdefault((each.run_id, london_date(each.version.time_from)), []).append(each.version)
    wanted, changed = parameters(), set[tuple[int, date]]()
    for run, day in days:
        if json.loads(runs[run].parts or "{}").get(str(day)) != parts_of(*span(matched[run, day], wanted)):
            changed.add((run, day))
    return {each.pk for each in results if (each.run_id, london_date(each.version.time_from)) in changed}


def batches() -> QuerySet[m.CrimeBatch]:
    """The files that came, the last first, without their bytes."""
    return m.CrimeBatch.objects.defer("content").order_by("-pk")


def crimes_of(batch: m.CrimeBatch) -> list[int]:
    return sorted(set(batch.versions.values_list("crime_id", flat=True)))


def waiting(reader: Reader) -> list[MatchShown]:
    """The matches that wait for somebody to review them, of people whom the reader may see, the first that was found first."""
    decided = m.MatchReview.objects.filter(taken_back_at=None).values("match")
    return matches_shown(m.Match.objects.filter(result__in=standing_results()).exclude(pk__in=decided), reader)


def sent_to_police(reader: Reader) -> list[MatchShown]:
    """The matches that were sent to the police, of people of whom the reader may see matches after review. Without positions."""
    sent = m.Match.objects.filter(reviews__taken_back_at=None, reviews__decision=TO_POLICE).distinct()
    return matches_shown(sent, reader, row="crime_matches")


def versions_of(crime: m.Crime) -> Sequence[m.CrimeVersion]:
    """Every version, the last first."""
    return list(_versions([crime.pk]).order_by("-number"))


def curfew_places(tags: Collection[str]) -> dict[str, tuple[float, float]]:
    """By tag, the person's own place of a curfew of the order that it was fitted for: latitude and longitude."""
    found = m.Place.objects.filter(condition__version__order__fittings__tag__in=list(tags), own_home=True).order_by("-pk")
    told = found.values_list("condition__version__order__fittings__tag", "latitude", "longitude")
    return {tag: (latitude, longitude) for tag, latitude, longitude in told if tag in tags}
