"""Reading the cohort: who is a member when, ratings, scores, what the rule says of everybody on a day, what is proposed."""

import json
from collections.abc import Mapping
from contextlib import nullcontext
from datetime import date
from typing import Any

import polars as pl
from django.db.models import Q

from throughcare.casework.cohort.facts import Frames, as_of_each_day, facts_of, of_the_risk, scores_of
from throughcare.casework.cohort.models import Membership, Proposal, Rating, Transfer
from throughcare.casework.frames import about, once, only, read
from throughcare.casework.people import queries as people
from throughcare.core.contracts import Decision, TimelineEntry
from throughcare.core.pilot import Pilot
from throughcare.rules.eligibility.decide import eligible, holds
from throughcare.rules.eligibility.facts import Facts, residence
from throughcare.rules.eligibility.words import day


def everybody() -> Frames:
    """All that the rules start from, in a handful of queries."""
    return Frames(
        people=people.people(), addresses=people.addresses(), supervision=people.supervision(), custody=people.custody(),
        convictions=people.convictions(), sentences=people.sentences(),
    )  # fmt: skip


def facts(as_at: date, pilot: Pilot) -> dict[int, Facts]:
    """The facts of everybody on record, by person, with the score of the day."""
    return facts_of(everybody(), as_at=as_at, pilot=pilot)


def decisions(as_at: date, pilot: Pilot) -> dict[int, Decision]:
    """Whether each person on record is eligible on the day, with reasons, by person."""
    return {person: eligible(known, as_at=as_at, pilot=pilot) for person, known in facts(as_at, pilot).items()}


def eligible_on(as_at: date, pilot: Pilot) -> pl.DataFrame:
    """person, borough: those eligible on the day by the rule, and the borough to which the rule says they belong."""
    asked = people.supervision().select("person").unique(maintain_order=True) if pilot.criterion("supervised") else (
        people.people().select("person"))  # fmt: skip
    return fitting(asked.sort("person").with_columns(on=pl.lit(as_at)), pilot=pilot).select("person", "borough")


def fitting(asked: pl.DataFrame, *, pilot: Pilot) -> pl.DataFrame:
    """person, on, borough: of the pairs `asked` (person, on; each once) those on whose day the rule holds, with the borough to
    which it says the person belongs.

    All criteria must hold, so whoever fails one that a frame can tell is not asked about: managed by nobody on the day, never
    in a borough of the pilot, of too low a score, or of a middling one without the offence that it asks for.
    """
    pairs, told = _near(asked, pilot), pilot.criterion("risk")
    if told and pairs.height:
        with only(*pairs["person"].unique()):
            known = {"people": people.people(), "convictions": people.convictions(), "sentences": people.sentences()}
        pairs = of_the_risk(pairs, told, **known)
    if pairs.is_empty():
        return pairs.select("person", "on", borough=pl.lit(""))
    pairs = pairs.with_row_index("asked")
    with only(*pairs["person"].unique()):
        facts = facts_of(as_of_each_day(everybody(), pairs), as_at=pairs["on"].max(), pilot=pilot)
    found = [
        (person, on, home_of(number, on, facts))
        for number, person, on in pairs.select("asked", "person", "on").iter_rows()
        if number in facts and holds(facts[number], as_at=on, pilot=pilot)
    ]
    return pl.DataFrame(found, schema={"person": pl.Int64, "on": pl.Date, "borough": pl.String}, orient="row")


def _near(asked: pl.DataFrame, pilot: Pilot) -> pl.DataFrame:
    """The pairs of those managed on the day who were ever in the area, as far as the pilot asks for either."""
    managed = people.supervision()
    if pilot.criterion("supervised"):
        running = asked.join(managed.select("person", "start", "end"), on="person")
        running = running.filter(pl.col("start") <= pl.col("on"), pl.col("end").is_null() | (pl.col("end") > pl.col("on")))
        asked = asked.join(running, on=["person", "on"], how="semi", maintain_order="left")
    if pilot.criterion("resident"):
        homes = people.addresses(Q(borough__in=pilot.boroughs)).select("person")
        offices = managed.filter(pl.col("office_borough").is_in(pilot.boroughs)).select("person")
        asked = asked.join(pl.concat([homes, offices]), on="person", how="semi", maintain_order="left")
    return asked


def scores(as_at: date, of: pl.Series | None = None) -> pl.DataFrame:
    """person, percent_1y, percent_2y, error on the day, of everybody or of these: OGRS3, published parameters; no score has
    its reason.
    """
    with only(*of.unique()) if of is not None else nullcontext():
        known = people.people(), people.convictions(), people.sentences()
    return scores_of(*known, as_at=as_at).drop("score_since")


@once
def memberships() -> pl.DataFrame:
    """person, start, end, off_rule, because, left_because, borough: one row a membership, by person and start.

    Two people found to be one may both have been members: spans of theirs that overlap are told as one, as the first's.
    """
    found = read(
        Membership.objects.order_by("person", "start", "pk"), person="person", start="start", end="end", off_rule="off_rule",
        because="because", left_because="left_because", borough="borough",
    )  # fmt: skip
    last = pl.col("end").fill_null(date.max)
    reached = last.cum_max().shift(1).over("person")
    overlaps = (pl.col("start") < reached).fill_null(value=False)
    found = found.with_columns(stay=(~overlaps).cast(pl.Int64).cum_sum(), until=last)
    ends = pl.col("until").arg_max()
    return found.group_by("stay", maintain_order=True).agg(
        pl.col("person", "start").first(), pl.col("end").get(ends), pl.col("off_rule", "because").first(),
        pl.col("left_because").get(ends), pl.col("borough").first(),
    ).drop("stay")  # fmt: skip


