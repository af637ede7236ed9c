"""When a request must be answered: UK GDPR article 12(3), as the Information Commissioner counts it.

One calendar month from the day after which it came, that is by the same day of the next month (its last day where there is
none); two months more where that is told to the person in time. Where proof of identity was asked for, it runs from the day
on which the proof came. An end on a day that is no working day moves to the next one.
"""

from datetime import date

from throughcare.core.dates import months_after
from throughcare.core.working_days import next_working_day_on_or_after

MONTHS, MORE = 1, 2


def starts_on(*, received: date, proof_asked: date | None, proof: date | None) -> date | None:
    """The day from which the time runs; None while proof of identity is awaited."""
    return received if proof_asked is None else proof


def due_on(start: date, *, longer: bool = False) -> date:
    """The last day on which the answer is in time."""
    return next_working_day_on_or_after(months_after(start, MONTHS + (MORE if longer else 0)))
