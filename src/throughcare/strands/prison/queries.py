"""Reading the tasks: each with where the person was on its day, and the prison."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from throughcare.casework.cohort.on_days import not_members
from throughcare.casework.findings import finding_of
from throughcare.casework.frames import about, read
from throughcare.casework.people.queries import custody, supervision
from throughcare.core.clock import london_date
from throughcare.core.contracts import Finding, Owner, Scope, TimelineEntry
from throughcare.core.dates import day_in_words
from throughcare.rules.movements import MOVE, NEW_DATE
from throughcare.strands.prison import models as m
from throughcare.strands.prison.movements.words import KIND_WORDS, how, where
from throughcare.strands.prison.words import OUTCOME_WORDS, task_words

STATUS_OF = {"custody": "custody", "licence": "licence", "pss": "licence", "community": "community", "suspended": "community"}
"""What a span of supervision makes of the person: post-sentence supervision counts as licence, a suspended sentence
order as community."""

FIRST_OF = ("custody", "licence", "community")
NONE = "none"


def tasks() -> pl.DataFrame:
    """A row a task, by its id: task, record (null where entered here), person, kind, on, status, prison.

    status, as on the day of the task: "custody" where a prison spell (on remand or sentenced) or supervision in custody
    has that day in it; else "licence", on licence or post-sentence supervision; else "community", on a community or
    suspended sentence order; else "none", which is a finding. A spell ends on the day of release, so that day is licence.
    prison: that of the task; where it names none, that of the spell; empty where neither says.
    """
    found = read(
        m.Task.objects.order_by("pk"), task="pk", record="source__record_id", person="person", kind="kind", on="done_on",
        named="prison",
    )  # fmt: skip
    spells = custody().select("person", "start", "end", "prison", status=pl.lit("custody"))
    spans = supervision().select(
        "person", "start", "end", prison=pl.lit(""), status=pl.col("kind").replace_strict(STATUS_OF, default=NONE)
    )
    rank = {status: place for place, status in enumerate(FIRST_OF)}
    there = found.select("task", "person", "on").join(pl.concat([spells, spans]), on="person")
    there = there.filter(pl.col("start") <= pl.col("on"), pl.col("end").is_null() | (pl.col("on") < pl.col("end")))
    there = there.with_columns(rank=pl.col("status").replace_strict(rank, default=len(rank), return_dtype=pl.Int64))
    # Of two prisons on one day, the one the person came to last; supervision names none and gives way to a spell.
    there = there.sort("rank", pl.col("prison") == "", "start", descending=[False, False, True], maintain_order=True)
    there = there.unique("task", keep="first", maintain_order=True).select("task", "status", spell_prison="prison")
    found = found.join(there, on="task", how="left").with_columns(pl.col("status").fill_null(NONE))
    prison = pl.when(pl.col("named") != "").then("named").otherwise(pl.col("spell_prison").fill_null(""))
    return found.with_columns(prison=prison).drop("named", "spell_prison").sort("task")


def first_tasks(scope: Scope) -> pl.DataFrame:
    """The first task of each person in each status within the period; of several on one day, the one recorded first."""
    done = tasks().filter(pl.col("on").is_between(scope.period.start, scope.period.end, closed="left"))
    return done.sort("on", "task").unique(["person", "status"], keep="first", maintain_order=True)


def service_use(scope: Scope) -> pl.DataFrame:
    """person, service, on: a task is use of the prison co-ordination."""
    return tasks().select("person", service=pl.lit("prison_coordination"), on="on")


def findings(scope: Scope) -> Sequence[Finding]:
    """Tasks of the period for people who were neither in custody nor supervised that day, or not members of the cohort;
    custody tasks without a prison.
    """
    done = tasks().filter(pl.col("on").is_between(scope.period.start, scope.period.end, closed="left"))
    done = done.with_columns(name=pl.coalesce("record", pl.format("task {}", "task")))
    unplaced = done.filter(pl.col("status") == NONE)
    no_prison = done.filter(pl.col("status") == "custody", pl.col("prison") == "")
    outside = not_members(done)
    told = (
        ("prison.no_status", "Tasks for people neither in custody nor supervised on the day", unplaced,
         "correct the day of the task, or load the supervision and prison spells"),
        ("prison.no_prison", "Tasks in custody without a prison", no_prison,
         "name the prison in the task, or load the prison spells"),
        ("prison.not_member", "Tasks for people who were not members on the day", outside,
         "correct the person or the day, or record when the person joined"),
    )  # fmt: skip
    owner = Owner(role="prison_coordinator")
    return [
        finding
        for slug, title, rows, mend in told
        for finding in finding_of(rows.sort("name"), slug=slug, title=title, mend=mend, owner=owner)
    ]


def timeline(person_id: int) -> Sequence[TimelineEntry]:
    """The tasks done, how the person came and left, new release dates, the plan for the release: by day.

    That somebody came, moved to another prison or left is told by the spells; here is what they do not tell.
    """
    told = [
        TimelineEntry(on=t.done_on, kind="prison co-ordination", row="custody", words=_words(t)) for t in about(m.Task, person_id)
    ]
    for row in about(m.Movement, person_id):
        if row.withdrawn_on is None:
            told += _of_movement(row)
    for plan in about(m.ReleasePlan, person_id):
        told += _of_plan(plan)
    for rest in about(m.PutOff, person_id):
        words = f"Put off until {day_in_words(rest.until)}: {task_words(rest.kind).lower()}"
        told.append(TimelineEntry(on=rest.on, kind="prison co-ordination", row="release_plan", words=words))
    return sorted(told, key=lambda entry: entry.on)


def _of_movement(row: m.Movement) -> list[TimelineEntry]:
    """A move within a prison by its place; the rest by how it came about, which is not for everybody who knows the place."""
    if row.kind == MOVE:
        within = row.from_prison == row.to_prison
        return [TimelineEntry(on=row.on, kind="prison", row="custody", words=where(row))] if within else []
    if not (why := how(row)):
        return []
    words = where(row) if row.kind == NEW_DATE else KIND_WORDS[row.kind]
    return [TimelineEntry(on=row.on, kind="prison", row="release_plan", words=f"{words}: {why}")]


def _of_plan(plan: m.ReleasePlan) -> list[TimelineEntry]:
    told = [(plan.made_at, "Release plan begun"), (plan.prison_accepted_at, "Release plan accepted by the prison's side"),
            (plan.community_accepted_at, "Release plan accepted by the community's side"),
            (plan.completed_at, "Release plan complete")]  # fmt: skip
    if plan.first_outcome:
        told.append((plan.first_outcome_at, f"First appointment after release: {OUTCOME_WORDS[plan.first_outcome]}"))
    days = [(london_date(at), words) for at, words in told if at is not None]
    return [TimelineEntry(on=on, kind="release plan", row="release_plan", words=words) for on, words in days]


def _words(task: m.Task) -> str:
    return task.kind.replace("_", " ").capitalize() + (f" ({task.prison})" if task.prison else "")


TABLES: Mapping[str, tuple[type[m.Record], str]] = {
    "Prison co-ordination tasks": (m.Task, "person"), "Details of time in prison": (m.SpellDetail, "person"),
    "Movements in and out of prison": (m.Movement, "person"), "Where the person was last known to be": (m.LastKnown, "person"),
    "Tasks put off": (m.PutOff, "person"), "Release plans": (m.ReleasePlan, "person"),
    "Items of release plans checked off": (m.PlanCheck, "plan__person"),
}  # fmt: skip


def held_about(person_id: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Every row of this strand on a person, by table."""
    return {
        words: list(model.objects.filter(**{path: person_id}).order_by("pk").values()) for words, (model, path) in TABLES.items()
    }
