"""The same question asked in other ways: the spread of the answers is told, and none is chosen by its answer."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from throughcare.stats.impact.estimate import Estimate


@dataclass(frozen=True, kw_only=True)
class Specification:
    """One way of asking: its words, the answer (None: refused, and `says` why), the balance it left."""

    words: str
    estimate: Estimate | None
    max_abs_smd: float | None
    stated: bool = False
    says: str = ""


def specification_table(asked: Sequence[Specification]) -> pl.DataFrame:
    """One row a way of asking, the protocol's own first and marked."""
    rows = [
        {
            "specification": each.words, "in_protocol": each.stated,
            "treated": each.estimate.treated if each.estimate else None,
            "estimate": each.estimate.estimate if each.estimate else None,
            "ci_low": each.estimate.ci_low if each.estimate else None,
            "ci_high": each.estimate.ci_high if each.estimate else None,
            "max_abs_smd": each.max_abs_smd, "refused": each.says,
        }
        for each in sorted(asked, key=lambda each: not each.stated)
    ]  # fmt: skip
    return pl.DataFrame(rows, schema_overrides={"estimate": pl.Float64, "ci_low": pl.Float64, "ci_high": pl.Float64,
                                                "max_abs_smd": pl.Float64, "treated": pl.Int64})  # fmt: skip
