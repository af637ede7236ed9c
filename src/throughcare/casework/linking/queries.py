"""Reading for the linkage: the records with all that tells who they are, what is known, and what waits for a person."""

import hashlib
import io
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from throughcare.casework.frames import read
from throughcare.casework.imports.models import FileLoad
from throughcare.casework.imports.queries import parts_of
from throughcare.casework.linking.errors import NothingToDecide
from throughcare.casework.linking.models import (
    APART,
    NOT_SURE,
    SAME,
    Comparison,
    LinkageModel,
    Linked,
    Regrouping,
    Verdict,
    VerdictPair,
)  # fmt: skip
from throughcare.casework.people import models as m
from throughcare.casework.people.extracts import FEEDS
from throughcare.core.clock import london_date
from throughcare.core.contracts import TimelineEntry
from throughcare.linkage.comparisons import COMPARISONS
from throughcare.linkage.explain import Explanation, explain
from throughcare.linkage.frequencies import Frequencies
from throughcare.linkage.model import Known, Model
from throughcare.linkage.parameters import parse_text
from throughcare.linkage.thresholds import JOIN

LATEST_DATES = 5
"""Of sentence and offence dates the latest few: the lists of people with long records meet by chance."""

CARRIES = {feed.agency: feed.identifiers for feed in FEEDS if feed.names_people}
CAME_BY = "source__named_by"
State = tuple[object, ...]


def records(people: Collection[int] | None = None) -> pl.DataFrame:
    """Every agency's record of who a person is, by id, as `linkage.cleaning` takes it, with person, agency and digest.

    Besides what the record says itself: postcodes, other names and dates from the facts that came by its agency's own number,
    and the PNC ID or CRN that a row of another feed gives with it, where it has none. `people`: only theirs.
    """

    def of(model: type[m.Record]) -> Any:
        return model.objects.all() if people is None else model.objects.filter(person__in=people)

    found = read(
        of(m.AgencyRecord).order_by("pk"), id="pk", person="person", agency="agency", forename="forenames", surname="surname",
        date_of_birth="date_of_birth", sex="sex", crn="crn", pnc="pnc", cro="cro", prison_number="prison_number",
        named_by=CAME_BY,
    )  # fmt: skip
    found = _with_clues(found.with_columns(pl.col(pl.String).replace("", None)))
    for model, path, name in (
        (m.Address, "postcode", "postcodes"), (m.Alias, "forenames", "other_forenames"), (m.Alias, "surname", "other_surnames")
    ):
        told = read(of(model), **{"named_by": CAME_BY, name: path}).filter(pl.col(name) != "")
        found = found.join(_lists(told), on="named_by", how="left", maintain_order="left")
    dates = {"sentence_dates": _sentences(of), "offence_dates": [read(of(m.Conviction), named_by=CAME_BY, day="committed_on")]}
    for name, frames in dates.items():
        told = pl.concat(frames).rename({"day": name})
        found = found.join(_lists(told, latest=LATEST_DATES), on="named_by", how="left", maintain_order="left")
    return found.drop("named_by").with_columns(_digests(found.drop("named_by", "person", "id")))


def _lists(facts: pl.DataFrame, *, latest: int = 1_000) -> pl.DataFrame:
    """named_by, and the list of what came by it, each once, in order; of many the last."""
    name = facts.columns[1]
    return facts.drop_nulls().group_by("named_by").agg(pl.col(name).unique().sort().tail(latest))


def _sentences(of: Callable[[type[m.Record]], Any]) -> list[pl.DataFrame]:
    """Days of sentence: as the police have them; as orders and sentences began for probation and for prisons."""
    return [
        read(of(m.Sentence), named_by=CAME_BY, day="imposed_on"),
        read(of(m.Supervision).filter(kind__in=("community", "suspended", "custody")), named_by=CAME_BY, day="start"),
        read(of(m.CustodySpell).filter(kind="sentenced"), named_by=CAME_BY, day="start"),
    ]


