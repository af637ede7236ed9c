"""What may be wrong with typing a fact that another system keeps, or with saying that it has been entered there."""

from throughcare.core.errors import UserError


class NeverTypedHere(UserError):
    """A fact typed here although the pilot file says that it only ever comes from its home."""


class AlreadyEntered(UserError):
    """A fact said to be entered that has been entered, or that nobody owes."""


class NotEntered(UserError):
    """A fact said not to be entered after all that was never said to be entered, or that an extract has brought back."""
