"""Money in whole pence, with the year whose prices it is in. Never a float."""

import re
from dataclasses import dataclass
from typing import Self

from throughcare.core.errors import MoneyError

_POUNDS = re.compile(r"(-?)£?([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.([0-9]{1,2}))?")
_PRICE_YEAR = re.compile(r"[0-9]{4}(?:/[0-9]{2})?")


@dataclass(frozen=True, kw_only=True)
class Money:
    """An amount in pence, negative where it is owed or saved, in the prices of `price_year`.

    `price_year` is a financial year "2015/16" or a calendar year "2019"; None: cash as it was paid, no price year. Two
    amounts add or compare only in the same price year (None is the same only as None); uprating is somebody's decision,
    and is not made here.
    """

    pence: int
    price_year: str | None = None

    def __post_init__(self) -> None:
        if type(self.pence) is not int:
            raise MoneyError(
                what="An amount is not whole pence",
                record=repr(self.pence),
                expected="a whole number of pence",
                mend="give pence, or use Money.from_pounds with the amount as text",
            )
        if self.price_year is not None and not _is_price_year(self.price_year):
            raise MoneyError(
                what="A price year is not a year",
                record=repr(self.price_year),
                expected="a financial year as 2015/16 or a calendar year as 2019",
                mend="write it so, or give none for cash as paid",
            )

    @classmethod
    def from_pounds(cls, text: str, price_year: str | None = None) -> Self:
        """Reads "1234.5", "£1,234.50" or "-£3": one decimal is tens of pence. Refuses fractions of a penny."""
        found = _POUNDS.fullmatch(text.strip())
        if found is None:
            raise MoneyError(
                what="An amount cannot be read",
                record=repr(text),
                expected="pounds, with at most two decimals and commas between thousands, as £1,234.50",
                mend="write the amount so",
            )
        sign, pounds, pence = found.groups(default="")
        whole = int(pounds.replace(",", "")) * 100 + int(pence.ljust(2, "0"))
        return cls(pence=-whole if sign else whole, price_year=price_year)

    def __str__(self) -> str:
        pounds, pence = divmod(abs(self.pence), 100)
        return f"{'-' if self.pence < 0 else ''}£{pounds:,}.{pence:02d}"

    def __add__(self, other: "Money") -> "Money":
        return Money(pence=self.pence + self._alike(other), price_year=self.price_year)

    def __sub__(self, other: "Money") -> "Money":
        return Money(pence=self.pence - self._alike(other), price_year=self.price_year)

    def __mul__(self, number: int) -> "Money":
        return Money(pence=self.pence * number, price_year=self.price_year)

    def __neg__(self) -> "Money":
        return self * -1

    def __lt__(self, other: "Money") -> bool:
        return self.pence < self._alike(other)

    def __le__(self, other: "Money") -> bool:
        return self.pence <= self._alike(other)

    def _alike(self, other: "Money") -> int:
        """The pence of the other amount; refuses one of another price year."""
        if self.price_year != other.price_year:
            raise MoneyError(
                what="Amounts in the prices of different years cannot be put together",
                record=f"{self} ({self.price_year or 'cash'}) and {other} ({other.price_year or 'cash'})",
                expected="one price year",
                mend="uprate one of them first",
            )
        return other.pence


def _is_price_year(text: str) -> bool:
    if not _PRICE_YEAR.fullmatch(text):
        return False
    return len(text) == 4 or (int(text[:4]) + 1) % 100 == int(text[5:])