def _with_clues(found: pl.DataFrame) -> pl.DataFrame:
    """Fills an empty number with the one that rows of other feeds give with one that the record has; not where these differ.

    Only a number that the agency's records may carry: what a court says of a CRN is nothing that the police would know.
    """
    told = read(m.Clue.objects.all(), kind="one__kind", value="one__value", other_kind="other__kind", other_value="other__value")
    if not told.height:
        return found
    turned = told.select(kind="other_kind", value="other_value", other_kind="kind", other_value="value")
    both = pl.concat([told, turned]).unique()
    for (kind, other), pairs in both.group_by("kind", "other_kind"):
        named = pairs.group_by("value").agg(pl.col("other_value").unique()).filter(pl.col("other_value").list.len() == 1)
        said = named.select(pl.col("value").alias(str(kind)), pl.col("other_value").list.first().alias("_told"))
        found = found.join(said, on=str(kind), how="left", maintain_order="left")
        carry = pl.col("agency").is_in([agency for agency, kinds in CARRIES.items() if other in kinds])
        filled = pl.when(carry).then(pl.coalesce(str(other), "_told")).otherwise(str(other))
        found = found.with_columns(filled.alias(str(other))).drop("_told")
    return found


def _digests(told: pl.DataFrame) -> pl.Series:
    lists = [name for name, kind in told.schema.items() if isinstance(kind, pl.List)]
    text = told.with_columns(pl.col(lists).cast(pl.List(pl.String)).list.join(","))
    line = pl.concat_str(pl.all().cast(pl.String).fill_null(""), separator="\x1f")
    lines = text.select(line).to_series()
    return pl.Series("digest", [hashlib.blake2b(t.encode(), digest_size=16).hexdigest() for t in lines], dtype=pl.String)


def linked(ids: pl.Series | None = None) -> pl.DataFrame:
    """id, digest of the records that the linkage has placed; of these where named."""
    found = Linked.objects.order_by("pk") if ids is None else Linked.objects.filter(pk__in=ids.to_list())
    return read(found, id="record", digest="digest")


def known(found: pl.DataFrame, placed: pl.DataFrame) -> Known:
    """What holds now: the people of the records placed, and what people have said."""
    people = found.join(placed.select("id"), on="id", how="semi").select("id", "person")
    said: dict[str, list[tuple[int, int]]] = {answer: [] for answer in (SAME, APART, NOT_SURE)}
    for answer, left, right in standing().values_list("verdict__answer", "left_id", "right_id"):
        said[answer].append((min(left, right), max(left, right)))
    return Known(people=people, same=said[SAME], apart=said[APART])


def standing() -> Any:
    """The pairs of verdicts that have not been undone."""
    return VerdictPair.objects.filter(verdict__undone_at=None)


def people_near(records: Collection[int]) -> set[int]:
    """The people of these records, and of those that would have joined them but for a decision or a third record."""
    pairs = Comparison.objects.filter(joined=False, weight__gte=JOIN)
    near = pairs.filter(left__in=records) | pairs.filter(right__in=records)
    ids = {*records, *(i for pair in near.values_list("left_id", "right_id") for i in pair)}
    return set(m.AgencyRecord.objects.filter(pk__in=ids).values_list("person_id", flat=True))


def model_in_use() -> LinkageModel | None:
    return LinkageModel.objects.order_by("-pk").first()


def as_model(row: LinkageModel) -> Model:
    counts = pl.read_parquet(io.BytesIO(bytes(row.frequencies)))
    known_of = Frequencies(counts=counts, people=row.people, records=row.records)
    return Model(parameters=parse_text(row.parameters, Path(f"model {row.pk}")), frequencies=known_of)


def state() -> State:
    """What must not have changed between reading and writing: loads, verdicts, changes of people, the model."""
    tables = (FileLoad, Verdict, Regrouping, LinkageModel)
    newest = [model.objects.order_by("-pk").values_list("pk", flat=True).first() for model in tables]
    undone = Verdict.objects.exclude(undone_at=None).order_by("-undone_at").values_list("undone_at", flat=True).first()
    return (*newest, undone)


