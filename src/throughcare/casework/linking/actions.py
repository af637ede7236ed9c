"""Linking the store, and deciding by hand who is who. People follow from records, weights and what people have said.

A decision is about records, so it holds whatever person they are of, and beats any weight until it is undone. Whenever
records or decisions change, the people concerned are worked out anew; facts, referrals and spells pass with their records.
"""

import io
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

import polars as pl

from throughcare.casework.access.actions import limits_follow
from throughcare.casework.audit.actions import Recording, recording
from throughcare.casework.events.actions import announce_all
from throughcare.casework.imports.actions import insert
from throughcare.casework.imports.queries import parts_of
from throughcare.casework.linking import checks, errors, queries
from throughcare.casework.linking.models import (
    APART,
    MERGE,
    NOT_SURE,
    PART,
    SAME,
    Comparison,
    LinkageModel,
    Linked,
    Regrouping,
    Verdict,
    VerdictPair,
)  # fmt: skip
from throughcare.casework.people.actions import Change, Rows, redirect, settle
from throughcare.casework.people.models import AgencyRecord
from throughcare.casework.people.queries import people
from throughcare.casework.pilot import current_pilot
from throughcare.core.clock import london_date
from throughcare.core.contracts import Event
from throughcare.linkage.cleaning import clean
from throughcare.linkage.comparisons import COMPARISONS
from throughcare.linkage.frequencies import frequencies
from throughcare.linkage.model import Known, Model
from throughcare.linkage.parameters import Parameters, as_text, load
from throughcare.linkage.people import JOINED, POSSIBLE, Linkage, link_new
from throughcare.linkage.people import link as link_all
from throughcare.linkage.scoring import Engine

ATTEMPTS = 3
RENEWED_AT = 2.0
"""Frequencies are renewed, and all is linked again, when there are this many times the records that they were taken from."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a run did: records on record, of these looked at anew, people, people merged and parted, questions waiting."""

    records: int
    looked_at: int
    people: int
    merged: int
    parted: int
    questions: int


@dataclass(frozen=True, kw_only=True)
class _Work:
    """A run worked out, before anything is written: `new`: what has to be looked at; `renewed`: the model is a new one."""

    state: queries.State
    found: pl.DataFrame
    new: list[int]
    known: Known
    model: Model
    renewed: bool
    linkage: Linkage


def link(*, by: str, everything: bool = False, parameters: Parameters | None = None, engine: Engine | None = None) -> Outcome:
    """Links what is new or has changed since the last run with the people known; `everything` looks at all records again.

    Weights are worked out before the store is locked; where it has changed meanwhile, again. `parameters` become the model in
    use, and all is linked anew. Refuses, with StoreBusy, a store that never stands still.
    """
    for _ in range(ATTEMPTS):
        work = _work_out(everything, parameters, engine)
        with recording(by=by, verb="linking.link") as entry:
            if queries.state() != work.state:
                entry.details = {"again": True}
                continue
            changes = _write(by, work, entry)
        merged = [change for change in changes if change.kind == MERGE]
        return Outcome(
            records=work.found.height, looked_at=len(work.new), people=people().height, merged=len(merged),
            parted=len(changes) - len(merged), questions=len(queries.questions()),
        )  # fmt: skip
    raise errors.StoreBusy(
        what="records could not be linked", record="the store", expected="a moment without imports and decisions",
        mend="link again when the imports are done",
    )  # fmt: skip


def _work_out(everything: bool, parameters: Parameters | None, engine: Engine | None) -> _Work:
    state, found, placed = queries.state(), queries.records(), queries.linked()
    cleaned = found.select("id").hstack(clean(found))
    model, renewed = _model(cleaned, parameters)
    known = queries.known(found, placed)
    before = found.join(placed.rename({"digest": "before"}), on="id", how="left", maintain_order="left")
    if everything or renewed:
        return _Work(state=state, found=found, new=found["id"].to_list(), known=known, model=model, renewed=renewed,
                     linkage=link_all(cleaned, model, known=known, engine=engine))  # fmt: skip
    new = before.filter(pl.col("digest").ne_missing(pl.col("before")))["id"].to_list()
    return _Work(state=state, found=found, new=new, known=known, model=model, renewed=False,
                 linkage=link_new(cleaned, new, model, known=known, engine=engine))  # fmt: skip


def _model(cleaned: pl.DataFrame, parameters: Parameters | None) -> tuple[Model, bool]:
    """The model in use, and whether it is a new one."""
    row = queries.model_in_use()
    if row is not None and parameters is None and cleaned.height < RENEWED_AT * row.records:
        return queries.as_model(row), False
    told = parameters or (queries.as_model(row).parameters if row else load())
    return Model(parameters=told, frequencies=frequencies(cleaned)), True


def _write(by: str, work: _Work, entry: Recording) -> list[Change]:
    row = queries.model_in_use()
    if row is None or work.renewed:
        row = keep_model(by, work.model)
    changes = _settle(by, work.linkage, entry)
    _keep_comparisons(work.linkage, work.new, row)
    fresh = work.found.filter(pl.col("id").is_in(work.new))
    insert(Linked, fresh.select(record="id", digest="digest"), key=("record",))
    entry.details = {"looked_at": len(work.new), "changes": len(changes), "model": row.pk}
    return changes


