"""Risk: the two-year OGRS3 score on the day, as a whole percent, is high; or is middling with a recent serious offence.

For London: 75 or more; or 50 to 74 and a robbery or burglary, convicted of on or before the day D, that was committed
after D minus 12 months and on or before D. Exactly 12 months is not within; 12 months before 29 February is 28 February.
"""

from datetime import date, timedelta

from throughcare.core.contracts import Decision
from throughcare.core.dates import months_after, months_before
from throughcare.core.pilot import CriterionParameters, Pilot
from throughcare.rules.eligibility.facts import Facts, Offence
from throughcare.rules.eligibility.words import day, offence

BY_SCORE, BY_OFFENCE = "score", "score and recent offence"


def decide(facts: Facts, *, as_at: date, told: CriterionParameters, pilot: Pilot) -> Decision:
    """Refuses nobody in silence: without a score the reason is given, in the code of `rules.ogrs3`."""
    score, high, middling = facts.percent_2y, told.at_or_above or 100, told.or_at_or_above
    if score is None:
        reason = f"there is no two-year score: {facts.score_error or 'not scored'}"
        return Decision(met=False, reasons=(reason,), evidence={"percent_2y": None, "score_error": facts.score_error})
    if score >= high:
        reason = f"two-year score {score}%, which is {high} or more"
        return Decision(met=True, reasons=(reason,), evidence={"percent_2y": score, "because": BY_SCORE})
    if middling is None or score < middling:
        reason = f"two-year score {score}%, which is below {high if middling is None else middling}"
        return Decision(met=False, reasons=(reason,), evidence={"percent_2y": score})
    return _middling(facts, as_at, told, f"two-year score {score}%, which is {middling} to {high - 1}")


def holds(facts: Facts, on: date, told: CriterionParameters, pilot: Pilot) -> bool:
    score, middling = facts.percent_2y, told.or_at_or_above
    if score is None or score >= (told.at_or_above or 100):
        return score is not None
    return middling is not None and score >= middling and any(within(each, on, told) for each in facts.offences)


def _middling(facts: Facts, as_at: date, told: CriterionParameters, scored: str) -> Decision:
    months = told.committed_within_months or 0
    recent = [each for each in facts.offences if within(each, as_at, told)]
    if not recent:
        reason = f"{scored}, with no offence of the groups named committed in the {months} months before, and convicted of"
        return Decision(met=False, reasons=(reason,), evidence={"percent_2y": facts.percent_2y})
    last = max(recent, key=lambda each: each.committed_on or date.min)
    committed = last.committed_on or date.min
    until = lapses_on(committed, months)
    reason = f"{scored}, with {offence(last.group)} committed on {day(committed)}, within {months} months, and convicted of"
    evidence = {
        "percent_2y": facts.percent_2y, "because": BY_OFFENCE, "offence": last.group, "committed_on": committed,
        "convicted_on": last.convicted_on,
    }  # fmt: skip
    return Decision(met=True, reasons=(reason,), evidence=evidence, next_change_on=until)


def counts(offence: Offence, as_at: date, told: CriterionParameters) -> bool:
    """Whether the offence is of a group named, committed and convicted of on or before the day. A day not known: it is not."""
    committed = offence.committed_on
    return offence.group in told.with_groups and committed is not None and committed <= as_at and offence.convicted_on <= as_at


def within(offence: Offence, as_at: date, told: CriterionParameters) -> bool:
    """Whether an offence that counts was committed after the day minus the months, and so still makes a difference."""
    committed = offence.committed_on
    earliest = months_before(as_at, told.committed_within_months or 0)
    return counts(offence, as_at, told) and committed is not None and committed > earliest


def lapses_on(committed: date, months: int) -> date:
    """The first day on which the offence is `months` old: it is no longer within them from then on."""
    on = months_after(committed, months)
    while months_before(on, months) < committed:
        on += timedelta(days=1)
    return on
