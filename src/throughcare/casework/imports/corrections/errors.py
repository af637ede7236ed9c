"""What may be wrong with a correction, or with setting a row aside."""

from throughcare.core.errors import UserError


class NotWaiting(UserError):
    """A row that is not there, has been loaded since, or was set aside."""


class NotSetAside(UserError):
    """A row to be taken back that was not set aside, or has been loaded since."""


class UnknownColumn(UserError):
    """A corrected cell of a column, or a row of a feed, that there is not."""


class UnknownReason(UserError):
    """A reason for setting a row aside that is not one of the list, or another one without a note."""
