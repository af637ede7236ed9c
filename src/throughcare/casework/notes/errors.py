"""What is refused of notes and worries: one class a cause."""

from throughcare.core.errors import UserError


class NothingSaid(UserError):
    """A note, worry or answer without words."""


class NobodyToAsk(UserError):
    """A worry about nobody, or to nobody."""


class Answered(UserError):
    """A worry that somebody has answered already."""