def members(as_at: date) -> pl.DataFrame:
    """person, since, off_rule, borough: members on the day, one row each, by person.

    The borough is the one responsible: that of the last transfer by then, else that at joining.
    """
    on = (pl.col("start") <= as_at) & (pl.col("end").is_null() | (pl.col("end") > as_at))
    found = memberships().filter(on).select("person", "off_rule", "borough", since="start")
    moved = transfers().filter(pl.col("on") <= as_at).group_by("person", maintain_order=True).last()
    found = found.join(moved.select("person", "on", "to_borough"), on="person", how="left", maintain_order="left")
    passed = pl.when(pl.col("on") >= pl.col("since")).then(pl.col("to_borough"))
    return found.select("person", "since", "off_rule", borough=pl.coalesce(passed, "borough"))


def transfers() -> pl.DataFrame:
    """person, on, from_borough, to_borough, by day."""
    found = Transfer.objects.order_by("on", "pk")
    return read(found, person="person", on="on", from_borough="from_borough", to_borough="to_borough")


def ratings() -> pl.DataFrame:
    """person, rag, start, end: each rating and the day on which the next took its place; of one day the last set counts."""
    found = read(Rating.objects.order_by("person", "start", "pk"), person="person", rag="rag", start="start")
    found = found.unique(["person", "start"], keep="last", maintain_order=True)
    return found.with_columns(end=pl.col("start").shift(-1).over("person"))


def rated(as_at: date) -> pl.DataFrame:
    """person, rag: the rating of each person who has one on the day."""
    on = (pl.col("start") <= as_at) & (pl.col("end").is_null() | (pl.col("end") > as_at))
    return ratings().filter(on).select("person", "rag")


def supervised_on(as_at: date) -> pl.DataFrame:
    """person, status, agency: the supervision running on the day; of several the most restrictive, as the rule has it."""
    order = pl.Enum(["custody", "licence", "pss", "suspended", "community"])
    running = people.supervision().filter((pl.col("start") <= as_at) & (pl.col("end").is_null() | (pl.col("end") > as_at)))
    first = running.sort(pl.col("kind").cast(order), maintain_order=True).unique("person", keep="first", maintain_order=True)
    return first.select("person", "agency", status="kind")


def cohort_list(as_at: date) -> pl.DataFrame:
    """person, borough, since, off_rule, score (two-year percent on the day, null: none), rag ("": not rated), by person."""
    found = members(as_at)
    scored = scores(as_at, of=found["person"]).select("person", score="percent_2y")
    found = found.join(scored, on="person", how="left", maintain_order="left")
    found = found.join(rated(as_at), on="person", how="left", maintain_order="left").with_columns(pl.col("rag").fill_null(""))
    return found.select("person", "borough", "since", "off_rule", "score", "rag").sort("person")


def open_proposals(*, kind: str = "", borough: str = "") -> list[Proposal]:
    """Proposals that nobody has decided and that are still true, oldest first; of one kind or borough where given."""
    found = Proposal.objects.filter(accepted=None, superseded_on=None).order_by("pk")
    found = found.filter(kind=kind) if kind else found
    return list(found.filter(borough=borough) if borough else found)


def home_of(person: int, as_at: date, known: Mapping[int, Facts]) -> str:
    """The borough to which a person belongs on the day; "" where none is known."""
    home = residence(known[person], as_at) if person in known else None
    return home.borough if home else ""


def _entry(on: date, kind: str, words: str) -> TimelineEntry:
    return TimelineEntry(on=on, kind=kind, row="rag" if kind == "rating" else "cohort_membership", words=words)


def timeline(person_id: int) -> list[TimelineEntry]:
    """Joining, leaving, transfers and ratings; proposals with what was decided of them."""
    entries = []
    for m in about(Membership, person_id):
        how = "put forward off the rule" if m.off_rule else m.because
        entries.append(_entry(m.start, "cohort", f"Joined the cohort in {m.borough}: {how}"))
        if m.end:
            entries.append(_entry(m.end, "cohort", f"Left the cohort: {m.left_because}"))
    for t in about(Transfer, person_id):
        entries.append(_entry(t.on, "cohort", f"Passed from {t.from_borough} to {t.to_borough}"))
    for r in about(Rating, person_id):
        entries.append(_entry(r.start, "rating", f"Rated {r.rag}: {r.reason}"))
    for p in about(Proposal, person_id):
        state = f"{p.decision} on {day(p.decided_on)}" if p.decided_on else p.state
        state += f", taken back on {day(p.taken_back_on)}" if p.taken_back_on else ""
        entries.append(_entry(p.as_at, "proposal", f"Proposed to {p.kind} ({p.because}): {state}"))
    return sorted(entries, key=lambda e: e.on)


def held_about(person_id: int) -> Mapping[str, list[Mapping[str, Any]]]:
    """All that the cohort holds on a person, by table."""
    proposed = Proposal.objects.filter(person=person_id).order_by("pk").values()
    proposals = [{**row, "evidence": json.loads(row["evidence"])} for row in proposed]
    held = {"proposals to join or leave the cohort": proposals}
    kept = (("membership of the cohort", Membership.every), ("transfers between boroughs", Transfer.objects),
            ("ratings", Rating.objects))  # fmt: skip
    for words, rows in kept:
        held[words] = list(rows.filter(person=person_id).order_by("pk").values())
    return held
