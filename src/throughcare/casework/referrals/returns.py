"""The checks of a returned row: its days must be a path of the transition table, its reasons and names must be known.

The rules about names ask for the pilot file when a row is checked, not when this module is read.
"""

from datetime import date

import polars as pl

from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.queries import entered_here
from throughcare.casework.referrals.reasons import IN_ERROR
from throughcare.casework.referrals.transitions import PLACES, STATES, TABLE, comes_from, first_fault
from throughcare.core.contracts import RowRule

RETURNED = ("acknowledged", "accepted", "declined", "started", "completed", "ended_early", "withdrawn")
REASONS = {"declined": "decline_reason", "ended_early": "end_reason", "withdrawn": "withdraw_reason"}


def _place_in_time(state: str) -> pl.Expr:
    """A number that grows with the day and, within a day, with the order of the table; the state is its remainder."""
    return pl.col(f"{state}_on").dt.epoch("d") * len(STATES) + PLACES[state]


def _path(state: str) -> RowRule:
    """The state just before this one, by day and table, must be one that the table lets it come from."""
    own = _place_in_time(state)
    others = [_place_in_time(other) for other in ("sent", *RETURNED) if other != state]
    before = pl.max_horizontal(pl.when(other < own).then(other) for other in others) % len(STATES)
    allowed = comes_from(state)
    fits = before.is_in([PLACES[each] for each in allowed]).fill_null(value=False)
    words = " or ".join(TABLE[each].shown.lower() for each in allowed)
    return (
        own.is_not_null() & ~fits, f"{state}_on", f"{TABLE[state].shown.lower()} comes next after {words}, not before that day",
        "give the day that is missing, or correct the one that is wrong",
    )  # fmt: skip


def _reason(state: str, column: str) -> RowRule:
    return (
        pl.col(f"{state}_on").is_null() != pl.col(column).is_null(), column,
        f"{column} and {state}_on are given together", "give both or neither",
    )  # fmt: skip


def _unknown_service(frame: pl.DataFrame) -> pl.Series:
    return ~frame["service"].is_in([each.slug for each in current_pilot().services])


def _unknown_provider(frame: pl.DataFrame) -> pl.Series:
    """A provider that the pilot file does not have, or that does not deliver the service. None given is no fault."""
    offers = [f"{p.slug} {service}" for p in current_pilot().providers for service in p.services]
    return frame["provider"].is_not_null() & ~(frame["provider"] + " " + frame["service"]).is_in(offers)


def _against_what_was_entered(frame: pl.DataFrame) -> pl.Series:
    """Rows of referrals with events entered here, where both together are not a path of the table."""
    told = frame.select("record_id", *(f"{state}_on" for state in RETURNED))
    entered = entered_here(told["record_id"].to_list())
    wrong = [
        record_id in entered and first_fault(_together(days, entered[record_id])) is not None
        for record_id, *days in told.iter_rows()
    ]
    return pl.Series("wrong", wrong, dtype=pl.Boolean)


def _together(days: list[date | None], entered: list[tuple[date, int, str]]) -> list[str]:
    """The states of both in order; what both tell of the same day is one event."""
    told = {(day, state): PLACES[state] for state, day in zip(RETURNED, days, strict=True) if day is not None}
    told |= {(day, state): place for day, place, state in entered}
    return [state for (_, state), _ in sorted(told.items(), key=lambda event: (event[0][0], event[1]))]


RULES: tuple[RowRule, ...] = (
    (_unknown_service, "service", "service is a slug of the pilot file", "write the slug as in the pilot file"),
    (_unknown_provider, "provider", "provider is a slug of the pilot file that delivers this service",
     "write the slug as in the pilot file, or leave it empty"),
    *(_path(state) for state in RETURNED),
    *(_reason(state, column) for state, column in REASONS.items()),
    (pl.col("days_done") > pl.col("days_ordered"), "days_done", "no more days are done than were ordered",
     "correct one of the two"),
    (pl.col("days_done").is_not_null() & pl.col("days_ordered").is_null(), "days_ordered", "days done are of days ordered",
     "give the days ordered"),
    (_against_what_was_entered, "record_id", "the row fits with what has been entered for this referral here",
     "correct the row, or mend what was entered (reopen the referral or correct the day)"),
)  # fmt: skip


def events_of(frame: pl.DataFrame) -> pl.DataFrame:
    """source, referral, state, on, reason: a row for each day that the returned rows give. `referral` is an id here.

    A withdrawal for a reason of the list "made in error" is that state, not a withdrawal.
    """
    parts = [
        frame.filter(pl.col(f"{state}_on").is_not_null()).select(
            "source", "referral", state=pl.lit(state), on=f"{state}_on",
            reason=pl.col(REASONS[state]).fill_null("") if state in REASONS else pl.lit("", dtype=pl.String),
        )
        for state in RETURNED
    ]  # fmt: skip
    mistaken = (pl.col("state") == "withdrawn") & pl.col("reason").is_in(list(IN_ERROR))
    told = pl.concat(parts).with_columns(state=pl.when(mistaken).then(pl.lit("made_in_error")).otherwise("state"))
    return told.with_columns(place=pl.col("state").replace_strict(PLACES, return_dtype=pl.Int64))
