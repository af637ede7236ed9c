"""People have no figures of their own: their histories are counted of those eligible for the cohort, and so there."""

from throughcare.core.contracts import Measure

MEASURES: tuple[Measure, ...] = ()
