"""The checks of returned purchases: steps in order, another person's approval, and never more than the allocation."""

from collections import defaultdict

import polars as pl

from throughcare.casework.pilot import current_pilot
from throughcare.core.contracts import RowRule
from throughcare.strands.budgets.actions import BEFORE, pence_of
from throughcare.strands.budgets.commitment import Commitment, shortfall
from throughcare.strands.budgets.models import Place, Purchase
from throughcare.strands.budgets.queries import commitment_of


def _approved_alone(frame: pl.DataFrame) -> pl.Series:
    over = frame["amount"] > pence_of(current_pilot().budgets.small_limit)
    return over & (frame["approved_by"] == frame["asked_by"])


def _beyond_allocation(frame: pl.DataFrame) -> pl.Series:
    """Approved purchases with which a place would be short on any day, taken in the order of their approval."""
    told = frame.with_row_index("row").drop_nulls(["referral_source", "amount", "approved_on"])
    standing = _standing(told["referral_source"].unique().to_list(), told["record_id"].to_list())
    allocations = dict(Place.objects.filter(referral__source__in=list(standing)).values_list("referral__source", "allocation"))
    usual = pence_of(current_pilot().budgets.allocation)
    wrong: set[int] = set()
    for row in told.sort("approved_on", "row").iter_rows(named=True):
        own = standing[row["referral_source"]]
        new = Commitment(
            pence=row["amount"], approved_on=row["approved_on"], cancelled_on=row["cancelled_on"],
            delivered_on=row["delivered_on"], delivered_pence=row["delivered"],
        )  # fmt: skip
        if shortfall(allocations.get(row["referral_source"], usual), [*own, new]):
            wrong.add(row["row"])
        else:
            own.append(new)
    return pl.Series("wrong", [row in wrong for row in range(frame.height)], dtype=pl.Boolean)


def _standing(referrals: list[int], records: list[str]) -> dict[int, list[Commitment]]:
    """What is committed already, by the referral's source row, without the purchases that the file brings anew."""
    found: dict[int, list[Commitment]] = defaultdict(list, {source: [] for source in referrals})
    again = set(records)
    for purchase in Purchase.objects.filter(place__referral__source__in=referrals).select_related("source", "place__referral"):
        if purchase.source is None or purchase.source.record_id not in again:
            found[purchase.place.referral.source_id].append(commitment_of(purchase))
    return found


def _in_order(step: str, before: str) -> RowRule:
    return (
        pl.col(f"{step}_on").is_not_null() & ~(pl.col(f"{before}_on") <= pl.col(f"{step}_on")).fill_null(value=False),
        f"{step}_on",
        f"what is {step} was {before} on that day or before", f"give {before}_on, or correct the days",
    )  # fmt: skip


RULES: tuple[RowRule, ...] = (
    *(_in_order(step, before) for step, before in BEFORE.items()),
    (pl.col("cancelled_on").is_not_null() & pl.col("delivered_on").is_not_null(), "cancelled_on",
     "what was delivered cannot be cancelled", "give one of the two days"),
    (pl.col("cancelled_on") < pl.max_horizontal("asked_on", "approved_on", "ordered_on"), "cancelled_on",
     "a purchase is cancelled after its other steps", "correct the days"),
    (pl.col("delivered").is_null() != pl.col("delivered_on").is_null(), "delivered",
     "delivered and delivered_on are given together", "give both or neither"),
    (pl.col("delivered") > pl.col("amount"), "delivered", "no more is delivered than was approved",
     "return the rest as another purchase"),
    (pl.col("approved_on").is_null() != pl.col("approved_by").is_null(), "approved_by",
     "approved_by and approved_on are given together", "give both or neither"),
    (_approved_alone, "approved_by", "above the small limit another person approves than asked",
     "have it approved by another person"),
    (_beyond_allocation, "amount", "the approved purchases of a place stay within its allocation on every day",
     "correct the amount or the days, or cancel another purchase of the place"),
)  # fmt: skip
