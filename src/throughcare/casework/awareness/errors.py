"""What is refused of training, meetings and news: one class a cause."""

from throughcare.core.errors import UserError


class AboutSomebody(UserError):
    """Words that everybody may read, with a number of a person in them."""


class NothingWritten(UserError):
    """An action, an answer or news without words."""


class NotNow(UserError):
    """Something that is not for that day or state: who came before it was, an invitation after it."""


class NoRoom(UserError):
    """More invitations than places."""


class NotThere(UserError):
    """A rating by somebody who did not come."""


class NotOfTheFile(UserError):
    """A training, kind of meeting, or borough that the pilot file does not have."""


class NotAllowedHere(UserError):
    """A move that the table of actions does not have from the action's state."""


class NoSuchDay(UserError):
    """News that is over before it is posted, or an action due before it was given."""