def keep_model(by: str, model: Model) -> LinkageModel:
    """Puts a model in use: the last one kept is."""
    file = io.BytesIO()
    model.frequencies.counts.write_parquet(file)
    row = LinkageModel(
        version=model.parameters.version, parameters=as_text(model.parameters, why="as in use"), frequencies=file.getvalue(),
        people=model.frequencies.people, records=model.frequencies.records, made_at=datetime.now(UTC), made_by=by,
    )  # fmt: skip
    row.save()
    return row


def _settle(
    by: str, linkage: Linkage, entry: Recording, *, verdict: Verdict | None = None, rows: Mapping[int, Rows] | None = None
) -> list[Change]:
    """Makes the people what the groups say, with log, audit and event of each change."""
    if not linkage.people.height:
        return []
    groups = linkage.people.group_by("group").agg("id").sort("group")["id"].to_list()
    back = _returning(linkage)
    returning = {record: log.other for record, log in back.items()}
    changes = settle(groups, returning=returning, returning_rows=_rows_back(back), rows=rows)
    made = {}
    now = datetime.now(UTC)
    for change in changes:
        made[change] = Regrouping(
            kind=change.kind, kept=change.kept, other=change.other, records=json.dumps(change.records),
            rows=json.dumps(change.rows), at=now, by=by, verdict=verdict,
        )  # fmt: skip
        made[change].save()
        details = {"records": len(change.records), "verdict": verdict.pk if verdict else None, "with": change.other}
        entry.also(f"people.{change.kind}", "people.person", str(change.other), person_id=change.kept, details=details)
    for change in changes:
        if change.kind != MERGE and change.other not in returning.values():
            limits_follow(by=by, person=change.kept, parted=change.other, on=london_date(now))
    _take_back(back, made)
    announce_all(
        Event(kind=f"people.{c.kind}", person_id=c.kept, subject_type="people.person", subject_id=c.other,
              happened_on=london_date(now), details={"kept": str(c.kept), "other": str(c.other)})
        for c in changes
    )  # fmt: skip
    return changes


def _returning(linkage: Linkage) -> dict[int, Regrouping]:
    """By the oldest record of an id that was merged away, that merge: where the record leaves, it takes the id up again."""
    inside, found = set(linkage.people["id"].to_list()), {}
    for log in Regrouping.objects.filter(kind=MERGE, undone=None).order_by("pk"):
        records = json.loads(log.records)
        if records and min(records) in inside:
            found[min(records)] = log
    return found


def _rows_back(back: Mapping[int, Regrouping]) -> dict[int, Rows]:
    """Facts entered here that came with a merge go where the oldest of its records goes."""
    return {record: [(label, pk) for label, pk in json.loads(log.rows)] for record, log in back.items()}


def _take_back(back: Mapping[int, Regrouping], made: Mapping[Change, Regrouping]) -> None:
    """Marks the merges that have been taken back; ids that redirected through them redirect to their own people again."""
    for change, row in made.items():
        taken = [log.pk for log in back.values() if change.kind == PART and log.other == change.other]
        if taken:
            Regrouping.objects.filter(pk__in=taken).update(undone=row)
            earlier = Regrouping.objects.filter(kind=MERGE, undone=None, kept=change.other)
            redirect(list(earlier.values_list("other", flat=True)), to=change.other)


def _keep_comparisons(linkage: Linkage, new: Collection[int], model: LinkageModel) -> None:
    """Keeps the strongest tie of each record to its person, and the pairs that a person is asked about.

    What was kept of pairs within the records looked at, and of pairs of a new or changed record, gives way.
    """
    looked_at, fresh, gone = set(linkage.people["id"].to_list()), set(new), []
    for part in parts_of(sorted(looked_at | fresh)):
        kept = Comparison.objects.filter(left__in=part) | Comparison.objects.filter(right__in=part)
        for pk, left, right in kept.values_list("pk", "left_id", "right_id"):
            if {left, right} <= looked_at or fresh & {left, right}:
                gone.append(pk)
    for part in parts_of(gone):
        Comparison.objects.filter(pk__in=part).delete()
    pairs = linkage.pairs
    kept = pl.concat([_ties(pairs.filter(pl.col("decision") == JOINED)), pairs.filter(pl.col("decision") == POSSIBLE)])
    levels = [
        json.dumps({c.slug: [row[c.slug], round(row[f"{c.slug}_weight"], 4)] for c in COMPARISONS if row[c.slug]})
        for row in kept.iter_rows(named=True)
    ]
    told = kept.select("left", "right", "weight", "guard", "held", joined=pl.col("decision") == JOINED, model=pl.lit(model.pk))
    insert(Comparison, told.with_columns(levels=pl.Series(levels, dtype=pl.String)), key=("left", "right"))


