"""Crimes come in, are matched, and a person says what each match is worth."""

import hashlib
import json
import logging
from collections.abc import Sequence
from datetime import date, datetime
from importlib.metadata import version as version_of

import polars as pl

from throughcare.casework.access.reader import Reader
from throughcare.casework.audit.actions import recording
from throughcare.casework.clock import instant_on
from throughcare.core.clock import london_date
from throughcare.core.dates import has_come
from throughcare.positions.police_file import CRIME
from throughcare.positions.versions import versioned
from throughcare.strands.tagging import models as m
from throughcare.strands.tagging.crimes.errors import BatchRefused, ReviewRefused
from throughcare.strands.tagging.crimes.files import Read, read_file
from throughcare.strands.tagging.crimes.matching import OfADay, by_day, matched, parameters
from throughcare.strands.tagging.crimes.queries import stands
from throughcare.strands.tagging.crimes.words import BATCH, DECISIONS, DONE, FAILED, TO_POLICE

log = logging.getLogger(__name__)
TOLD_FAULT, TOLD_VALUE = 300, 200


def take(*, by: str, name: str, content: bytes, at: datetime, force: str = "") -> m.CrimeBatch:
    """Takes a force's file in: the file as it came, its good rows as new versions of crimes, its bad rows with what to do.

    Every sending makes a version of a crime, a changed one or not. Refused: the very same file twice; what `read_file` refuses.
    The match is run after it (`run`), so that a file is in even where a match fails.
    """
    digest = hashlib.sha256(content).hexdigest()
    read = read_file(name, content, force=force)
    with recording(by=by, verb="tagging.crimes_taken") as entry:
        before = m.CrimeBatch.objects.filter(digest=digest).first()
        if before is not None:
            raise BatchRefused(
                what="This very file came before", record=f"{name}, as {before.name} on {before.sent_on}",
                expected="each file once", mend="nothing is to be done; send a file with what has changed",
            )  # fmt: skip
        batch = m.CrimeBatch(
            name=name[:255], digest=digest, content=content, form=read.form, force=read.force, batch_id=read.batch_id[:40],
            status=read.status, rows=read.crimes.height, sent_at=at, sent_on=london_date(at), sent_by=by,
        )  # fmt: skip
        batch.save()
        _keep_refusals(batch, read)
        _keep_versions(batch, read.crimes)
        entry.about(batch)
        entry.details = {"sha256": digest, "form": read.form, "rows": batch.rows, "refused": len(read.refusals)}
    return batch


def _keep_refusals(batch: m.CrimeBatch, read: Read) -> None:
    m.RowRefused.objects.bulk_create(
        m.RowRefused(batch=batch, row=r.row, reference=r.reference[:60], column=r.column[:40], value=r.value[:TOLD_VALUE],
                     code=r.code, rule=r.rule, mend=r.mend)
        for r in read.refusals
    )  # fmt: skip


def _keep_versions(batch: m.CrimeBatch, crimes: pl.DataFrame) -> None:
    """Each row as the next version of its crime, with what changed (positions/versions.py)."""
    references = crimes["crime_id"].unique().to_list()
    known = {c.reference: c for c in m.Crime.objects.select_for_update().filter(force=batch.force, reference__in=references)}
    for reference in sorted(set(references) - known.keys()):
        known[reference] = m.Crime(force=batch.force, reference=reference)
        known[reference].save()
    for row in versioned(crimes, _known(list(known.values()))).iter_rows(named=True):
        m.CrimeVersion(
            crime=known[row["crime_id"]], batch=batch, number=row["version"], row=row["row"], kind=row["crime_type"],
            time_from=row["time_from"], time_to=row["time_to"], latitude=row["latitude"], longitude=row["longitude"],
            text=row["text"], changed=", ".join(row["changed"]), rerun=row["rerun"],
        ).save()  # fmt: skip


