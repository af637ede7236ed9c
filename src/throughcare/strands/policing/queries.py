"""Reading plans and taskings."""

from collections.abc import Sequence

import polars as pl

from throughcare.casework.cohort.on_days import not_members
from throughcare.casework.findings import findings_by_place
from throughcare.casework.frames import read
from throughcare.core.contracts import Finding, Owner, Scope
from throughcare.rules.intelligence_plan import ENDED
from throughcare.strands.policing import models as m


def plans() -> pl.DataFrame:
    """A row a plan: plan, record (null where entered here), person, borough, requested_on, actioned_on, received_on, kind (""
    where a file told it), standing; days from request to return, null while either is not on record.
    """
    found = read(
        m.Plan.objects.order_by("pk"), plan="pk", record="source__record_id", person="person", borough="borough",
        requested_on="requested_on", actioned_on="actioned_on", received_on="received_on", kind="kind", standing="standing",
    )  # fmt: skip
    return found.with_columns(days=(pl.col("received_on") - pl.col("requested_on")).dt.total_days())


def taskings() -> pl.DataFrame:
    """A row a tasking carried out: person, borough, comes_from, plan (null where it comes from none), on."""
    found = m.Tasking.objects.filter(carried_out_on__isnull=False).order_by("pk")
    return read(found, person="person", borough="borough", comes_from="comes_from", plan="plan", on="carried_out_on")


def taskings_made() -> pl.DataFrame:
    """A row a tasking given here: person, borough, comes_from, on. What a file told was carried out, and never given here."""
    found = m.Tasking.objects.filter(asked_on__isnull=False).order_by("pk")
    return read(found, person="person", borough="borough", comes_from="comes_from", on="asked_on")


def uses() -> pl.DataFrame:
    """A row a use of a suggestion or of a tasking: use, person, borough, used_in, of ("suggestion" or "tasking"), on."""
    of_items = read(
        m.Use.objects.filter(item__isnull=False).order_by("pk"), use="pk", person="item__plan__person",
        borough="item__plan__borough", used_in="used_in", on="on",
    )  # fmt: skip
    of_taskings = read(
        m.Use.objects.filter(tasking__isnull=False).order_by("pk"), use="pk", person="tasking__person",
        borough="tasking__borough", used_in="used_in", on="on",
    )  # fmt: skip
    return pl.concat([of_items.with_columns(of=pl.lit("suggestion")), of_taskings.with_columns(of=pl.lit("tasking"))])


def service_use(scope: Scope) -> pl.DataFrame:
    """person, service, on: a plan is had from the day on which it was back with the borough."""
    had = plans().filter(pl.col("received_on").is_not_null())
    return had.select("person", service=pl.lit("intelligence_plan"), on="received_on")


def findings(scope: Scope) -> Sequence[Finding]:
    """By borough: plans received in the period without a recorded request; requests of the period not returned by its end, but
    for those refused or cancelled; requests of the period for people who were not members that day; plans and taskings of a
    borough not of the pilot. Each says who mends it.
    """
    period, asked, returned = scope.period, pl.col("requested_on"), pl.col("received_on")
    asked_then = asked.is_between(period.start, period.end, closed="left")
    returned_then = returned.is_between(period.start, period.end, closed="left")
    found = plans()
    outside = not_members(found.filter(asked_then).with_columns(on=asked))
    borough, hub = Owner(role="tasking_officer"), Owner(role="police_researcher")
    return (
        *_by_borough(found.filter(returned_then, asked.is_null()), on="received_on", slug="policing.no_request",
                     title="Plans received without a recorded request", owner=borough,
                     mend="the borough's tasking officer records the day on which the borough asked"),
        *_by_borough(found.filter(asked_then, ~pl.col("standing").is_in(ENDED), returned.is_null() | (returned >= period.end)),
                     on="requested_on", slug="policing.no_plan", title="Requests without a plan returned", owner=hub,
                     mend="the research hub sends the plan, or refuses the request with its reason"),
        *_by_borough(outside, on="requested_on", slug="policing.not_member", owner=borough,
                     title="Plans asked for people who were not members on the day",
                     mend="correct the person or the day, or record when the person joined"),
        *_by_borough(_elsewhere(scope), on="on", slug="policing.unknown_borough", owner=hub,
                     title="Plans and taskings of a borough that is not of the pilot",
                     mend="correct the borough's name; until then the rows are in no borough's figures"),
    )  # fmt: skip


def _elsewhere(scope: Scope) -> pl.DataFrame:
    """The plans and taskings of the period whose borough the pilot does not have: borough, record. A plan is of its first day."""
    done = m.Tasking.objects.filter(carried_out_on__isnull=False).order_by("pk")
    tasks = read(done, number="pk", record="source__record_id", borough="borough", on="carried_out_on")
    asked = plans().with_columns(on=pl.min_horizontal("requested_on", "actioned_on", "received_on"))
    named = pl.concat([
        table.select("borough", "on", record=pl.coalesce("record", pl.format("{} {}", pl.lit(of), number)))
        for of, table, number in (("plan", asked, "plan"), ("tasking", tasks, "number"))
    ])  # fmt: skip
    period = scope.period
    named = named.filter(pl.col("on").is_between(period.start, period.end, closed="left"))
    return named.filter(~pl.col("borough").is_in(scope.pilot.boroughs))


def _by_borough(rows: pl.DataFrame, *, on: str, slug: str, title: str, mend: str, owner: Owner) -> list[Finding]:
    """One finding a borough: its tasking officer's to mend, or the hub's, which has no borough."""
    name = pl.coalesce("record", pl.format("plan {}", "plan")) if "plan" in rows.columns else pl.col("record")
    named, hub = rows.select("borough", name=name, on=on), owner.role == "police_researcher"
    return findings_by_place(named, "borough", slug=slug, title=title, mend=mend, owner=owner, anywhere=hub)
