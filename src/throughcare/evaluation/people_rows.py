"""Everyone who was found eligible, each once, from day one: served, refused, off-rule and unserved; as they stood at the index.

Eligible: proposed to join by the service's own runs, a member, or found so by the rule on a day of release or sentence. The
index is the same for treated and compared: the first release, or sentence in the community, in the window on which the person
was eligible; or the first day on which they were found to be. Somebody without an index stays in the copy and says why.
"""

from datetime import date

import polars as pl

from throughcare.casework.cohort.calibration import index_events
from throughcare.casework.cohort.models import Proposal
from throughcare.casework.cohort.on_days import not_eligible
from throughcare.casework.cohort.queries import memberships
from throughcare.casework.frames import once, read
from throughcare.casework.people import queries as people
from throughcare.casework.people.models import Person
from throughcare.casework.people.queries import stays, with_breakdowns
from throughcare.core.pilot import Pilot
from throughcare.rules.history import inputs_at
from throughcare.rules.ogrs3 import score
from throughcare.rules.reoffending import at_risk, is_breach, proven
from throughcare.stats.protocol import Rows

NO_INDEX = "no release or sentence in the community yet"


def people_rows(rows: Rows, *, as_at: date, pilot: Pilot) -> pl.DataFrame:
    """One row a person eligible in the window and by `as_at`: `person`, the columns above, and why_out ("": in the study)."""
    found = _at_the_index(rows.since, rows.until, rows.index, as_at, pilot)
    found = found.with_columns(clock_on=pl.col("index_on") + pl.duration(days=rows.landmark))
    out = pl.when(pl.col("index_on").is_null()).then(pl.lit(NO_INDEX)).otherwise(
        pl.when(pl.col("clock_on") > as_at).then(pl.lit("the clock has not started yet")).otherwise(pl.lit("")))  # fmt: skip
    return found.with_columns(why_out=out)


@once
def _at_the_index(since: date, until: date, index_is: str, as_at: date, pilot: Pilot) -> pl.DataFrame:
    """Everyone with their index and what was known of them on it: alike for studies that differ in the clock alone."""
    found = _standing(since, until, as_at)
    events = _eligible_events(since, until, as_at, pilot)
    first = events.group_by("person").agg(event_on=pl.col("on").min())
    found = found.join(first, on="person", how="full", coalesce=True)
    found = found.with_columns(
        eligible_on=pl.min_horizontal("eligible_on", "event_on"), standing=pl.col("standing").fill_null("eligible only")
    )  # fmt: skip
    index = pl.col("event_on") if index_is == "event" else pl.max_horizontal("eligible_on", pl.lit(since))
    found = found.with_columns(index_on=index).drop("event_on")
    found = found.filter(pl.col("eligible_on") < until, pl.col("eligible_on") <= as_at).sort("person")
    return _as_they_stood(found)


def _standing(since: date, until: date, as_at: date) -> pl.DataFrame:
    """person, eligible_on, standing, score_decided: whom the service's runs found, and who was put forward off the rule."""
    now = read(Person.objects.exclude(merged_into=None), person="pk", into="merged_into")
    asked = Proposal.objects.filter(kind="join", as_at__lt=until, as_at__lte=as_at)
    asked = asked.exclude(superseded_on__lte=since).order_by("as_at", "pk")
    proposed = _as_known_now(
        read(asked, person="person", eligible_on="as_at", accepted="accepted", score_decided="score"), now)  # fmt: skip
    proposed = proposed.sort("eligible_on", maintain_order=True).group_by("person").agg(
        pl.col("eligible_on", "score_decided").first(), refused=(~pl.col("accepted")).any()
    )  # fmt: skip
    members = _as_known_now(memberships().filter(pl.col("start") < until, pl.col("start") <= as_at), now)
    members = members.filter(pl.col("end").is_null() | (pl.col("end") > since))
    members = members.group_by("person").agg(start=pl.col("start").min(), off_rule=pl.col("off_rule").all())
    found = proposed.join(members, on="person", how="full", coalesce=True)
    standing = (
        pl.when(pl.col("off_rule")).then(pl.lit("member off the rule")).when(pl.col("start").is_not_null())
        .then(pl.lit("member by the rule")).when(pl.col("refused")).then(pl.lit("refused")).otherwise(pl.lit("eligible only"))
    )  # fmt: skip
    return found.select("person", "score_decided", eligible_on=pl.min_horizontal("eligible_on", "start"), standing=standing)