def _known(crimes: Sequence[m.Crime]) -> pl.DataFrame:
    told = m.CrimeVersion.objects.filter(crime__in=crimes).select_related("crime", "batch").order_by("pk")
    rows = [
        (v.crime.force, v.kind, v.batch.batch_id, v.crime.reference, v.time_from, v.time_to, v.latitude, v.longitude, v.text,
         v.row, v.number)
        for v in told
    ]  # fmt: skip
    return pl.DataFrame(rows, schema={**CRIME, "version": pl.Int64()}, orient="row")


def run(*, by: str, versions: Sequence[m.CrimeVersion], cause: str, at: datetime) -> m.MatchRun:
    """Matches these versions of crimes with everybody who wore a tag, and keeps what it rests on. One that fails is kept as
    failed, with why: its crimes were not run, which is not "no match".
    """
    wanted, found, fault = parameters(), [], ""
    try:
        found = [matched(day, theirs, wanted, by=by) for day, theirs in by_day(versions).items()]
    except Exception as error:
        log.exception("a match of %s crimes failed", len(versions))
        fault = (str(error).strip().splitlines() or [type(error).__name__])[0][:TOLD_FAULT]
    with recording(by=by, verb="tagging.match_run") as entry:
        kept = m.MatchRun(
            cause=cause, outcome=FAILED if fault else DONE, program=version_of("throughcare"),
            parameters=json.dumps(wanted.kept(), sort_keys=True), inputs=_json(found, "inputs"), parts=_json(found, "parts"),
            fault=fault, started_at=at, ended_at=instant_on(london_date(at)), on=london_date(at), by=by,
        )  # fmt: skip
        kept.save()
        for one in found:
            _keep_results(kept, one, {str(v.pk): v for v in versions})
        entry.about(kept)
        entry.details = {"crimes": len(versions), "outcome": kept.outcome, "parameters": wanted.kept()}
        for each in m.Match.objects.filter(result__run=kept).order_by("pk"):
            entry.also("tagging.matched", "tagging.match", str(each.pk), person_id=each.person_id, details={"run": kept.pk})
    return kept


def _json(found: Sequence[OfADay], what: str) -> str:
    return json.dumps({str(one.day): getattr(one, what) for one in found}, sort_keys=True)


def _keep_results(kept: m.MatchRun, one: OfADay, versions: dict[str, m.CrimeVersion]) -> None:
    walked = one.found.fixes.group_by("crime_id", "tag").agg(pl.col("visit").n_unique())
    visits = {(crime, tag): number for crime, tag, number in walked.iter_rows()}
    for crime in one.found.crimes.iter_rows(named=True):
        version = versions[crime["crime_id"]]
        result = m.CrimeResult(run=kept, version=version, outcome=crime["outcome"], reason=crime["reason"][:120])
        result.save()
        worn = one.in_window(version, one.found.parameters.buffer)
        unseen = [worn[int(f)] for f in filter(None, crime["unseen"].split(";")) if int(f) in worn]
        m.UnseenTag.objects.bulk_create(m.UnseenTag(result=result, fitting_id=w.fitting, person_id=w.person) for w in unseen)
        for pair in one.found.pairs.filter(pl.col("crime_id") == crime["crime_id"]).iter_rows(named=True):
            wearing = next(each for each in one.worn if each.fitting == int(pair["tag"]))
            m.Match(
                result=result, fitting_id=wearing.fitting, order_id=wearing.order, person_id=wearing.person, fixes=pair["fixes"],
                visits=visits[crime["crime_id"], pair["tag"]], first_at=pair["first_time"], last_at=pair["last_time"],
                nearest_m=pair["nearest_m"],
            ).save()  # fmt: skip


def take_and_run(*, by: str, name: str, content: bytes, at: datetime, force: str = "") -> tuple[m.CrimeBatch, m.MatchRun | None]:
    """Takes a file in and matches the crimes that are new, or whose window or place is another; None where none is."""
    batch = take(by=by, name=name, content=content, at=at, force=force)
    latest = {version.crime_id: version for version in batch.versions.order_by("number")}
    due = [version for version in latest.values() if batch.versions.filter(crime=version.crime_id, rerun=True).exists()]
    return batch, run(by=by, versions=due, cause=BATCH, at=at) if due else None


