"""The providers' return of referrals: one file a provider, such as `provider-referrals-osmani-trust.csv`.

A row is a referral with the day of each thing that has happened to it; a later file with more days, or corrected ones,
adds to its history.
"""

from throughcare.casework.people.columns import CRN, RECORD
from throughcare.casework.referrals.actions import record_return
from throughcare.casework.referrals.models import ROUTES
from throughcare.casework.referrals.reasons import DECLINED, ENDED_EARLY, IN_ERROR, WITHDRAWN
from throughcare.casework.referrals.returns import RULES
from throughcare.core.contracts import Column, Feed


def _day(name: str, meaning: str, example: str = "") -> Column:
    return Column(name=name, kind="date", meaning=f"{meaning}; empty where it has not happened", example=example)


def _reason(name: str, codes: tuple[str, ...], of: str) -> Column:
    return Column(name=name, kind="choice", meaning=f"why it was {of}; required with that day", example=codes[0], choices=codes)


REFERRALS = Feed(
    slug="provider-referrals", agency="providers", title="Referrals and how they stand",
    columns=(
        RECORD, CRN,
        Column(name="service", kind="text", meaning="slug of a service of the pilot file", example="mentoring", required=True),
        Column(name="provider", kind="text", meaning="slug of a provider of that service", example="osmani_trust"),
        Column(name="route", kind="choice", meaning="how the person comes to it", example="licence", choices=ROUTES,
               required=True),
        Column(name="sent_on", kind="date", meaning="the day it was sent", example="2016-09-12", required=True),
        _day("acknowledged_on", "the day the provider said it had arrived", "2016-09-13"),
        _day("accepted_on", "the day the provider accepted it", "2016-09-16"),
        _day("declined_on", "the day the provider declined it"),
        _reason("decline_reason", tuple(DECLINED), "declined"),
        _day("started_on", "the day the work began", "2016-09-20"),
        _day("completed_on", "the day the provider ended it as completed", "2016-12-20"),
        _day("ended_early_on", "the day it ended before it was completed"),
        _reason("end_reason", tuple(ENDED_EARLY), "ended early"),
        _day("withdrawn_on", "the day who sent it took it back"),
        _reason("withdraw_reason", (*WITHDRAWN, *IN_ERROR), "withdrawn (the last three: made in error, not counted)"),
        Column(name="days_ordered", kind="integer", meaning="days of the activity requirement", example="20", minimum=1,
               maximum=365),
        Column(name="days_done", kind="integer", meaning="of these, days done", example="4", minimum=0, maximum=365),
    ),
    identifiers=("crn",), rules=RULES, loads=(record_return,), order=40,
)  # fmt: skip

FEEDS: tuple[Feed, ...] = (REFERRALS,)
