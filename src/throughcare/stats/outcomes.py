"""Outcomes as numbers by row: a share, a count, an amount, or for times whether the event came by the horizon.

A time is told as a share with the censored taken in by weights: who had the event counts 1 / G, where G is the chance of
still being watched then (Robins and Rotnitzky 1992). The mean over a group is then one less Kaplan and Meier's curve.
"""

import numpy as np
import polars as pl

from throughcare.stats.arrays import Flags, Floats
from throughcare.stats.mistakes import DataRefused, NotWatched
from throughcare.stats.protocol import Outcome
from throughcare.stats.sample import column


def values(frame: pl.DataFrame, outcome: Outcome, treated: Flags) -> Floats:
    """One number a row; nan where it is not known, as a time is of everybody before any of a group was watched to the horizon.

    Refuses what the kind does not allow.
    """
    told = numbers(frame, outcome.name)
    seen = told[~np.isnan(told)]
    wrong = {
        "binary": not np.isin(seen, (0, 1)).all(),
        "count": bool((seen < 0).any() or (seen != np.round(seen)).any()),
        "time": bool((seen < 0).any()),
        "continuous": False,
    }[outcome.kind]
    if wrong or np.isinf(seen).any():
        allowed = {"binary": "0 or 1", "count": "whole numbers of 0 or more", "time": "0 or more", "continuous": "finite numbers"}
        raise DataRefused(
            what=f"The outcome is not of the kind {outcome.kind}", record=outcome.name, expected=allowed[outcome.kind],
            mend="correct the column or the kind",
        )  # fmt: skip
    if outcome.kind != "time":
        return told
    assert outcome.horizon is not None
    came = numbers(frame, outcome.event) == 1
    by_horizon = np.full(len(told), np.nan)
    for group in (treated, ~treated):
        rows = group & ~np.isnan(told)
        try:
            by_horizon[rows] = event_by(told[rows], came[rows], outcome.horizon) if rows.any() else np.nan
        except NotWatched:
            return np.full(len(told), np.nan)
    return by_horizon


def numbers(frame: pl.DataFrame, name: str) -> Floats:
    """A column as numbers, nan where empty."""
    given = column(frame, name)
    if not (given.dtype.is_numeric() or given.dtype == pl.Boolean):
        raise DataRefused(what="An outcome is not a number", record=name, expected="numbers", mend="write yes and no as 1 and 0")
    return given.cast(pl.Float64).fill_null(float("nan")).to_numpy()


def event_by(time: Floats, came: Flags, horizon: float) -> Floats:
    """1 / G for who had the event by the horizon, else 0. Refuses a horizon that nobody was watched up to."""
    if time.max() < horizon and not came[time == time.max()].all():
        raise NotWatched(what="Nobody was watched up to the horizon", record=f"horizon {horizon:g}",
                         expected=f"at most {time.max():g}", mend="give an earlier horizon, or wait")  # fmt: skip
    order, deaths = np.sort(time), np.sort(time[came])
    # Who is censored on a day leaves after the events of that day.
    lost, first = np.unique(time[~came], return_counts=True)
    left = len(time) - np.searchsorted(order, lost, side="left")
    died = np.searchsorted(deaths, lost, "right") - np.searchsorted(deaths, lost, "left")
    with np.errstate(divide="ignore"):
        staying = np.concatenate([[1.0], np.cumprod(1 - first / (left - died))])
    watched = staying[np.searchsorted(lost, time, side="left")]
    return np.where(came & (time <= horizon), 1 / np.where(watched > 0, watched, 1), 0.0)
