"""Why no evidence pack is made or given."""

from throughcare.core.errors import UserError


class PackRefused(UserError):
    """A pack of a match that was not sent to the police, or of positions that are no longer those that were matched."""
