"""The errors of the product: one class for each cause, all saying the same four things.

A message is one sentence: what failed, on which record, what was expected, and how to mend it.
"""

import copyreg
from typing import Any


class ThroughcareError(Exception):
    """Base of every error that the product raises on purpose; by itself, a failure of the program (exit code 1).

    `what` failed, on which `record` ("" where no record is concerned), what was `expected`, and how to `mend` it: parts
    of a sentence, without a full stop.
    """

    def __init__(self, *, what: str, record: str, expected: str, mend: str) -> None:
        self.what = what
        self.record = record
        self.expected = expected
        self.mend = mend
        where = f", on {record}" if record else ""
        super().__init__(f"{what}{where}: expected {expected}; to mend it, {mend}.")

    def __reduce__(self) -> tuple[Any, ...]:
        # Exceptions are otherwise rebuilt from positional arguments alone, and break on leaving a worker process.
        return copyreg.__newobj__, (type(self), *self.args), self.__dict__  # type: ignore[attr-defined]


class UserError(ThroughcareError):
    """A mistake in what the user gave (a file, an option, a form): exit code 2, said on standard error."""


class DateError(UserError):
    """Dates or numbers of days that cannot be, as a day before the birth."""


class StillToCome(UserError):
    """A day of something that is told as having happened, and has not come."""


class SpanError(UserError):
    """A span without a day in it, or one whose days cannot be counted because it is ongoing."""


class ClockError(UserError):
    """A clock or a pause that cannot be, as a pause that starts after the due date."""


class MoneyError(UserError):
    """An amount that is not pounds and pence, or amounts of different price years put together."""


class RoundingError(ThroughcareError):
    """A number that cannot be rounded or made a percentage (not finite, a negative count): the program's fault."""


class IdentifierError(UserError):
    """An identifier that cannot be taken; the subclass says which of three causes it is."""


class WrongFormError(IdentifierError):
    """The text does not have the form of that identifier at all."""


class WrongCheckLetterError(IdentifierError):
    """The form is right and the check letter is not, so at least one character was mistyped.

    `should_be` is the letter that the other characters call for.
    """

    def __init__(self, *, what: str, record: str, mend: str, should_be: str) -> None:
        super().__init__(what=what, record=record, expected=f"check letter {should_be}", mend=mend)
        self.should_be = should_be


class PlaceholderError(IdentifierError):
    """The text is well formed and known to stand for "none": it belongs to nobody, and would link strangers."""
