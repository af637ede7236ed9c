"""What is refused of accounts, posts and caseloads: one class a cause."""

from throughcare.core.errors import UserError


class NotAPost(UserError):
    """A post that the pilot cannot have, or that is not there."""


class AlreadyHeld(UserError):
    """An account that holds the post already."""


class NotOnTheCaseload(UserError):
    """A person who is not on the caseload that was named."""


class AlreadyAnswered(UserError):
    """A handover that has been answered."""


class NoReason(UserError):
    """An opening without a reason of the list, or "other" without words."""
