"""What is refused of a reason for a gap: one class a cause."""

from throughcare.core.errors import UserError


class NoReason(UserError):
    """A reason without words, or by who works as no post."""


class NotTheirs(UserError):
    """A reason of another post cannot be taken back: another is written."""
