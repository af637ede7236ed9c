"""The providers' and the CRC's extracts of a synthetic world: referrals, sessions, appointments."""

import polars as pl

from throughcare.casework.referrals.extracts import REFERRALS
from throughcare.core.extract_text import extract, numbered
from throughcare.core.world import World
from throughcare.strands.programmes.extracts import APPOINTMENTS, SESSIONS

MANAGERS = 24
"""How many offender managers' codes are shared out over the people."""


def synthetic(world: World) -> dict[str, pl.DataFrame]:
    """Referrals, sessions and appointments as cast; nothing where nothing was cast."""
    if "programmes" not in world.casting:
        return {}
    return {
        REFERRALS.slug: extract(REFERRALS, world.casting["programmes"], lives=world.lives),
        SESSIONS.slug: extract(SESSIONS, numbered("SE", world.casting["programmes_sessions"])),
        APPOINTMENTS.slug: extract(APPOINTMENTS, numbered("AP", _appointments(world)), lives=world.lives),
    }


def _appointments(world: World) -> pl.DataFrame:
    """With the manager where casting names none. Where the feed must say that the person came or did not, no is said of what
    is to come: no day held and no outcome go with it.
    """
    made = world.casting["programmes_appointments"]
    if "manager" not in made.columns:
        made = made.with_columns(manager=pl.format("N07A{}", (100 + pl.col("life") % MANAGERS)))
    if any(column.name == "attended" and column.required for column in APPOINTMENTS.columns):
        made = made.with_columns(pl.col("attended").fill_null(value=False))
    return made