@dataclass(frozen=True, kw_only=True)
class Side:
    """One of the two people of a question: its id and what each agency says, record by record."""

    person: int
    records: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, kw_only=True)
class Question:
    """Are these two one person? The pairs of their records that were weighed, the strongest first, and what was said so far.

    `unsure`: somebody has looked and was not sure; the question waits behind the others.
    """

    one: Side
    other: Side
    pairs: tuple[Comparison, ...]
    unsure: bool

    @property
    def strongest(self) -> Comparison:
        return self.pairs[0]

    @property
    def held(self) -> bool:
        return any(pair.held for pair in self.pairs)


def questions(among: Collection[int] | None = None) -> list[Question]:
    """The review queue: pairs of people, those held back first, then the strongest; what somebody was not sure of last.

    `among`: only between these people.
    """
    asked = Comparison.objects.filter(joined=False).select_related("left", "right", "model").order_by("-weight", "pk")
    asked = asked.defer("model__frequencies", "model__parameters")
    if among is not None:
        asked = asked.filter(left__person__in=list(among), right__person__in=list(among))
    by_people: dict[tuple[int, int], list[Comparison]] = {}
    for pair in asked:
        people = sorted((pair.left.person_id, pair.right.person_id))
        if people[0] != people[1]:
            by_people.setdefault((people[0], people[1]), []).append(pair)
    unsure = {frozenset(p) for p in standing().filter(verdict__answer=NOT_SURE).values_list("left_id", "right_id")}
    sides = _sides({person for people in by_people for person in people})
    found = [
        Question(one=sides[a], other=sides[b], pairs=tuple(pairs),
                 unsure=any(frozenset((p.left_id, p.right_id)) in unsure for p in pairs))
        for (a, b), pairs in by_people.items()
    ]  # fmt: skip
    return sorted(found, key=lambda q: (q.unsure, not q.held, -q.strongest.weight, q.one.person, q.other.person))


def question(one: int, other: int) -> Question | None:
    """The question about two people, where there is one."""
    return next(iter(questions({one, other})), None)


def evidence(one: Collection[int], other: Collection[int]) -> str:
    """The digest of what speaks for and against the records of the one side being the other's: other evidence, another digest."""
    pairs = Comparison.objects.filter(joined=False, left__in=[*one, *other], right__in=[*one, *other])
    first = set(one)
    between = pairs.values_list("left_id", "right_id", "guard", "held", "levels")
    return evidence_of(row for row in between if (row[0] in first) != (row[1] in first))


def evidence_of(pairs: Iterable[tuple[int, int, str, bool, str]]) -> str:
    """The same of pairs read already: left, right, guard, held, levels. How strongly each speaks is the model's, and left out."""
    told = [
        (min(left, right), max(left, right), guard, held, sorted((slug, said[0]) for slug, said in json.loads(levels).items()))
        for left, right, guard, held, levels in pairs
    ]
    return hashlib.blake2b(json.dumps(sorted(told)).encode(), digest_size=16).hexdigest()


TOLD = ("forenames", "surname", "date_of_birth", "sex", "ethnicity", "crn", "pnc", "cro", "prison_number")


def _sides(people: Iterable[int]) -> dict[int, Side]:
    held: dict[int, list[Mapping[str, Any]]] = {}
    for part in parts_of(people):
        rows = m.AgencyRecord.objects.filter(person__in=part).select_related("source").order_by("pk")
        for row in rows:
            record_id = row.source.record_id if row.source else ""
            told = {"id": row.pk, "agency": row.agency, "record_id": record_id, **{name: getattr(row, name) for name in TOLD}}
            held.setdefault(row.person_id, []).append(told)
    return {person: Side(person=person, records=tuple(rows)) for person, rows in held.items()}


def side(person: int) -> Side:
    """The person's records, one by one."""
    return _sides([person])[person]


