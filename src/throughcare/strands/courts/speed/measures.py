"""Speed through the system: convictions of members in the period, by step, and against each person's own earlier ones.

For the dashboard and the study; nobody's desk shows it. A conviction counts on its day, of who was a member that day.
"""

import polars as pl

from throughcare.casework.cohort.models import Membership
from throughcare.casework.cohort.queries import memberships
from throughcare.casework.frames import only, read
from throughcare.casework.people.models import Arrest, Charge
from throughcare.casework.people.queries import convictions, with_breakdowns
from throughcare.core.contracts import ALL, Measure, Scope
from throughcare.rules.court_speed import STEPS, against_earlier, convictions_in_steps
from throughcare.strands.courts import queries

SERVICE = "court_reports"
IN_WORDS = {
    "offence_to_arrest": ("the offence to the arrest", "Where the time was won in North West London"),
    "arrest_to_charge": ("the arrest to the charge", "The police's own time"),
    "charge_to_plea": ("the charge to the plea", "The time that the first hearings take"),
    "plea_to_sentence": ("the plea to the sentence", "What the court reports are to shorten"),
    "arrest_to_conviction": ("the arrest to the conviction", "It did not change in North West London: no quicker at court"),
}


def speed_rows(scope: Scope) -> pl.DataFrame:
    """A row a conviction in the period of who was a member on its day, with the days of each step and the person's own
    earlier ones. What came after the last day of the period is not known in it.
    """
    spans = memberships().select("person", "start", "end")
    steps = against_earlier(_steps(scope), spans.group_by("person").agg(joined_on=pl.col("start").min()))
    steps = steps.rename({"convicted_on": "on"}).filter(
        pl.col("on").is_between(scope.period.start, scope.period.end, closed="left")
    )
    held = steps.select("person", "on").join(spans, on="person")
    held = held.filter(pl.col("start") <= pl.col("on"), pl.col("end").is_null() | (pl.col("on") < pl.col("end")))
    return with_breakdowns(steps.join(held, on=["person", "on"], how="semi", maintain_order="left"))


def _steps(scope: Scope) -> pl.DataFrame:
    """Of everybody who was ever a member: nobody else's convictions are asked about."""
    by, members = scope.as_at, Membership.objects.values("person")
    arrests = read(Arrest.objects.filter(person__in=members).order_by("pk"), person="person", arrested_on="arrested_on",
                   asn="asn", offence_code="offence_code")  # fmt: skip
    charges = read(Charge.objects.filter(person__in=members).order_by("pk"), person="person", charged_on="charged_on",
                   asn="asn", offence_code="offence_code")  # fmt: skip
    with only(*memberships()["person"].unique()):
        theirs = convictions()
    return convictions_in_steps(
        convictions=theirs.filter(pl.col("convicted_on") <= by), charges=charges, arrests=arrests,
        cases=queries.cases(as_at=by).select("person", "clock_on", "sentenced_on"),
    )  # fmt: skip


def _measures() -> tuple[Measure, ...]:
    days = tuple(
        Measure(
            slug=f"speed.{step}", title=f"Median days from {IN_WORDS[step][0]}", unit="days", statistic="median", digits=1,
            value=pl.col(step), counted=pl.col(step).is_not_null(), rows=speed_rows, axes=ALL, service=SERVICE,
            why=IN_WORDS[step][1],
            definition=f"Calendar days from {IN_WORDS[step][0]}, of members' convictions in the period with both days known",
        )
        for step in STEPS
    )  # fmt: skip
    changes = tuple(
        Measure(
            slug=f"speed.{step}_change", title=f"Change in days from {IN_WORDS[step][0]}, against people's own earlier cases",
            unit="days", statistic="median", digits=1, value=pl.col(f"{step}_change"),
            counted=pl.col(f"{step}_change").is_not_null(), rows=speed_rows, axes=ALL, service=SERVICE,
            why="People who reoffend much differ from others: each is compared with their own cases before",
            definition="Median, over members' convictions in the period, of their days less the median of the same person's own "
                       "convictions before they first joined the cohort; below 0 is quicker",
        )
        for step in STEPS
    )  # fmt: skip
    return *days, *changes


MEASURES = _measures()
