"""What is refused of a request: one class a cause."""

from throughcare.core.errors import UserError


class NotNow(UserError):
    """A step that the request's state does not allow."""


class NotYet(UserError):
    """A step before which something must be done: a controller's answer, a decision."""


class NotTheSame(UserError):
    """Signing off by an account that decided what is given: it takes another."""


class NotADay(UserError):
    """A day that a step cannot have."""


class NoReason(UserError):
    """A decision without the reason or the words that it needs."""
