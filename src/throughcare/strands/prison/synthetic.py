"""The prison co-ordinators' extract of a synthetic world, and the prisons' details of where people are held."""

from collections.abc import Iterator
from datetime import date

import polars as pl

from throughcare.core.extract_text import extract, numbered
from throughcare.core.world import World
from throughcare.strands.prison.extracts import FEEDS

DETAILS_SINCE = date(2017, 1, 1)
"""Older spells have no details: the prisons' system keeps them for who is held, or was lately."""

WINGS = "ABCDEFG"


def synthetic(world: World) -> dict[str, pl.DataFrame]:
    """The tasks as cast, and once a world the details; nothing where nothing was cast."""
    if "prison" not in world.casting:
        return {}
    details, tasks = FEEDS
    told = {tasks.slug: extract(tasks, numbered("T", world.casting["prison"].drop("status")), lives=world.lives)}
    if "out_today" not in world.casting:  # not a second time for the last weeks
        told[details.slug] = extract(details, pl.DataFrame(list(_details(world)), schema=SCHEMA, orient="row"))
    return told


SCHEMA = {
    "record_id": pl.String, "prison_number": pl.String, "prison": pl.String, "start": pl.Date, "wing": pl.String,
    "cell": pl.String,
}  # fmt: skip


def _details(world: World) -> Iterator[tuple[str, str, str, date, str, str]]:
    """A wing and a cell, by the person's own number: how people came and left, and what is planned, these prisons do not tell."""
    moved = world.casting.get("custody_moves")
    rows = () if moved is None else moved.select("life", "start", "prison").iter_rows()
    elsewhere = {(life, start): prison for life, start, prison in rows}
    for life in world.lives:
        for n, spell in enumerate(life.custody):
            if spell.end is None or spell.end >= DETAILS_SINCE:
                prison = elsewhere.get((life.number, spell.start), spell.prison)
                wing = WINGS[(life.number + n) % len(WINGS)]
                cell = f"{wing}{life.number % 4 + 1}-{life.number % 40 + 1:03d}"
                yield f"HD{life.number}-{n}", life.prison_number, prison, spell.start, wing, cell
