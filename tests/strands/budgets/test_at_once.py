"""Two people at the same moment: the money is bound once. On SQLite and, in `make test-postgres`, on PostgreSQL."""

import pytest

from tests.at_once import in_a_new_store

# Pence of the first and of the second purchase (0: both approve the first), of £1,000; what comes of the two, and what is left.
AT_ONCE = [
    (60_000, 40_001, "NotEnoughMoney", {"40000", "59999"}),
    (100_000, 100_000, "NotEnoughMoney", {"0"}),
    (60_000, 0, "WrongStep", {"40000"}),
]


@pytest.mark.django_db  # so that it runs on PostgreSQL too
def test_the_last_pound_is_spent_once(tmp_path):
    pairs = [f"{first}+{second}" for first, second, _, _ in AT_ONCE]
    told = in_a_new_store("tests.strands.budgets.spend", *pairs, folder=tmp_path)
    for (_, _, refused, left), (*came, available) in zip(AT_ONCE, told, strict=True):
        assert came == [refused, "done"]
        assert available in left
