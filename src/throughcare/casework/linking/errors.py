"""Why something cannot be decided about who is who: one class a cause."""

from throughcare.core.errors import ThroughcareError, UserError


class ReasonMissing(UserError):
    """A decision without its reason: the reason is kept with every decision about a person."""


class NothingToDecide(UserError):
    """Records that are not there, of one person already, or not of one person."""


class DecidedOtherwise(UserError):
    """Somebody has decided the contrary, and that decision stands."""


class VerdictUndone(UserError):
    """A decision that has been undone already."""


class StoreBusy(ThroughcareError):
    """The store changed each time while records were being linked."""
