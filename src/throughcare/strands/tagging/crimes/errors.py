"""What may not be done with crimes and matches."""

from throughcare.core.errors import UserError


class BatchRefused(UserError):
    """A file of crimes that is not taken: the very file came before, or it does not say whose crimes they are."""


class ReviewRefused(UserError):
    """A review or a charge that cannot be recorded."""
