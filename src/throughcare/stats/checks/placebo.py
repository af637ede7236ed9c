"""An outcome that the treatment cannot have changed, such as earlier offending: a difference there is one of people."""

from collections.abc import Sequence

from throughcare.stats.checks.finding import Finding
from throughcare.stats.impact.estimate import Estimate

ALPHA = 0.05


def placebo(estimates: Sequence[Estimate]) -> Finding:
    """Passes where no placebo outcome differs, each judged at 5% shared among them (Holm's first step)."""
    if not estimates:
        return Finding(
            check="placebo", passed=None,
            says="No placebo outcome is named: one from before the treatment, left out of the score, would test the design.",
        )  # fmt: skip
    worst = min(estimates, key=lambda e: e.p_value)
    passed = worst.p_value > ALPHA / len(estimates)
    between = f"{worst.ci_low:.3f} and {worst.ci_high:.3f}"
    says = (
        f"No difference is found where none can be: {worst.outcome} differs by between {between} (p = {worst.p_value:.3f})."
        if passed
        else f"The groups differ in {worst.outcome}, which the treatment cannot have changed: by between {between} "
        f"(p = {worst.p_value:.3f}). What is found for other outcomes may be the same difference of people."
    )
    return Finding(check="placebo", passed=passed, says=says, figures={"p_value": worst.p_value, "outcomes": len(estimates)})
