"""What is refused of letters: one class a cause."""

from throughcare.core.errors import UserError


class NotOfThisPerson(UserError):
    """Nothing has happened to the person that a letter of this kind would tell of."""


class AlreadyGiven(UserError):
    """A letter of which it is on record how it was given."""


class NotADay(UserError):
    """A day of giving that is before the letter was written, or still to come."""