def _ties(joined: pl.DataFrame) -> pl.DataFrame:
    """Of the joined pairs, the strongest of each record."""
    ends = pl.concat([joined.with_columns(end=pl.col(side)) for side in ("left", "right")])
    best = ends.sort(-pl.col("weight"), "left", "right").unique("end", keep="first", maintain_order=True)
    return best.drop("end").unique(["left", "right"], maintain_order=True)


def join(*, by: str, people: tuple[int, int], reason: str) -> Verdict:
    """Two people are one, whatever the weights say: the younger id redirects to the older."""
    return _decide(by, SAME, checks.records_of(people[0]), checks.records_of(people[1]), reason)


def keep_apart(*, by: str, people: tuple[int, int], reason: str) -> Verdict:
    """Two people are not one, for ever: no weight joins these records, and they are not asked about again."""
    return _decide(by, APART, checks.records_of(people[0]), checks.records_of(people[1]), reason)


def not_sure(*, by: str, people: tuple[int, int], reason: str, on: date | None = None) -> Verdict:
    """Somebody has looked and could not tell: the question stays, behind the others.

    It rests for the days of the pilot file from `on` (None: from now), and comes back before them with other evidence.
    """
    again_on = (on or london_date(datetime.now(UTC))) + timedelta(days=current_pilot().today.not_sure_for)
    return _decide(by, NOT_SURE, checks.records_of(people[0]), checks.records_of(people[1]), reason, again_on=again_on)


def part(*, by: str, person: int, records: Collection[int], reason: str, rows: Rows = ()) -> Verdict:
    """These records of a person are somebody else's: they leave, with what came by their numbers, and never come back by a score.

    `rows`: facts entered here that go with them, by table and number; the others stay. Refuses records that are not the
    person's, and all of them.
    """
    own = checks.records_of(person)
    checks.some_of(person, records, own)
    return _decide(by, APART, sorted(records), [r for r in own if r not in records], reason, rows=rows)


def undo(*, by: str, verdict: Verdict, reason: str) -> Verdict:
    """Takes a decision back. The people are worked out anew, from where they were before it: ids and facts return."""
    checks.reason_given(reason, f"decision {verdict.pk}")
    with recording(by=by, verb="linking.undo") as entry:
        row = Verdict.objects.select_for_update().get(pk=verdict.pk)
        checks.standing(row)
        row.undone_at, row.undone_by, row.undone_reason = datetime.now(UTC), by, reason
        row.save()
        pairs = list(row.pairs.values_list("left_id", "right_id"))
        before: dict[int, int] = {}
        for log in Regrouping.objects.filter(verdict=row, undone=None).order_by("pk"):
            before.update(dict.fromkeys(json.loads(log.records), log.other if log.kind == MERGE else log.kept))
        _again(by, {record for pair in pairs for record in pair}, entry, before=before)
        entry.about(row)
        entry.details = {"answer": row.answer}
    return row


def _decide(
    by: str, answer: str, one: Sequence[int], other: Sequence[int], reason: str, *, rows: Rows = (), again_on: date | None = None
) -> Verdict:  # fmt: skip
    checks.reason_given(reason, f"records {one[0]} and {other[0]}")
    with recording(by=by, verb=f"linking.{answer}") as entry:
        list(AgencyRecord.objects.select_for_update().filter(pk__in=[*one, *other]).order_by("pk").values_list("pk"))
        pairs = list(product(one, other))
        checks.not_decided_otherwise(answer, pairs)
        row = Verdict(answer=answer, reason=reason, by=by, at=datetime.now(UTC), again_on=again_on)
        row.evidence = queries.evidence(one, other) if answer == NOT_SURE else ""
        row.save()
        VerdictPair.objects.bulk_create([VerdictPair(verdict=row, left_id=a, right_id=b) for a, b in pairs], batch_size=500)
        if answer != NOT_SURE:
            _again(by, {*one, *other}, entry, verdict=row, rows={min(one): rows} if rows else None)
            checks.done(answer, one, other)
        entry.about(row)
        entry.details = {"records": len(one) + len(other)}
    return row


def _again(
    by: str, records: Collection[int], entry: Recording, *, verdict: Verdict | None = None,
    before: Mapping[int, int] | None = None, rows: Mapping[int, Rows] | None = None,
) -> None:  # fmt: skip
    """Works out anew the people of these records, and those whom only a decision may have kept from them.

    `before`: the person of records as it was before a decision that is taken back.
    """
    row = queries.model_in_use()
    found = queries.records(queries.people_near(records))
    cleaned = found.select("id").hstack(clean(found))
    model = queries.as_model(row) if row else Model(parameters=load(), frequencies=frequencies(cleaned))
    known = queries.known(found, queries.linked(found["id"]))
    if before:
        was = pl.col("id").replace_strict(before, default=pl.col("person"), return_dtype=pl.Int64)
        known = replace(known, people=known.people.with_columns(person=was))
    linkage = link_all(cleaned, model, known=known)
    _settle(by, linkage, entry, verdict=verdict, rows=rows)
    _keep_comparisons(linkage, (), row or keep_model(by, model))
