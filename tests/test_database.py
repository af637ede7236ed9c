"""The store that the tests run on is the one that they were told to run on."""

import pytest
from django.db import connection


@pytest.mark.postgres
@pytest.mark.django_db
def test_postgres_is_the_version_that_is_supported():
    assert connection.pg_version // 10_000 == 16


@pytest.mark.django_db
def test_a_transaction_is_rolled_back_whole_when_its_block_fails():
    from django.db import transaction

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE trial (id integer)")
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            cursor.execute("INSERT INTO trial VALUES (1)")
            raise ZeroDivisionError
        cursor.execute("SELECT id FROM trial")
        assert cursor.fetchall() == []
