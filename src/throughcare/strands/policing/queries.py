"""Reading plans and taskings."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from throughcare.casework.cohort.on_days import not_members
from throughcare.casework.frames import about, read
from throughcare.core.contracts import Finding, Scope, TimelineEntry
from throughcare.strands.policing import models as m
from throughcare.strands.policing.picture import record


def plans() -> pl.DataFrame:
    """A row a plan: plan, record (null where entered here), person, borough, requested_on, actioned_on, received_on; days
    from request to return, null while either is not on record.
    """
    found = read(
        m.Plan.objects.order_by("pk"), plan="pk", record="source__record_id", person="person", borough="borough",
        requested_on="requested_on", actioned_on="actioned_on", received_on="received_on",
    )  # fmt: skip
    return found.with_columns(days=(pl.col("received_on") - pl.col("requested_on")).dt.total_days())


def taskings() -> pl.DataFrame:
    """A row a tasking carried out: person, borough, comes_from, plan (null where it comes from none), on."""
    found = m.Tasking.objects.order_by("pk")
    return read(found, person="person", borough="borough", comes_from="comes_from", plan="plan", on="carried_out_on")


def service_use(scope: Scope) -> pl.DataFrame:
    """person, service, on: a plan is had from the day on which it was back with the borough."""
    had = plans().filter(pl.col("received_on").is_not_null())
    return had.select("person", service=pl.lit("intelligence_plan"), on="received_on")


def findings(scope: Scope) -> Sequence[Finding]:
    """By borough: plans received in the period without a recorded request; requests of the period not returned by its end;
    requests of the period for people who were not members that day; plans and taskings of a borough not of the pilot.
    """
    period, asked, returned = scope.period, pl.col("requested_on"), pl.col("received_on")
    asked_then = asked.is_between(period.start, period.end, closed="left")
    returned_then = returned.is_between(period.start, period.end, closed="left")
    found = plans()
    outside = not_members(found.filter(asked_then).with_columns(on=asked))
    return (
        *_by_borough(found.filter(returned_then, asked.is_null()), slug="policing.no_request",
                     title="Plans received without a recorded request", mend="record the day on which the borough asked"),
        *_by_borough(found.filter(asked_then, returned.is_null() | (returned >= period.end)), slug="policing.no_plan",
                     title="Requests without a plan returned", mend="ask the hub, or record the day of the return"),
        *_by_borough(outside, slug="policing.not_member", title="Plans asked for people who were not members on the day",
                     mend="correct the person or the day, or record when the person joined"),
        *_by_borough(_elsewhere(scope), slug="policing.unknown_borough",
                     title="Plans and taskings of a borough that is not of the pilot",
                     mend="correct the borough's name; until then the rows are in no borough's figures"),
    )  # fmt: skip


def _elsewhere(scope: Scope) -> pl.DataFrame:
    """The plans and taskings of the period whose borough the pilot does not have: borough, record. A plan is of its first day."""
    done = m.Tasking.objects.order_by("pk")
    tasks = read(done, number="pk", record="source__record_id", borough="borough", on="carried_out_on")
    asked = plans().with_columns(on=pl.min_horizontal("requested_on", "actioned_on", "received_on"))
    named = pl.concat([
        table.select("borough", "on", record=pl.coalesce("record", pl.format("{} {}", pl.lit(of), number)))
        for of, table, number in (("plan", asked, "plan"), ("tasking", tasks, "number"))
    ])  # fmt: skip
    period = scope.period
    named = named.filter(pl.col("on").is_between(period.start, period.end, closed="left"))
    return named.filter(~pl.col("borough").is_in(scope.pilot.boroughs))


def _by_borough(rows: pl.DataFrame, *, slug: str, title: str, mend: str) -> list[Finding]:
    name = pl.coalesce("record", pl.format("plan {}", "plan")) if "plan" in rows.columns else pl.col("record")
    named = rows.select("borough", name=name)
    lists = named.group_by("borough", maintain_order=True).agg(pl.col("name").sort()).sort("borough")
    return [
        Finding(slug=slug, title=title, group=borough, records=tuple(names), mend=mend) for borough, names in lists.iter_rows()
    ]


def timeline(person_id: int) -> Sequence[TimelineEntry]:
    """The steps of plans and the taskings about a person, by day."""
    told: list[TimelineEntry] = []
    for plan in about(m.Plan, person_id):
        steps = [(words, day) for words, day in _steps(plan) if day]
        told += [TimelineEntry(on=day, kind="intelligence plan", row="plan_exists", words=words) for words, day in steps]
    for tasking in about(m.Tasking, person_id):
        words = f"Tasking carried out in {tasking.borough}"
        told.append(TimelineEntry(on=tasking.carried_out_on, kind="tasking", row="taskings", words=words))
    return sorted([*told, *record.timeline(person_id)], key=lambda entry: entry.on)


def _steps(plan: m.Plan) -> tuple[tuple[str, date | None], ...]:
    """The steps of a plan in words, each with its day; None where it is not on record."""
    return (
        (f"Plan asked for by {plan.borough}", plan.requested_on),
        (f"Plan made by the hub for {plan.borough}", plan.actioned_on),
        (f"Plan returned to {plan.borough}", plan.received_on),
    )


def held_about(person_id: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Every row of this strand on a person, by table."""
    return {
        "Intelligence development plans": list(m.Plan.objects.filter(person=person_id).order_by("pk").values()),
        "Taskings": list(m.Tasking.objects.filter(person=person_id).order_by("pk").values()),
        **record.held_about(person_id),
    }
