"""Who was lost between the people put forward and the people compared, step by step."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from throughcare.stats.checks.finding import Finding

LOST_MANY = 0.3
"""Share lost beyond which the answer may be about other people than the question [decided]: the Leeds IOM analysis of the
Justice Data Lab lost 30% (203 records submitted, 142 analysed)."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """So many treated were left after this step."""

    step: str
    treated: int


def attrition(steps: Sequence[Step]) -> Finding:
    """How many of the treated put forward are in the answer. Refuses steps at which people appear from nowhere."""
    counts = [step.treated for step in steps]
    if any(later > earlier for earlier, later in pairwise(counts)):
        raise ValueError(f"people appear from nowhere: {counts}")
    first, last = counts[0], counts[-1]
    lost = 1 - last / first if first else 0.0
    path = ", ".join(f"{step.step} {step.treated}" for step in steps)
    more = "" if lost <= LOST_MANY else " The answer is about those who are left, who may differ from those who are not."
    return Finding(
        check="attrition", passed=lost <= LOST_MANY, figures={step.step: step.treated for step in steps} | {"lost": lost},
        says=f"{last} of {first} treated people are in the answer ({path}): {100 * lost:.0f}% were lost.{more}",
    )  # fmt: skip
