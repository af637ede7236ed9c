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
    manager = pl.format("N07A{}", (100 + pl.col("life") % MANAGERS))
    appointments = world.casting["programmes_appointments"].with_columns(manager=manager)
    return {
        REFERRALS.slug: extract(REFERRALS, world.casting["programmes"], lives=world.lives),
        SESSIONS.slug: extract(SESSIONS, numbered("SE", world.casting["programmes_sessions"])),
        APPOINTMENTS.slug: extract(APPOINTMENTS, numbered("AP", appointments), lives=world.lives),
    }
