"""What is refused about referrals: one class a cause, naming the referral, its state and what is allowed."""

from throughcare.core.errors import UserError


class NotAllowedHere(UserError):
    """A move that the transition table does not have from the referral's state."""


class UnknownReason(UserError):
    """A reason that is not in the list asked for, or "other" without a note."""


class OutOfOrder(UserError):
    """A day before the last thing that happened to the referral, or a correction that breaks its history."""


class AlreadyReferred(UserError):
    """The person has an open referral to that service."""


class NotOffered(UserError):
    """A service, provider or route that the pilot does not have, or that do not go together."""


class NotForThem(UserError):
    """The service is not for this person on the day, and no reason was given for sending them all the same."""


class NotPutOff(UserError):
    """A service is put off until a day that is not after today or too far off, or where there is nothing to put off."""
