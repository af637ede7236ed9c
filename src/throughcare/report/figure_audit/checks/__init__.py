"""The checks, one a file: each a function from a document to its alarms."""

from collections.abc import Callable, Iterable

from throughcare.report.figure_audit.alarm import Alarm
from throughcare.report.figure_audit.checks import (
    changes,
    dates,
    directions,
    figures,
    fractions,
    hundred,
    means,
    named_lists,
    overlaps,
    parts,
    percentages,
    shares,
    stages,
    totals,
    two_values,
    units,
)
from throughcare.report.figure_audit.document import Document

Check = Callable[[Document], Iterable[Alarm]]
CHECKS: tuple[Check, ...] = (
    percentages.check, fractions.check, parts.check, totals.check, hundred.check, stages.check, overlaps.check,
    two_values.check, shares.check, named_lists.check, means.check, changes.check, directions.check, dates.check,
    units.check, figures.check,
)  # fmt: skip
