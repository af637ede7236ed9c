"""What every identifier is: what was given, its canonical form, and the three ways in which it is refused."""

from dataclasses import dataclass, field

from throughcare.core.errors import PlaceholderError, WrongCheckLetterError, WrongFormError
from throughcare.core.identifiers.check_letters import ALPHABET


@dataclass(frozen=True, kw_only=True)
class Identifier:
    """An identifier as its `parse_…` function read it; build one no other way, for nothing is checked here.

    `given` is the text as it came, kept for the record; `canonical` is the one form that is compared, so two are equal
    (and hash alike) where kind and canonical form are. `check_letter` is the letter that was found to hold; None: this
    kind has none.
    """

    canonical: str
    given: str = field(compare=False)
    check_letter: str | None = field(default=None, compare=False)

    def __str__(self) -> str:
        return self.canonical


def wrong_form(name: str, text: str, expected: str) -> WrongFormError:
    """The text is no such identifier; `expected` describes its form, with an example."""
    return WrongFormError(
        what=f"This is no {name}", record=repr(text), expected=expected, mend=f"give the {name} as its source has it"
    )


def wrong_check_letter(name: str, text: str, should_be: str) -> WrongCheckLetterError:
    """The text has the form, but not the letter that the rest of it calls for."""
    never = "" if text.strip()[-1:].upper() in ALPHABET else " (I, O and S are never check letters)"
    return WrongCheckLetterError(
        what=f"The check letter of the {name} is wrong{never}",
        record=repr(text),
        should_be=should_be,
        mend=f"compare every character with the source: a digit of the {name} may be wrong rather than the letter",
    )


def placeholder(name: str, text: str, reason: str) -> PlaceholderError:
    """The text stands for no identifier; `reason` says how that is known."""
    return PlaceholderError(
        what=f"The {name} is a placeholder ({reason})",
        record=repr(text),
        expected=f"one person's own {name}",
        mend="leave it empty, or give the real one",
    )
