"""Purchases with personalised budgets, a row a purchase with the day of each step."""

from throughcare.casework.people.columns import RECORD
from throughcare.core.contracts import Column, Feed
from throughcare.strands.budgets.actions import record_purchases
from throughcare.strands.budgets.checks import RULES


def _day(name: str, meaning: str, example: str) -> Column:
    return Column(name=name, kind="date", meaning=f"{meaning}; empty where it has not happened", example=example)


PURCHASES = Feed(
    slug="budget-purchases", agency="CRC", title="Purchases with personalised budgets", order=60,
    columns=(
        RECORD,
        Column(name="referral", kind="reference", to="provider-referrals", meaning="record_id of the referral",
               example="PB-0001", required=True),
        Column(name="description", kind="text", meaning="what is bought", example="Resettlement coaching", required=True),
        Column(name="provider", kind="text", meaning="who sells it", example="Moving On"),
        Column(name="amount", kind="pounds", meaning="price in pounds", example="350.00", required=True),
        Column(name="asked_on", kind="date", meaning="the day it was asked for", example="2016-12-05", required=True),
        Column(name="asked_by", kind="text", meaning="who asked: the agency's code of the person", example="N07A112",
               required=True),
        _day("approved_on", "the day it was approved, which binds the money", "2016-12-06"),
        Column(name="approved_by", kind="text", meaning="who approved: another person, above the small limit", example="N07A300"),
        _day("ordered_on", "the day it was ordered", "2016-12-07"),
        _day("delivered_on", "the day it was delivered", "2016-12-20"),
        Column(name="delivered", kind="pounds", meaning="worth of what was delivered, at most the price", example="350.00"),
        _day("invoiced_on", "the day of the invoice", "2016-12-28"),
        _day("paid_on", "the day it was paid", ""),
        _day("cancelled_on", "the day it was cancelled, before delivery", ""),
    ),
    rules=RULES, loads=(record_purchases,),
)  # fmt: skip

FEEDS: tuple[Feed, ...] = (PURCHASES,)