def verdict(number: int) -> Verdict:
    """The decision of that number; NothingToDecide where there is none."""
    for found in Verdict.objects.filter(pk=number):
        return found
    raise NothingToDecide(
        what="there is no such decision", record=f"decision {number}", expected="the number of a decision",
        mend="look at the person's decisions",
    )  # fmt: skip


def explained(pair: Comparison) -> Explanation:
    """The pair in words, part by part."""
    levels = {slug: (level, weight) for slug, (level, weight) in json.loads(pair.levels).items()}
    return explain(levels, prior=as_prior(pair.model), guard=pair.guard)


def as_prior(row: LinkageModel) -> float:
    return Frequencies(counts=pl.DataFrame(), people=row.people, records=row.records).prior


def ties(person_id: int) -> list[Comparison]:
    """What holds the person's records together: the strongest tie of each, the weakest first."""
    held = Comparison.objects.filter(joined=True, left__person=person_id, right__person=person_id)
    return list(held.select_related("left", "right", "model").order_by("weight", "pk"))


def verdicts(person_id: int) -> list[Verdict]:
    """What has been decided of the person's records, oldest first, undone ones too."""
    of = Verdict.objects.filter(pairs__left__person=person_id) | Verdict.objects.filter(pairs__right__person=person_id)
    return list(of.distinct().order_by("pk"))


def changes(person_id: int) -> list[Regrouping]:
    """When the person was found to be one with another, or two."""
    of = Regrouping.objects.filter(kept=person_id) | Regrouping.objects.filter(other=person_id)
    return list(of.order_by("pk"))


def as_files() -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """The store's people as `linkage.files.write_people` takes them: people, ids, pairs (ties and questions)."""
    found = m.AgencyRecord.objects.order_by("pk")
    ids = read(found, id="pk", source="source__feed", record_id="source__record_id", person_id="person")
    pairs = read(Comparison.objects.order_by("pk"), left="left", right="right", weight="weight", guard="guard", joined="joined",
                 levels="levels")  # fmt: skip
    told = [json.loads(levels) for levels in pairs["levels"]]
    levels = {c.slug: [row.get(c.slug, [""])[0] for row in told] for c in COMPARISONS}
    decision = pl.when("joined").then(pl.lit("joined")).otherwise(pl.lit("possible"))
    pairs = pairs.with_columns(decision=decision).hstack(pl.DataFrame(levels, schema=dict.fromkeys(levels, pl.String)))
    asked = pairs.filter(~pl.col("joined"))
    asked_of = pl.concat([asked["left"], asked["right"]])
    alone = pl.when(pl.col("id").is_in(asked_of.implode())).then(pl.lit("possible")).otherwise(pl.lit("alone"))
    certainty = pl.when(pl.len().over("person_id") > 1).then(pl.lit("joined")).otherwise(alone)
    return ids.with_columns(certainty=certainty), ids, pairs


def timeline(person_id: int) -> Sequence[TimelineEntry]:
    """Found to be one with somebody, or two."""
    words = {"merge": "Person {other} was found to be person {kept}", "part": "Person {other} was found not to be person {kept}"}
    return [
        TimelineEntry(on=london_date(c.at), kind="who", row="same_person", words=words[c.kind].format(kept=c.kept, other=c.other))
        for c in changes(person_id)
    ]


def held_about(person_id: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Comparisons of the person's records with others, decisions on them, and changes of who is who."""
    records = list(m.AgencyRecord.objects.filter(person=person_id).values_list("pk", flat=True))
    pairs = Comparison.objects.filter(left__in=records) | Comparison.objects.filter(right__in=records)
    made = [{"what": c.kind, "kept": c.kept, "other": c.other, "at": c.at, "by": c.by} for c in changes(person_id)]
    return {
        "comparisons of records": list(
            pairs.order_by("pk").values("left", "right", "weight", "guard", "held", "joined", "levels")
        ),
        "decisions on who is who": [{"answer": v.answer, "reason": v.reason, "at": v.at, "undone at": v.undone_at} for v in
                                    verdicts(person_id)],
        "changes of who is who": made,
    }  # fmt: skip
