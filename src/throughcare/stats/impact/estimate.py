"""What a design answers: one difference with its uncertainty, and whom it rests on."""

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import ndtr, ndtri, stdtr, stdtrit

CONFIDENCE = 0.95


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """The difference that the treatment made, in the outcome's own unit (a share as a share, not percent).

    `treated_value` is what the treated had, `compared_value` what they would have had without, as the comparison tells.
    `df`: degrees of freedom of the interval (infinite: normal). `treated`, `compared`: how many people it rests on.
    """

    outcome: str
    method: str
    estimate: float
    standard_error: float
    treated_value: float
    compared_value: float
    treated: int
    compared: int
    df: float = np.inf

    def spread_of(self, standard_error: float) -> float:
        """Half the width of an interval with that error and these degrees of freedom."""
        quantile = ndtri(0.5 + CONFIDENCE / 2) if np.isinf(self.df) else stdtrit(self.df, 0.5 + CONFIDENCE / 2)
        return float(quantile) * standard_error

    @property
    def ci_low(self) -> float:
        return self.estimate - self.spread_of(self.standard_error)

    @property
    def ci_high(self) -> float:
        return self.estimate + self.spread_of(self.standard_error)

    @property
    def p_value(self) -> float:
        """Two-sided. Without any spread there is no test: 1 where nothing differs, 0 where something does."""
        if self.standard_error == 0:
            return 1.0 if self.estimate == 0 else 0.0
        away = abs(self.estimate) / self.standard_error
        return float(2 * (ndtr(-away) if np.isinf(self.df) else stdtr(self.df, -away)))

    def named(self, outcome: str) -> "Estimate":
        return replace(self, outcome=outcome)
