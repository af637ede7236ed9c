"""An error says what failed, on which record, what was expected and how to mend it, in one sentence."""

import pickle

import pytest

from throughcare.core import errors
from throughcare.core.errors import ThroughcareError, UserError, WrongCheckLetterError
from throughcare.core.identifiers import parse_pnc


def test_one_sentence() -> None:
    error = UserError(
        what="The date cannot be read",
        record="people.csv line 3, column born",
        expected="a date as 2016-06-06",
        mend="correct it",
    )
    assert str(error) == (
        "The date cannot be read, on people.csv line 3, column born: "
        "expected a date as 2016-06-06; to mend it, correct it."
    )


def test_without_a_record() -> None:
    error = ThroughcareError(what="The store cannot be opened", record="", expected="a database", mend="run it again")
    assert str(error) == "The store cannot be opened: expected a database; to mend it, run it again."


def test_whose_mistake_it_is() -> None:
    """Only mistakes of the user's end with exit code 2."""
    of_the_user = {"DateError", "SpanError", "ClockError", "MoneyError", "WrongFormError", "PlaceholderError"}
    assert all(issubclass(getattr(errors, name), UserError) for name in of_the_user)
    assert not issubclass(errors.RoundingError, UserError)
    assert not issubclass(ThroughcareError, UserError)


def test_survives_a_worker_process() -> None:
    with pytest.raises(WrongCheckLetterError) as caught:
        parse_pnc("2001/0171310S")
    again = pickle.loads(pickle.dumps(caught.value))
    assert type(again) is WrongCheckLetterError
    assert str(again) == str(caught.value)
    assert again.should_be == caught.value.should_be
