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


class NotAgreed(UserError):
    """Sent without the person's agreement where no order requires the service, or said to be required where none does."""


class NotWithheld(UserError):
    """Something struck out that cannot be, or a risk to a worker without saying why."""


class Clash(UserError):
    """The service does not go together with one to which the person is referred, and no reason was given to send all the same."""


class ClockNotRunning(UserError):
    """The clocks of the referral cannot be stopped: they stand still, are over, or are late."""


class ClockNotStopped(UserError):
    """The clocks of the referral cannot go on, for they do not stand still."""


class QuestionClosed(UserError):
    """A question that has its answer, or was taken back."""


class NotTheirs(UserError):
    """Answering one's own side's question, or taking back one that somebody else asked."""


class NothingSaid(UserError):
    """A question or an answer without a word."""


class NotPutOff(UserError):
    """A service is put off until a day that is not after today or too far off, or where there is nothing to put off."""


class NotGiven(UserError):
    """A referral that nobody works now, or a post that does not deliver its service."""
