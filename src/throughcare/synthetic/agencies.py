"""What probation, police and prisons would send of a set of lives, and whom courts and providers name: frames, all text."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

import numpy as np
import polars as pl

from throughcare.casework.people.extracts import FEEDS
from throughcare.casework.people.models import PATHWAYS
from throughcare.core.world import World
from throughcare.synthetic.lives import DEMONSTRATION_DAY, Life

Row = tuple[object, ...]
BY_EAR = 40
BY_REFERRAL = ("programmes", "budgets", "employment", "mental_health")
CHARGES_SINCE = date(2012, 1, 1)
ORDERS_SINCE = date(2014, 1, 1)
REQUIREMENTS = ("rehabilitation activity", "unpaid work", "drug rehabilitation", "alcohol treatment", "curfew")


def agency_extracts(world: World) -> dict[str, pl.DataFrame]:
    """Every feed of casework.people, written from the lives."""
    rng = world.random("agencies")
    moved = _moves(world.casting.get("custody_moves"))
    rows: dict[str, list[Row]] = defaultdict(list)
    in_court, with_providers = _lives_in(world, "courts", "courts_lists"), _lives_in(world, *BY_REFERRAL)
    for life in world.lives:
        for feed, row in _of_life(life, world.until, rng, moved):
            rows[feed].append(row)
        named = (life.forenames, life.surname, life.date_of_birth, life.sex)
        if life.number in in_court:
            rows["courts-people"].append(_defendant(life))
        if life.number in with_providers:
            rows["providers-people"].append((f"V{life.number}", life.crn, *named, life.ethnicity))
    return {feed.slug: as_text(rows[feed.slug], [c.name for c in feed.columns]) for feed in FEEDS}


def _defendant(life: Life) -> Row:
    """As the court names the person; one in forty by ear, without a number, so that somebody has to say who that is."""
    if life.number % BY_EAR:
        return (f"D{life.number}", life.pnc, life.cro, life.forenames, life.surname, life.date_of_birth, life.sex, None)
    heard = life.forenames.split()[0]
    return (f"D{life.number}", None, None, heard[:2] + heard[3:], life.surname, life.date_of_birth, life.sex, None)


def _lives_in(world: World, *castings: str) -> set[int]:
    """The lives that these castings are about, those of the last weeks too."""
    names = [name for each in castings for name in (each, f"{each}_last_weeks") if name in world.casting]
    return {life for name in names for life in world.casting[name]["life"].drop_nulls()}


def released_today(frames: dict[str, pl.DataFrame], out: pl.DataFrame | None) -> dict[str, pl.DataFrame]:
    """The prisons' feed of this morning has ended the spells of those whom casting lets out on it; other feeds come later."""
    if out is None:
        return frames
    chosen = pl.concat_str(pl.lit("H"), out["life"].cast(pl.String)).alias("own")
    keys = out.select(chosen, start=pl.col("start").cast(pl.String))
    spells = frames["prison-spells"].with_columns(own=pl.col("record_id").str.split("-").list.first())
    ended = spells.join(keys.with_columns(out=pl.lit(value=True)), on=["own", "start"], how="left", maintain_order="left")
    end = pl.when(pl.col("out") & (pl.col("end") == "")).then(pl.lit(str(DEMONSTRATION_DAY))).otherwise("end").alias("end")
    return frames | {"prison-spells": ended.with_columns(end).drop("own", "out")}


def as_text(rows: list[Row], columns: list[str]) -> pl.DataFrame:
    """A frame of text: dates as ISO, yes and no, nothing for None."""
    cells = [[_cell(value) for value in row] for row in rows]
    return pl.DataFrame(cells, schema=dict.fromkeys(columns, pl.String), orient="row")


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _moves(frame: pl.DataFrame | None) -> dict[tuple[int, date], str]:
    """Prisons that casting puts in place of a spell's own, by life and first day."""
    if frame is None:
        return {}
    return {(life, start): prison for life, start, prison in frame.select("life", "start", "prison").iter_rows()}


def _of_life(
    life: Life, until: date, rng: np.random.Generator, moved: Mapping[tuple[int, date], str]
) -> Iterator[tuple[str, Row]]:
    yield from _police(life, rng)
    yield from _probation(life, until, rng)
    if life.prison_number:
        named = (life.forenames, life.surname, life.date_of_birth, life.sex, life.ethnicity)
        yield "prison-people", (f"H{life.number}", life.prison_number, life.pnc, life.cro, *named)
        for n, spell in enumerate(life.custody):
            prison = moved.get((life.number, spell.start), spell.prison)
            yield (
                "prison-spells",
                (f"H{life.number}-{n}", life.prison_number, prison, spell.kind, spell.start, spell.end),
            )


