"""The providers' sessions and the CRC's appointments."""

from functools import partial

import polars as pl

from throughcare.casework.elsewhere.actions import follow_import
from throughcare.casework.imports.actions import linked, stores
from throughcare.casework.people.columns import CRN, RECORD
from throughcare.casework.referrals.models import Referral
from throughcare.core.contracts import Column, Feed, RowRule
from throughcare.strands.programmes.attendance import ATTENDED, OUTCOMES
from throughcare.strands.programmes.models import Appointment, Session

TOOK_PART = Column(name="attended", kind="boolean", meaning="whether the person attended", example="yes", required=True)
OUTCOME = Column(
    name="outcome", kind="choice", meaning="outcome code; empty where not given", example="ATTC", choices=tuple(OUTCOMES)
)
AGREES: RowRule = (
    pl.col("outcome").is_in(ATTENDED) != pl.col("attended"), "outcome", "the outcome code says the same as attended",
    "correct attended, or give the code that fits",
)  # fmt: skip
HELD: RowRule = (
    pl.col("attended") & pl.col("held_on").is_null(), "held_on", "an attended appointment has the day on which it was held",
    "give the day, or write attended as no",
)  # fmt: skip

SESSIONS = Feed(
    slug="provider-sessions", agency="providers", title="Sessions with people referred", order=60,
    columns=(
        RECORD,
        Column(name="referral", kind="reference", to="provider-referrals", meaning="record_id of the referral",
               example="OT-0012", required=True),
        Column(name="held_on", kind="date", meaning="day of the session", example="2016-09-27", required=True),
        TOOK_PART, OUTCOME,
    ),
    rules=(AGREES,),
    loads=(stores(Session, reshape=partial(linked, Referral, by="referral_source", to="referral")),),
)  # fmt: skip

APPOINTMENTS = Feed(
    slug="crc-appointments", agency="CRC", title="Appointments with the offender manager", order=60,
    columns=(
        RECORD, CRN,
        Column(name="due_on", kind="date", meaning="the day it was arranged for", example="2016-10-05", required=True),
        Column(name="held_on", kind="date", meaning="the day it was held; empty where it was not", example="2016-10-05"),
        TOOK_PART, OUTCOME,
        Column(name="manager", kind="text", meaning="the offender manager's code", example="N07A112"),
    ),
    identifiers=("crn",), rules=(AGREES, HELD),
    loads=(stores(Appointment, adopts=("person", "due_on"), tells=follow_import),),
)  # fmt: skip

FEEDS: tuple[Feed, ...] = (SESSIONS, APPOINTMENTS)
