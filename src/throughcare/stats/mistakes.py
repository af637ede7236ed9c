"""What is refused in the data or the protocol of a study: one class for each cause."""

from throughcare.core.errors import ThroughcareError, UserError


class DataRefused(UserError):
    """A file of people that a study cannot be made on: an identifier twice, a treated mark that is neither, a cell empty."""


class ProtocolError(UserError):
    """A protocol or a model that is not understood, or that asks for what must not be."""


class NoOverlap(UserError):
    """The covariates tell the treated from the compared so well that nobody is left to compare with."""


class NotWatched(DataRefused):
    """A time whose horizon nobody was watched up to: it may be told later."""


class BeyondCaliper(ThroughcareError):
    """A pair further apart than its caliper allows: the program's own fault, found before anything is told."""
