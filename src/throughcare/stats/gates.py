"""What a study must have before it may speak of an effect. Below a gate there is description, marked "not an effect".

Sources: 60 people is the least that the Justice Data Lab takes; 30 reoffenders the least for its time to first reoffence; the
London pilot's own rule is over 150 people (GtO interim evaluation, MOPAC 2017). Follow-up of proven reoffending is over when 12
months and the 6 of waiting have passed since the index (definitions: "Reoffending").
"""

from dataclasses import dataclass
from datetime import date

from throughcare.core.dates import day_in_words, months_after
from throughcare.stats.checks.finding import Finding

LEAST_TREATED, PILOTS_RULE, LEAST_REOFFENDERS = 60, 150, 30
FOLLOW_UP_MONTHS, WAITING_MONTHS = 12, 6


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """Why there is no effect told, what is missing, and the day from which it will be there (None: no day can be named)."""

    gate: str
    why: str
    missing: str
    ready_on: date | None = None

    @property
    def says(self) -> str:
        when = f" Ready on {day_in_words(self.ready_on)}." if self.ready_on else ""
        return f"{self.why} Missing: {self.missing}.{when}"


def enough_treated(treated: int, *, least: int = LEAST_TREATED, ready_on: date | None = None) -> Refusal | None:
    """At least `least`. 59 of 60 is refused, 60 is not."""
    if treated >= least:
        return None
    return Refusal(gate="treated", why=f"{treated} people were treated; a study needs {least}.",
                   missing=f"{least - treated} more treated people", ready_on=ready_on)  # fmt: skip


def over_pilots_rule(
    treated: int, *, complete: float, least_complete: float = 0.9, more_than: int = PILOTS_RULE, dose: str = "",
    ready_on: date | None = None,
) -> Refusal | None:  # fmt: skip
    """More than `more_than` with the least dose (150 is refused, 151 is not), and data complete of enough of them."""
    with_dose = f" with {dose}" if dose else ""
    if treated <= more_than:
        return Refusal(
            gate="pilot's rule", why=f"{treated} people were treated{with_dose}; the pilot's rule is over {more_than}.",
            missing=f"{more_than + 1 - treated} more treated people{with_dose}", ready_on=ready_on,
        )  # fmt: skip
    if complete < least_complete:
        return Refusal(
            gate="completeness",
            why=f"The data are complete of {100 * complete:.0f}% of the people; {100 * least_complete:.0f}% are needed.",
            missing=f"the data of {100 * (least_complete - complete):.0f}% of the people", ready_on=None,
        )  # fmt: skip
    return None


def enough_reoffenders(reoffenders: int, *, least: int = LEAST_REOFFENDERS) -> Refusal | None:
    """Time to first reoffence is told among reoffenders: of fewer than 30 treated it could mislead."""
    if reoffenders >= least:
        return None
    return Refusal(gate="reoffenders", why=f"{reoffenders} treated people reoffended; their times are told from {least} on.",
                   missing=f"{least - reoffenders} more reoffenders")  # fmt: skip


def follow_up_over(
    last_index: date, *, as_at: date, months: int = FOLLOW_UP_MONTHS, waiting: int = WAITING_MONTHS
) -> Refusal | None:
    """The follow-up of the last index event is over on the day that bears its date so many months later, and not before."""
    ready = months_after(last_index, months + waiting)
    if as_at >= ready:
        return None
    return Refusal(
        gate="follow-up", why=f"The last person's follow-up of {months} months and {waiting} of waiting is not over.",
        missing=f"{(ready - as_at).days} days", ready_on=ready,
    )  # fmt: skip


def not_watched(name: str, horizon: float) -> Refusal:
    """A time is told once some of each group were watched up to its horizon."""
    return Refusal(gate=f"follow-up, for {name}", why=f"Nobody of a group was watched up to day {horizon:g}.",
                   missing="a longer follow-up, or an earlier horizon in a protocol written anew")  # fmt: skip


def enough_overlap(found: Finding) -> Refusal | None:
    """Somebody to compare with."""
    if found.passed:
        return None
    return Refusal(gate="overlap", why=f"There is nobody to compare most of the treated with. {found.says}",
                   missing="people alike who were not treated")  # fmt: skip