def review(*, reader: Reader, match: m.Match, decision: str, reason: str) -> m.MatchReview:
    """What the reader makes of a match. Refused: no code of the list, no reason, one that was decided and not taken back, one of
    a run that a later one has replaced.
    """
    if decision not in DECISIONS:
        raise _refused(match, "That is no decision", ", ".join(DECISIONS), "choose one of the list")
    if not reason.strip():
        raise _refused(match, "A reason is to be given", "why, in words", "say what you looked at and what it shows")
    with recording(by=reader.by, verb="tagging.match_review") as entry:
        found = m.Match.objects.select_for_update().get(pk=match.pk)
        if found.reviews.filter(taken_back_at=None).exists():
            raise _refused(found, "This match is decided", "one that waits", "take the decision back first, if it was wrong")
        if not stands(found):
            raise _refused(found, "This match is of a run that a later one has replaced", "a match of the last run",
                           "open the crime and look at its matches now")  # fmt: skip
        kept = m.MatchReview(
            match=found, decision=decision, reason=reason.strip(), at=instant_on(reader.day), on=reader.day, by=reader.by
        )  # fmt: skip
        kept.save()
        entry.about(kept, person_id=found.person_id)
        entry.details = {"match": found.pk, "decision": decision}
    return kept


def take_back(*, reader: Reader, review: m.MatchReview) -> None:
    """A decision counts no more, and stays on record. Refused: twice; one after which the police have reported a charge."""
    with recording(by=reader.by, verb="tagging.match_review_taken_back") as entry:
        found = m.MatchReview.objects.select_for_update().get(pk=review.pk)
        if found.taken_back_at:
            raise _refused(found.match, "It was taken back", "a decision that stands", "nothing more is to be done")
        if found.match.charges.filter(taken_back_at=None).exists():
            raise _refused(found.match, "The police have reported a charge that came of it", "a match without a charge",
                           "take the charge back first, if it was wrong")  # fmt: skip
        found.taken_back_at, found.taken_back_by = instant_on(reader.day), reader.by
        found.save()
        entry.about(found, person_id=found.match.person_id)


def charge(*, reader: Reader, match: m.Match, charged_on: date, offence: str, reference: str) -> m.MatchCharge:
    """That the police report a charge that followed. Refused: of a match that was not sent to them; a day before the crime, or
    still to come; the same reference twice.
    """
    has_come(charged_on, today=reader.day, record=f"match {match.pk}")
    if charged_on < london_date(match.result.version.time_from):
        raise _refused(match, "The charge is before the crime", "a day on or after it", "correct the day")
    with recording(by=reader.by, verb="tagging.match_charge") as entry:
        found = m.Match.objects.select_for_update().get(pk=match.pk)
        if not found.reviews.filter(taken_back_at=None, decision=TO_POLICE).exists():
            raise _refused(found, "This match was not sent to the police", "one that was", "review it first")
        if found.charges.filter(taken_back_at=None, reference=reference.strip()).exists():
            raise _refused(found, "This charge is on record", "another charge", "nothing more is to be done")
        kept = m.MatchCharge(
            match=found, charged_on=charged_on, offence=offence.strip(), reference=reference.strip(), at=instant_on(reader.day),
            on=reader.day, by=reader.by,
        )  # fmt: skip
        kept.save()
        entry.about(kept, person_id=found.person_id)
    return kept


def take_charge_back(*, reader: Reader, charge: m.MatchCharge) -> None:
    """A charge that was reported by mistake counts no more, and stays on record. Refused: twice."""
    with recording(by=reader.by, verb="tagging.match_charge_taken_back") as entry:
        found = m.MatchCharge.objects.select_for_update().get(pk=charge.pk)
        if found.taken_back_at:
            raise _refused(found.match, "It was taken back", "a charge that stands", "nothing more is to be done")
        found.taken_back_at, found.taken_back_by = instant_on(reader.day), reader.by
        found.save()
        entry.about(found, person_id=found.match.person_id)


def _refused(match: m.Match, what: str, expected: str, mend: str) -> ReviewRefused:
    return ReviewRefused(what=what, record=f"match {match.pk}", expected=expected, mend=mend)