def _police(life: Life, rng: np.random.Generator) -> Iterator[tuple[str, Row]]:
    key, pnc = f"P{life.number}", life.pnc
    yield (
        "police-people",
        (key, pnc, life.cro, life.forenames, life.surname, life.date_of_birth, life.sex, life.ethnicity),
    )
    if rng.random() < 0.1:
        yield "police-aliases", (f"{key}-a", pnc, life.forenames.split()[-1][:4] + "o", life.surname)
    for n, arrest in enumerate(life.arrests):
        yield "police-arrests", (f"{key}-{n}", pnc, arrest.on, arrest.asn, arrest.offence_code)
    for n, sanction in enumerate(life.sanctions):
        for m, offence in enumerate(sanction.offences):
            dealt = (
                sanction.on,
                offence.committed_on,
                offence.code,
                offence.principal,
                sanction.disposal,
                sanction.court,
            )
            yield "police-convictions", (f"{key}-{n}-{m}", pnc, *dealt)
            if sanction.disposal == "conviction" and sanction.on >= CHARGES_SINCE:
                charged = max(offence.committed_on, sanction.on - timedelta(days=30))
                yield "police-charges", (f"{key}-{n}-{m}", pnc, charged, None, offence.code)
        if (sentence := sanction.sentence) is None:
            continue
        given = (sanction.on, sentence.kind, sentence.months, sentence.release_planned_on, sentence.released_on)
        yield "police-sentences", (f"{key}-{n}", pnc, *given)
        if sentence.kind in ("community", "suspended") and sanction.on >= ORDERS_SINCE:
            kind = REQUIREMENTS[int(rng.integers(len(REQUIREMENTS)))]
            days = int(rng.integers(2, 13)) * 5 if kind == "rehabilitation activity" else None
            yield "police-requirements", (f"{key}-{n}", pnc, sanction.on, kind, days)


def _probation(life: Life, until: date, rng: np.random.Generator) -> Iterator[tuple[str, Row]]:
    """Each agency that ever managed the person knows who it is; the last one keeps addresses and assessments."""
    last = life.supervision[-1].agency.lower() if life.supervision else "nps"
    known = (life.crn, life.pnc, life.cro, life.prison_number)
    named = (life.forenames, life.surname, life.date_of_birth, life.sex, life.ethnicity)
    for agency in sorted({last, *(spell.agency.lower() for spell in life.supervision)}):
        yield f"{agency}-people", (f"{agency[0].upper()}{life.number}", *known, *named)
    key = f"{last[0].upper()}{life.number}"
    for n, home in enumerate(life.addresses):
        yield f"{last}-addresses", (f"{key}-{n}", life.crn, home.postcode, home.borough, home.start, home.end)
    for n, spell in enumerate(life.supervision):
        agency = spell.agency.lower()
        row = (
            f"{agency[0].upper()}{life.number}-{n}",
            life.crn,
            spell.kind,
            spell.start,
            spell.end,
            spell.office_borough,
        )
        yield f"{agency}-supervision", row
    if life.supervision:
        on = min(life.supervision[-1].start + timedelta(days=int(rng.integers(5, 40))), until - timedelta(days=1))
        yield f"{last}-assessments", (f"{key}-s", life.crn, on, *(p in life.needs for p in PATHWAYS))
        if rng.random() < 0.08:
            yield f"{last}-registrations", (f"{key}-r", life.crn, "MAPPA", "M2", life.supervision[-1].start, None)


def true_people(lives: Iterable[Life], frames: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """source, record_id, true_person: who the records that name people are really about."""
    owner = {kind: {getattr(life, kind): life.number for life in lives} for kind in ("crn", "pnc", "prison_number")}
    owner["record_id"] = {f"D{life.number}": life.number for life in lives}
    parts = []
    for source, kind in (
        ("nps-people", "crn"),
        ("crc-people", "crn"),
        ("police-people", "pnc"),
        ("prison-people", "prison_number"),
        ("courts-people", "record_id"),
        ("providers-people", "crn"),
    ):
        frame = frames[source]
        told = pl.Series([owner[kind][value] for value in frame[kind]], dtype=pl.Int64)
        parts.append(pl.DataFrame({"source": [source] * frame.height, "record_id": frame["record_id"], "true_person": told}))
    return pl.concat(parts)
