"""Whether a plan for a release is whole, who still has to do something about it, and when that is late. No stored state."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from throughcare.core.working_days import add_working_days, last_working_day_on_or_before, working_days_between

PRISON, COMMUNITY = ENDS = ("prison", "community")
END_WORDS = {PRISON: "the prison's side", COMMUNITY: "the community's side"}


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A plan as it stands. `owners`: by end, the post that has it, "" for nobody. `accepted_for`: by end, the day of release for
    which its post accepted. "" and None: not filled in. `checked`: the items checked off.
    """

    release_on: date | None
    owners: Mapping[str, str]
    accepted_for: Mapping[str, date | None]
    gate_time: str = ""
    collected_by: str = ""
    address: str = ""
    first_appointment_on: date | None = None
    checked: Collection[str] = ()


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How a plan stands on a day. `missing`: what is not done yet, in words; `by_end`: what each end has to do.

    words: its state in a word. alert: its owners are told. escalated: their senior too.
    """

    words: str
    missing: tuple[str, ...]
    by_end: Mapping[str, tuple[str, ...]]
    alert: bool = False
    escalated: bool = False

    @property
    def complete(self) -> bool:
        return not self.missing


def last_day_for_first_appointment(release_on: date) -> date:
    """The first working day after the release: a first appointment after it comes too late."""
    return add_working_days(release_on, 1)


def soon_enough(release_on: date, appointment_on: date) -> bool:
    """On the day of release or until the end of the first working day after it."""
    return release_on <= appointment_on <= last_day_for_first_appointment(release_on)


def day_before(release_on: date) -> date:
    """The last working day before the release."""
    return last_working_day_on_or_before(date.fromordinal(release_on.toordinal() - 1))


def standing(plan: Plan, *, day: date, items: Sequence[str], alert_within: int) -> Standing:
    """`items`: what is to be checked off before the day, by slug. `alert_within`: working days before the release from which a
    plan that is not whole is told to its owners; from the working day before, their senior is told too.

    An acceptance holds for the day of release for which it was given: where that day has changed, it is asked again. A plan
    without a day of release is whole of nothing, and late of nothing.
    """
    by_end = {end: tuple(_of_end(plan, end)) for end in ENDS}
    shared = tuple(_details(plan))
    left = [item for item in items if item not in plan.checked]
    checks = (f"{len(left)} of {len(items)} items to check off",) if left else ()
    missing = (*by_end[PRISON], *by_end[COMMUNITY], *shared, *checks)
    by_end = {PRISON: (*by_end[PRISON], *shared, *checks), COMMUNITY: (*by_end[COMMUNITY], *shared)}
    if plan.release_on is None:
        return Standing(words="No day of release", missing=("the day of release", *missing), by_end=by_end)
    if plan.release_on <= day:
        return Standing(words="Complete" if not missing else "Not complete on the day", missing=missing, by_end=by_end)
    late = bool(missing) and working_days_between(day, plan.release_on) <= alert_within
    return Standing(words=_words(by_end, plan, missing, left), missing=missing, by_end=by_end, alert=late,
                    escalated=bool(missing) and day >= day_before(plan.release_on))  # fmt: skip


def _words(by_end: Mapping[str, Sequence[str]], plan: Plan, missing: Sequence[str], left: Sequence[str]) -> str:
    if not missing:
        return "Complete"
    if not all(plan.owners.get(end) for end in ENDS):
        return "An end has no name"
    if not all(plan.accepted_for.get(end) == plan.release_on for end in ENDS):
        return "To be accepted"
    return "To be checked off" if len(missing) == 1 and left else "To be filled in"


def _of_end(plan: Plan, end: str) -> list[str]:
    if not plan.owners.get(end):
        return [f"a name for {END_WORDS[end]}"]
    if plan.accepted_for.get(end) is None:
        return [f"{END_WORDS[end]} has not accepted"]
    again = plan.accepted_for[end] != plan.release_on
    return [f"{END_WORDS[end]} accepted for another day"] if again else []


def _details(plan: Plan) -> list[str]:
    told = (("gate time", plan.gate_time), ("who collects", plan.collected_by), ("the address to go to", plan.address))
    found = [words for words, value in told if not value]
    if plan.first_appointment_on is None:
        return [*found, "the first appointment"]
    late = plan.release_on is not None and not soon_enough(plan.release_on, plan.first_appointment_on)
    return [*found, "a first appointment within a working day of release"] if late else found
