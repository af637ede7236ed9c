"""The figures that people work by: a sentence each, its numbers taken from the pilot file. No other number stands in a guide."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from functools import reduce
from typing import Any

from throughcare.core.pilot import Pilot


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A sentence with a hole for each key of the pilot file in `of`, in their order ("today.decide_within")."""

    words: str
    of: tuple[str, ...]

    def told(self, pilot: Pilot) -> str:
        return self.words.format(*(_shown(reduce(getattr, key.split("."), pilot)) for key in self.of))


def _shown(value: Any) -> str:
    return f"{value:%H:%M}" if isinstance(value, time) else f"{value:f}" if hasattr(value, "normalize") else str(value)


def _one(words: str, *of: str) -> Figure:
    return Figure(words=words, of=of)


FIGURES: Mapping[str, Figure] = {
    "reports": _one("A court report is delivered within {} days, {}% of them at least.",
                    "targets.reports_within_days", "targets.reports_within_days_percent"),
    "acknowledge": _one("A provider acknowledges a referral within {} working days.", "today.acknowledge_within"),
    "decide": _one("A provider accepts or declines it within {} working days; both clocks can be stopped, for a reason.",
                   "today.decide_within"),
    "not_now": _one("A service can be put off for a person for {} days at most.", "directory.not_now_within"),
    "releases": _one("A release is told on Today {} days before it.", "today.releases_ahead"),
    "weekly": _one("After release: {} contact a week for {} weeks, then one at least every {} days.",
                   "targets.weekly_contact_per_week", "targets.weekly_contact_weeks", "targets.fortnightly_gap_days"),
    "missed": _one("A missed contact is decided of within {} working days.", "contact.decide_within"),
    "failures": _one("After {} missed without a good reason in {} days, going back to court or recall is suggested, never done.",
                     "contact.failures", "contact.failures_within"),
    "no_contact": _one("On licence and not seen for {} days: it is told on Today.", "today.no_contact"),
    "no_meeting": _one("Matched with a volunteer and not met for {} days: it is told on Today.", "today.no_meeting"),
    "panel": _one("Every member is discussed by the borough's panel at least once in {} weeks.", "panel.discussed_within_weeks"),
    "plans": _one("A release plan is begun {} weeks before the day; of one not whole {} working days before it both owners hear.",
                  "prison.plans_ahead", "prison.plans_alert_within"),
    "visits": _one("A visit that cannot be as planned is for now from {} days before it.", "contact.visit_soon"),
    "clearances": _one("A clearance for a prison is to be renewed {} days before its end.", "contact.clearance_ends_ahead"),
    "remind": _one("People are reminded of tomorrow's appointment from {} on.", "contact.remind_from"),
    "allocation": _one("A place has £{}; up to £{} one person may buy today, above it a second person approves.",
                       "budgets.allocation", "budgets.small_limit"),
    "letters": _one("Who joins or leaves is given a letter within {} days.", "letters.within_days"),
    "court_lists": _one("A court's list that is not here by {} is absent: ring the court.", "court_lists.sits_at"),
    "court_day": _one("The court day ends at {}, and what a tablet keeps is deleted.", "court_desk.kept_until"),
    "sample": _one("{} reports a month a court are drawn to be checked.", "court_reports.sample"),
    "plans_returned": _one("An intelligence plan returned and no tasking after it is told for {} days.", "today.plans_for"),
    "openings": _one("A record opened from outside one's work is told to its manager for {} days.", "today.openings_for"),
    "unused": _one("An account that nobody has used for {} days is told.", "today.unused_for"),
    "small": _one("Counts of fewer than {} people are not published.", "smallest_published"),
    "late_feeds": _one("A feed of which nothing came for {} days is named beside what rests on it.", "out_of_date_days"),
    "away": _one("An agency that missed the last {} meetings of a kind is named.", "awareness.missed"),
    "not_sure": _one("\"Not sure\" whether two records are one person is asked again after {} days.", "today.not_sure_for"),
}  # fmt: skip
"""By slug. A change of one in the pilot file is news."""


def told_of(pilot: Pilot) -> dict[str, str]:
    """Every sentence, with the numbers of the file."""
    return {slug: figure.told(pilot) for slug, figure in FIGURES.items()}
