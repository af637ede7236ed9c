import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughcare.core.errors import MoneyError
from throughcare.core.money import Money


@pytest.mark.parametrize(
    ("text", "pence", "shown"),
    [
        ("1234.5", 123450, "£1,234.50"),
        ("£1,234.50", 123450, "£1,234.50"),
        (" 1250 ", 125000, "£1,250.00"),
        ("£3,200,000", 320000000, "£3,200,000.00"),
        ("0.07", 7, "£0.07"),
        ("0", 0, "£0.00"),
        ("-£3", -300, "-£3.00"),
        ("-0.05", -5, "-£0.05"),
    ],
)
def test_from_pounds(text: str, pence: int, shown: str) -> None:
    money = Money.from_pounds(text)
    assert money.pence == pence
    assert str(money) == shown


@pytest.mark.parametrize("text", ["", "£", "1.234", "1,23", "12,34.00", "1e3", "$5", "5 pounds", ".50", "--5", "nan"])
def test_refuses_what_is_not_pounds(text: str) -> None:
    with pytest.raises(MoneyError, match=r"as £1,234\.50"):
        Money.from_pounds(text)


@pytest.mark.parametrize("pence", [10.0, "10", True])
def test_never_a_float(pence: object) -> None:
    with pytest.raises(MoneyError, match="a whole number of pence"):
        Money(pence=pence)  # type: ignore[arg-type]


@pytest.mark.parametrize("year", ["2015/16", "1999/00", "2019"])
def test_price_years(year: str) -> None:
    assert Money.from_pounds("11320", year).price_year == year


@pytest.mark.parametrize("year", ["2015/17", "15/16", "not stated", "2015-16", ""])
def test_refuses_what_is_not_a_price_year(year: str) -> None:
    with pytest.raises(MoneyError, match="a financial year as 2015/16"):
        Money(pence=1, price_year=year)


def test_sums_in_one_price_year() -> None:
    robbery, rape = Money.from_pounds("11320", "2015/16"), Money.from_pounds("39360", "2015/16")
    assert robbery + rape == Money.from_pounds("50680", "2015/16")
    assert robbery - rape == Money.from_pounds("-28040", "2015/16")
    assert robbery * 3 == Money.from_pounds("33960", "2015/16")
    assert -robbery == Money.from_pounds("-11320", "2015/16")
    assert robbery < rape
    assert rape > robbery
    assert robbery <= robbery
    assert sum([rape], start=robbery) == robbery + rape


@pytest.mark.parametrize(("one", "other"), [("2015/16", "2017/18"), ("2015/16", None), (None, "2019")])
def test_refuses_to_mix_price_years(one: str | None, other: str | None) -> None:
    money, more = Money(pence=100, price_year=one), Money(pence=200, price_year=other)
    for put_together in (lambda: money + more, lambda: money - more, lambda: money < more, lambda: money <= more):
        with pytest.raises(MoneyError, match="uprate one of them first"):
            put_together()
    assert money != Money(pence=100, price_year=other)


@given(st.integers(-(10**12), 10**12))
def test_what_is_shown_reads_back(pence: int) -> None:
    money = Money(pence=pence)
    assert Money.from_pounds(str(money)) == money
