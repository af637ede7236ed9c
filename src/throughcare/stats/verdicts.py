"""What may be said: lower, higher, or not determined. There is no "no effect": what is not found is not shown to be absent.

The words follow the Justice Data Lab's published reports: for 100 typical people, the interval first, and how many people
would be needed where the direction is not determined.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from throughcare.core.rounding import half_up
from throughcare.stats.impact.estimate import Estimate
from throughcare.stats.power import needed_for_this

Direction = Literal["lower", "higher", "not determined"]
Kind = Literal["binary", "count", "continuous", "time"]
ALPHA = 0.05


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """`number_needed` is how many treated would settle a difference like this one; None where it is settled, or none was seen."""

    outcome: str
    direction: Direction
    says: tuple[str, ...]
    number_needed: int | None
    adjusted_p: float


def direction(estimate: Estimate, *, trusted: bool = True) -> Direction:
    """By the interval, all on one side of nothing; never where the groups are not alike."""
    if not trusted or estimate.ci_low <= 0 <= estimate.ci_high:
        return "not determined"
    return "lower" if estimate.ci_high < 0 else "higher"


def verdict(
    estimate: Estimate, *, kind: Kind, words: str = "", trusted: bool = True, adjusted_p: float | None = None
) -> Verdict:
    """The verdict on one outcome and its sentences. `words`: what it is ("committed a proven reoffence"); `trusted`: the checks
    that the comparison rests on have passed; `adjusted_p`: its p where several outcomes were asked."""
    found = direction(estimate, trusted=trusted)
    needed = None if found != "not determined" else needed_for_this(estimate.treated, estimate.estimate, estimate.standard_error)
    says = [_measured(estimate, kind, words or estimate.outcome)]
    if not trusted:
        says.append("The comparison group is not like the treated: this difference must not be read as an effect.")
    says.append(_estimated(estimate, kind, found if trusted else "not determined", words or estimate.outcome))
    if found == "not determined" and trusted:
        if needed:
            says.append(f"About {needed:,} treated people would be needed to determine a difference of this size.")
        says.append("This should not be taken to mean that the programme fails to affect it.")
    if adjusted_p is not None and found != "not determined" and adjusted_p >= ALPHA:
        says.append(f"Several outcomes were asked: with the others in view it could be chance (Holm's p = {adjusted_p:.3f}).")
    return Verdict(outcome=estimate.outcome, direction=found, says=tuple(says), number_needed=needed,
                   adjusted_p=estimate.p_value if adjusted_p is None else adjusted_p)  # fmt: skip


def _measured(estimate: Estimate, kind: Kind, words: str) -> str:
    if kind == "binary":
        mine, other = _per_100(estimate.treated_value), _per_100(estimate.compared_value)
        return (
            f"For 100 typical people in the treatment group, the equivalent of {mine} of the 100 people {words} "
            f"(a rate of {mine}%), {_than(mine, other, 'people')} than in the comparison group ({other}%)."
        )
    if kind == "count":
        mine, other = _per_100(estimate.treated_value), _per_100(estimate.compared_value)
        less = _than(mine, other, "")
        return f"For 100 typical people in the treatment group, {words}: {mine}, {less} than in the comparison group ({other})."
    begins = f"{words[:1].upper()}{words[1:]}"
    return (
        f"{begins}: {estimate.treated_value:,.2f} on average in the treatment group and {estimate.compared_value:,.2f} in the "
        f"comparison group, a difference of {estimate.estimate:,.2f}."
    )


def _per_100(value: float) -> int:
    return int(half_up(100 * value))


def _than(mine: int, other: int, noun: str) -> str:
    if mine == other:
        return "no more and no fewer"
    return f"{abs(mine - other)} {noun} {'fewer' if mine < other else 'more'}".replace("  ", " ")


def _estimated(estimate: Estimate, kind: Kind, found: Direction, words: str) -> str:
    """The interval first, as the Justice Data Lab words it."""
    people = {"binary": " people", "count": ""}.get(kind, "")
    low, high = estimate.ci_low, estimate.ci_high
    if kind in ("binary", "count"):
        ends = (str(abs(_per_100(low))), str(abs(_per_100(high))))
        whom = "For 100 typical people who receive it, compared with 100 similar people who do not, the number could be"
    else:
        ends = (f"{abs(low):,.2f}", f"{abs(high):,.2f}")
        whom = f"For those who receive it, compared with similar people who do not, {words} could be"
    if found != "not determined":
        near, far = (ends[1], ends[0]) if found == "lower" else ends
        return f"{whom} {found} by between {near} and {far}{people}. This is a statistically significant result."
    if low > 0 or high < 0:
        word = "higher" if low > 0 else "lower"
        near, far = (ends[1], ends[0]) if high < 0 else ends
        return f"{whom} {word} by between {near} and {far}{people}, were the groups alike."
    return (
        f"{whom} lower by as many as {ends[0]}{people}, or higher by as many as {ends[1]}{people}. More people would need to "
        "be analysed in order to determine the direction of this difference."
    )


def holm(p_values: Sequence[float]) -> list[float]:
    """Each p for being one of several asked (Holm 1979), in the order given."""
    order = sorted(range(len(p_values)), key=lambda place: p_values[place])
    adjusted, highest = [0.0] * len(p_values), 0.0
    for rank, place in enumerate(order):
        highest = max(highest, min(1.0, (len(p_values) - rank) * p_values[place]))
        adjusted[place] = highest
    return adjusted
