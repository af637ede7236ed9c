"""Why conversations and quotations are refused, one class a cause."""

from throughcare.core.errors import UserError


class NotQuotable(UserError):
    """A quotation without the consent for it, or that may tell who is meant."""


class NoSuchCode(UserError):
    """A kind, a consent or a day that there is not."""


class NotReadable(UserError):
    """A file of coding software that cannot be read, or is not read for safety."""