def _as_known_now(frame: pl.DataFrame, redirects: pl.DataFrame) -> pl.DataFrame:
    """Rows under the id under which each person is known now."""
    joined = frame.join(redirects, on="person", how="left", maintain_order="left")
    return joined.with_columns(person=pl.coalesce("into", "person")).drop("into")


def _eligible_events(since: date, until: date, as_at: date, pilot: Pilot) -> pl.DataFrame:
    """person, on: releases and sentences in the window on which the person was eligible, or was a member."""
    inside = index_events().filter(pl.col("on") >= since, pl.col("on") < until, pl.col("on") <= as_at)
    spans = memberships().filter(pl.col("off_rule")).select("person", "start", "end")
    off_rule = inside.join(spans, on="person").filter(
        pl.col("start") <= pl.col("on"), pl.col("end").is_null() | (pl.col("end") > pl.col("on")))  # fmt: skip
    refused = not_eligible(inside, pilot=pilot)
    by_rule = inside.join(refused, on=("person", "on"), how="anti")
    return pl.concat([by_rule, off_rule.select("person", "on")]).unique()


def _as_they_stood(found: pl.DataFrame) -> pl.DataFrame:
    """Adds what was known of each on the index (of those without one, on the day they were found eligible)."""
    day = pl.coalesce("index_on", "eligible_on")
    found = found.with_row_index("row").with_columns(pl.col("row").cast(pl.Int64), on=day)
    convictions, sentences = people.convictions(), people.sentences()
    moments = found.select("person", as_at="on")
    inputs = inputs_at(convictions, sentences, people.people(), moments=moments)
    scored = score(inputs).select(score="percent_2y", predicted="ogrs3_1y")
    found = with_breakdowns(pl.concat([found, scored, inputs.select("sanctions")], how="horizontal")).drop("age_band", "needs")
    for table in (*_counts(found, convictions), _earlier(found, convictions)):
        found = found.join(table, on="row", how="left", maintain_order="left")
    year = found.select("row", "person", on=pl.col("on").dt.offset_by("-1y"), until="on")
    held = stays().select("person", start="stay_start", end="stay_end").drop_nulls("start").sort("person", "start")
    whole = (year["until"] - year["on"]).dt.total_days()
    found = found.with_columns(custody_year_before=whole - at_risk(year, held))
    counts = pl.col("convictions_before", "arrests_before", "offences_year_before")
    return found.with_columns(counts.fill_null(0)).drop("row", "on")


def _counts(found: pl.DataFrame, convictions: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    mine = found.select("row", "person", "on")
    dealt = mine.join(convictions.filter(pl.col("disposal") == "conviction"), on="person")
    dealt = dealt.filter(pl.col("convicted_on") < pl.col("on"))
    lately = pl.col("committed_on") >= pl.col("on").dt.offset_by("-1y")
    offences = dealt.group_by("row").agg(convictions_before=pl.len(), offences_year_before=lately.sum())
    arrested = mine.join(people.arrests(), on="person").filter(pl.col("arrested_on") < pl.col("on"))
    return offences, arrested.group_by("row").agg(arrests_before=pl.len())


def _earlier(found: pl.DataFrame, convictions: pl.DataFrame) -> pl.DataFrame:
    """row, reoffended_before: the outcome itself, in the year that ended a year before the index, and so before the treatment."""
    rows = found.select("row", "person", on=pl.col("on").dt.offset_by("-24mo"))
    again = proven(rows, convictions, months=12).filter(~is_breach(pl.col("offence_code")))["row"].unique()
    return found.select("row", reoffended_before=pl.col("row").is_in(again.implode()).cast(pl.Int64))
