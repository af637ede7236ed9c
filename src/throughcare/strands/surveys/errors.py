"""Why the survey strand refuses: one class a cause."""

from throughcare.core.errors import UserError


class ResponseRefused(UserError):
    """A response that does not fit its wave."""


class NotNow(UserError):
    """A step that the state of the survey or wave does not allow."""


class DaysRefused(UserError):
    """Days that make no wave."""


class InviteeRefused(UserError):
    """Somebody who cannot be asked so."""


class TooFew(UserError):
    """So few of a kind are asked that an answer would tell who gave it."""


class NoSuchLink(UserError):
    """A link that does not work: made up, used, or of a wave that is not open."""
