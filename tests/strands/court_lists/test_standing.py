"""Whatever the order in which versions come, doubled or in bursts: the one issued last stands, and no earlier one comes back."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strands.court_lists.conftest import DAY
from throughcare.strands.courts.lists.queries import as_it_stands
from throughcare.strands.courts.lists.standing import standing

START = datetime(2016, 6, 13, 12, tzinfo=UTC)
HEAD = "record_id | reference | version | court | sits_on | at | forenames | surname | withdrawn | names"


@dataclass(frozen=True)
class Came:
    reference: str
    version: datetime
    received_at: datetime
    pk: int


VERSIONS = st.lists(st.tuples(st.sampled_from("ABC"), st.integers(0, 6)), max_size=12)


@given(VERSIONS, st.randoms(use_true_random=False))
def test_the_version_issued_last_stands_in_every_order(issued, order):
    shuffled = issued * 2
    order.shuffle(shuffled)
    came = [Came(r, START + timedelta(hours=v), START + timedelta(days=1, minutes=n), n) for n, (r, v) in enumerate(shuffled)]
    stand = standing(came)
    assert {r: each.version for r, each in stand.items()} == {
        r: START + timedelta(hours=max(v for each, v in issued if each == r)) for r in {r for r, _ in issued}
    }


@given(VERSIONS)
def test_what_stands_never_goes_back(issued):
    came = [Came(r, START + timedelta(hours=v), START + timedelta(days=1, minutes=n), n) for n, (r, v) in enumerate(issued)]
    before: dict[str, datetime] = {}
    for number in range(len(came) + 1):
        now = {r: each.version for r, each in standing(came[:number]).items()}
        assert all(now[r] >= version for r, version in before.items())
        before = now


VERSION = {
    "first": "T1/1 | T1 | 2016-06-13T17:58:00+01:00 | Thames | 2016-06-14 | 10:00 | Tavik | Brelan | no | ",
    "named": "T1/2 | T1 | 2016-06-14T07:10:00+01:00 | Thames | 2016-06-14 | 10:00 | Tavik | Brellan | no | ",
    "moved": "T1/3 | T1 | 2016-06-14T07:30:00+01:00 | Thames | 2016-06-14 | 11:30 | Tavik | Brellan | no | ",
    "gone": "T1/4 | T1 | 2016-06-14T07:40:00+01:00 | Thames | 2016-06-14 | 11:30 | Tavik | Brellan | yes | ",
    "other day": "T1/5 | T1 | 2016-06-14T07:50:00+01:00 | Thames | 2016-06-21 | 10:00 | Tavik | Brellan | no | ",
}
STANDS = [
    (("first",), [("Brelan", "10:00")]), (("first", "named"), [("Brellan", "10:00")]),
    (("first", "named", "moved"), [("Brellan", "11:30")]), (("first", "moved", "gone"), []), (("first", "other day"), []),
    (("gone", "other day"), []),
]  # fmt: skip


@pytest.mark.parametrize(("versions", "stands"), STANDS, ids=lambda value: "+".join(map(str, value)))
def test_the_list_is_the_same_in_every_order_of_arrival(load, versions, stands):
    for order in permutations(versions):
        for each in (*order, *order):  # each file comes twice
            load("court-hearings", f"{HEAD}\n{VERSION[each]}")
        assert [(e.surname, f"{e.at:%H:%M}") for e in as_it_stands("Thames", DAY)] == stands
        if order != tuple(permutations(versions))[-1]:
            from django.db import connection  # the next order begins with nothing loaded

            with connection.cursor() as cursor:
                for table in ("courts_hearing", "courts_listreceived"):
                    cursor.execute(f"DELETE FROM {table}")
                cursor.execute("DELETE FROM imports_sourcerow WHERE feed = 'court-hearings'")


def test_a_burst_in_one_file_is_as_one_by_one(load):
    load("court-hearings", "\n".join([HEAD, *(VERSION[each] for each in ("moved", "first", "named"))]))
    assert [(e.surname, f"{e.at:%H:%M}") for e in as_it_stands("Thames", DAY)] == [("Brellan", "11:30")]


def test_an_entry_moved_to_another_day_is_on_that_day_s_list(load):
    load("court-hearings", "\n".join([HEAD, VERSION["other day"], VERSION["first"]]))
    assert [e.reference for e in as_it_stands("Thames", DAY + timedelta(days=7))] == ["T1"]


def test_a_record_id_is_of_one_version_for_good(load):
    load("court-hearings", f"{HEAD}\n{VERSION['named']}")
    older = VERSION["first"].replace("T1/1", "T1/2")
    assert load("court-hearings", f"{HEAD}\n{older}").quarantined == 1
    assert [e.surname for e in as_it_stands("Thames", DAY)] == ["Brellan"]


def test_a_time_that_is_none_waits_for_correction_and_the_rest_is_loaded(load):
    wrong = VERSION["moved"].replace("11:30", "noon").replace("T1/3 | T1", "T9/1 | T9")
    outcome = load("court-hearings", f"{HEAD}\n{VERSION['first']}\n{wrong}")
    assert (outcome.new, outcome.quarantined) == (1, 1)
