"""What is refused of studies and of what they are worth: one class a cause."""

from throughcare.core.errors import UserError


class NotRegistered(UserError):
    """A study, a version or a copy that is not there."""


class AlreadyRegistered(UserError):
    """A protocol that is registered already, or a study of the same name."""


class NotOfTheStore(UserError):
    """A protocol that asks for a column, a service or a measure that the store does not have."""


class NoReason(UserError):
    """An amendment that changes nothing, or says not why."""


class CopyRefused(UserError):
    """A copy that cannot be frozen, added to, opened or destroyed now; or whose files or key are not as they were left."""
