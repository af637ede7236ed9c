"""What is not known, and whether it is missing more on one side than on the other."""

from collections.abc import Sequence

import polars as pl
from scipy.stats import fisher_exact

from throughcare.stats.arrays import Flags
from throughcare.stats.checks.finding import Finding
from throughcare.stats.sample import column

APART = 0.05
"""Difference of the shares missing from which it is told as a fault, where it is also more than chance [decided]."""


def missing_table(frame: pl.DataFrame, treated: Flags, names: Sequence[str]) -> pl.DataFrame:
    """One row a column: how many are missing among the treated and the others, and how likely chance would part them so."""
    rows = []
    for name in names:
        given = column(frame, name)
        gone = (given.is_nan() | given.is_null() if given.dtype.is_float() else given.is_null()).fill_null(value=True).to_numpy()
        one, other = int(gone[treated].sum()), int(gone[~treated].sum())
        n1, n0 = int(treated.sum()), int((~treated).sum())
        p = float(fisher_exact([[one, n1 - one], [other, n0 - other]]).pvalue) if one + other else 1.0
        shares = {"treated_share": one / n1, "compared_share": other / n0}
        rows.append({"column": name, "treated": one, "compared": other, **shares, "p": p})
    return pl.DataFrame(rows)


def missing(table: pl.DataFrame) -> Finding:
    """Passes where nothing is missing, or where it is missing alike on both sides."""
    gone = table.filter((pl.col("treated") > 0) | (pl.col("compared") > 0))
    if gone.is_empty():
        return Finding(check="missing data", passed=True, says="Nothing is missing in the columns used.")
    uneven = gone.filter(((pl.col("treated_share") - pl.col("compared_share")).abs() >= APART) & (pl.col("p") < 0.05))
    if uneven.is_empty():
        return Finding(check="missing data", passed=True, says=f"Missing alike on both sides: {', '.join(gone['column'])}.")
    told = "; ".join(
        f"{row['column']} is missing of {100 * row['treated_share']:.0f}% of the treated and "
        f"{100 * row['compared_share']:.0f}% of the others"
        for row in uneven.to_dicts()
    )
    return Finding(check="missing data", passed=False, says=f"More is missing on one side: {told}.")
