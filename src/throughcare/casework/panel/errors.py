"""What is refused of panels: one class a cause."""

from throughcare.core.errors import UserError


class NothingSaid(UserError):
    """A decision, action, ask or addendum without words."""


class NotNow(UserError):
    """Something that the meeting's state does not have: a decision before it runs, a change after it is closed."""


class TwoOnADay(UserError):
    """A second panel of the borough on the day."""


class NoPanel(UserError):
    """A person for whom no borough's panel is responsible."""


class NotForThem(UserError):
    """A post that may not know of the person, or that nobody holds, and so can neither be in the room nor be given an action."""


class NotAllowedHere(UserError):
    """A move that the table of actions does not have from the action's state, or not for who makes it."""
