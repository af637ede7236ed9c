"""Why positions cannot be looked at."""

from throughcare.core.errors import UserError


class LookRefused(UserError):
    """A look without a purpose, over too long a span, or outside the order's dates."""
