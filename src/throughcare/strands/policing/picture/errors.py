"""What may not be done about a picture."""

from throughcare.core.errors import UserError


class LinkRefused(UserError):
    """A link that cannot be said, renewed or left out."""


class StreetCrimeRefused(UserError):
    """A file of street crime that is not what it should be. Nothing of it is kept."""
