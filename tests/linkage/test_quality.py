"""The quality of a linkage against the truth: small tables with the answers beside them, and bias planted and not."""

from collections import Counter
from itertools import combinations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from throughcare.core.errors import UserError
from throughcare.linkage.quality import NoGroup, against_truth, disparities, share, wilson
from throughcare.linkage.quality_files import CellRefused, ColumnsMissing, NothingInCommon, StandsTwice


def table(text: str) -> pl.DataFrame:
    """A frame from lines of words, the first with the names; a dash is an empty cell."""
    names, *rows = [line.split() for line in text.strip().splitlines()]
    cells = [[None if cell == "-" else cell for cell in row] for row in rows]
    return pl.DataFrame(cells, schema=dict.fromkeys(names, pl.String), orient="row")


# Ann's third record lies with Bob's two; Cid is found exactly; P9 is in no truth, P7 and P8 were not linked.
PEOPLE = table("""
    source  record_id  person_id
    police  P1         1
    police  P2         1
    prison  P1         2
    police  P3         2
    prison  P3         2
    police  P4         3
    police  P9         4
""")
TRUTH = table("""
    source  record_id  true_person
    police  P1         Ann
    police  P2         Ann
    prison  P1         Ann
    police  P3         Bob
    prison  P3         Bob
    police  P4         Cid
    police  P7         Cid
    police  P8         Dot
""")


def test_pairs_of_the_small_table():
    found = against_truth(PEOPLE, TRUTH)
    assert found.true_pairs == 4  # three of Ann, one of Bob
    assert found.joined_pairs == 4  # one of person 1, three of person 2
    assert found.true_pairs_joined == 2  # P1 with P2, and Bob's
    assert (found.recall.value, found.precision.value) == (0.5, 0.5)
    assert found.asked is None


def test_people_of_the_small_table():
    found = against_truth(PEOPLE, TRUTH)
    assert (found.cluster_recall.hits, found.cluster_recall.of) == (1, 3)  # Cid, of Ann, Bob and Cid
    assert (found.cluster_precision.hits, found.cluster_precision.of) == (1, 3)
    assert (found.several.hits, found.several.of) == (0, 2)  # Ann and Bob have more than one record
    assert (found.split, found.merged) == (1, 2)  # Ann is split, she and Bob are merged


def test_records_that_are_in_one_file_alone_are_counted_and_not_dropped_in_silence():
    found = against_truth(PEOPLE, TRUTH)
    assert (found.records, found.not_linked, found.without_truth) == (6, 2, 1)
    assert found.pairs_out_of_reach == 1  # Cid's P4 with P7, which was not linked


def test_the_order_of_rows_and_the_kind_of_ids_play_no_part():
    numbered = PEOPLE.with_columns(pl.col("person_id").cast(pl.Int64)).reverse()
    assert against_truth(numbered, TRUTH.reverse()) == against_truth(PEOPLE, TRUTH)


PAIRS = table("""
    left_source  left_record_id  right_source  right_record_id  weight  decision
    police       P1              police        P2               20      joined
    police       P1              prison        P1               9       possible
    police       P2              police        P3               3       possible
    police       P4              police        P9               3       possible
    police       P1              police        P4               -4      apart
""")


def test_possible_pairs_show_what_recall_would_be_once_people_have_answered():
    asked = against_truth(PEOPLE, TRUTH, pairs=PAIRS).asked
    assert (asked.pairs, asked.same) == (2, 1)  # P9 is in no truth; of the others, Ann's is one person
    # Persons 1 and 2 become one of five records: all four true pairs are joined, and ten pairs in all.
    assert (asked.recall.hits, asked.recall.of) == (4, 4)
    assert (asked.precision.hits, asked.precision.of) == (4, 10)


def test_pairs_of_another_linkage_are_refused():
    other = PAIRS.with_columns(left_record_id=pl.lit("P77"))
    with pytest.raises(NothingInCommon, match="police P77"):
        against_truth(PEOPLE, TRUTH, pairs=other)


def test_a_group_is_the_most_frequent_value_of_a_person_of_equals_that_of_the_first_record():
    groups = table("""
        source  record_id  ethnicity
        police  P1         White
        police  P2         Black
        prison  P1         Black
        police  P3         White
        prison  P3         Asian
        police  P4         -
    """)
    found = {g.value: g for g in against_truth(PEOPLE, TRUTH, groups).groups}
    assert list(found) == ["Black", "White", "not known"]
    # True people: Ann is Black (two of three), Bob White (one of each, police before prison), Cid not known.
    assert {v: (g.people, g.recall.hits, g.recall.of) for v, g in found.items()} == {
        "Black": (1, 1, 3), "White": (1, 1, 1), "not known": (1, 0, 0),
    }  # fmt: skip
    # People as linked: 1 has White (P1) and Black (P2); 2 has White (police P3), Black and Asian.
    assert {v: (g.precision.hits, g.precision.of) for v, g in found.items()} == {
        "Black": (0, 0), "White": (2, 4), "not known": (0, 0),
    }  # fmt: skip
    assert found["not known"].recall.value is None


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_is_wilsons(hits, of, low, high):
    """Expected: Newcombe (1998), Statistics in Medicine 17, table I, method 3."""
    assert wilson(hits / of, of) == pytest.approx((low, high), abs=5e-5)


def test_pairs_of_one_person_do_not_count_as_independent():
    """Of two people with three pairs each, one is found whole and one not at all: as much as two tosses of a coin."""
    people = table("""
        source  record_id  person_id
        p       1          1
        p       2          1
        p       3          1
        p       4          2
        p       5          3
        p       6          4
    """)
    truth = people.select("source", "record_id", true_person=pl.Series(list("AAABBB")))
    found = against_truth(people, truth).recall
    assert (found.hits, found.of, found.effective) == (3, 6, 2.0)
    assert (found.low, found.high) == wilson(0.5, 2)


def test_a_share_of_nothing_is_not_known():
    assert share(0, 0).value is None


RECORDS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.sampled_from(["M", "F", None])), min_size=1, max_size=14)


@settings(max_examples=60, deadline=None)
@given(RECORDS)
def test_counts_equal_those_of_listing_every_pair(records):
    ids = {"source": ["s"] * len(records), "record_id": [f"{i:02}" for i in range(len(records))]}
    people = pl.DataFrame(ids | {"person_id": [r[0] for r in records]})
    truth = pl.DataFrame(ids | {"true_person": [r[1] for r in records]})
    groups = pl.DataFrame(ids | {"sex": pl.Series([r[2] for r in records], dtype=pl.String)})
    found = against_truth(people, truth, groups)
    every = list(combinations(records, 2))
    joined, true = [p for p in every if p[0][0] == p[1][0]], [p for p in every if p[0][1] == p[1][1]]
    both = [p for p in joined if p in true and p[0][1] == p[1][1]]
    assert (found.joined_pairs, found.true_pairs, found.true_pairs_joined) == (len(joined), len(true), len(both))
    assert found.precision.hits == len(both)
    for side, pairs, measure in ((0, joined, "precision"), (1, true, "recall")):
        people_of = {person: [r[2] for r in records if r[side] == person] for person in {r[side] for r in records}}
        sexes = {person: most_frequent(told) for person, told in people_of.items()}
        listed = Counter(sexes[p[0][side]] for p in pairs)
        assert {g.value: getattr(g, measure).of for g in found.groups if getattr(g, measure).of} == dict(listed)


def most_frequent(values: list[str | None]) -> str:
    told = Counter(v for v in values if v)  # of equals, the first met
    return told.most_common(1)[0][0] if told else "not known"


def world(seed: int, *, missed: dict[str, float], merged: dict[str, float], people: int = 1500) -> tuple[pl.DataFrame, ...]:
    """People of two to six records. Of a group, a share `missed` has half of the records split off; a share `merged` is put
    together with the person after, whatever the group.
    """
    random = np.random.default_rng(seed)
    of = random.choice(["Asian", "Black", "White"], size=people, p=[0.2, 0.3, 0.5])
    rows, before = [], None
    for person, group in enumerate(map(str, of)):
        number = int(random.integers(2, 7))
        split = random.random() < missed.get(group, missed["other"])
        cluster = before if before is not None else f"{person}"
        before = cluster if random.random() < merged.get(group, merged["other"]) else None
        sex = str(random.choice(["F", "M"]))
        of_now = [f"{person}b" if split and k >= number / 2 else cluster for k in range(number)]
        rows += [(f"{person}-{k}", f"{person}", of_now[k], group, sex) for k in range(number)]
    frame = pl.DataFrame(rows, schema=["record_id", "true_person", "person_id", "ethnicity", "sex"], orient="row")
    frame = frame.with_columns(source=pl.lit("police"))
    ids = ["source", "record_id"]
    return frame.select(*ids, "person_id"), frame.select(*ids, "true_person"), frame.select(*ids, "ethnicity", "sex")


def named(seed: int, *, missed: dict[str, float], merged: dict[str, float]) -> list[tuple[str, str, str]]:
    return [(d.measure, d.column, d.value) for d in disparities(against_truth(*world(seed, missed=missed, merged=merged)))]


@pytest.mark.parametrize("seed", range(5))
def test_a_planted_bias_of_recall_is_found_in_that_group_alone(seed):
    found = named(seed, missed={"Black": 0.15, "other": 0.03}, merged={"other": 0.0})
    assert found[0] == ("recall", "ethnicity", "Black")
    assert [f for f in found if f[1] == "ethnicity"] == found[:1]


@pytest.mark.parametrize("seed", range(5))
def test_a_planted_bias_of_precision_is_found(seed):
    assert ("precision", "ethnicity", "Black") in named(seed, missed={"other": 0.0}, merged={"Black": 0.2, "other": 0.01})


def test_where_no_bias_was_planted_none_is_found():
    """Splits and merges fall on people, many pairs at once: a test that took pairs for independent would cry out."""
    found = [named(seed, missed={"other": 0.05}, merged={"other": 0.02}) for seed in range(30)]
    assert sum(map(bool, found)) <= 1


def test_people_merged_at_random_show_no_bias_by_the_alphabet():
    """Two records each, so that F and M merged are equal: always F, were it the alphabet, and F would seem merged more."""
    number, random = 4000, np.random.default_rng(3)
    sex = random.choice(["F", "M"], size=number)
    partner = {2 * k + 1: 2 * k for k in range(number // 2) if random.random() < 0.1}
    rows = [(f"{person}-{k}", person, partner.get(person, person), sex[person]) for person in range(number) for k in (1, 2)]
    frame = pl.DataFrame(rows, schema=["record_id", "true_person", "person_id", "sex"], orient="row")
    frame = frame.with_columns(source=pl.lit("s"))
    assert disparities(against_truth(frame, frame, frame.select("source", "record_id", "sex"))) == []


def test_a_small_group_with_one_miss_is_not_named():
    """One of three against 5 of 1,003: the normal test would name it."""
    ids = pl.DataFrame({"source": "s", "record_id": [f"{k}" for k in range(2012)]}).with_row_index("k")
    person, second = pl.col("k") // 2, pl.col("k") % 2 == 1
    missed = person.is_in([0, 10, 100, 200, 300, 400]) & second
    people = ids.with_columns(person_id=pl.when(missed).then(-person.cast(pl.Int64) - 1).otherwise(person))
    truth, groups = ids.with_columns(true_person=person), ids.drop("k").with_columns(
        borough=pl.when(pl.Series(range(2012)) < 6).then(pl.lit("Barnet")).otherwise(pl.lit("Brent"))
    )
    found = against_truth(people, truth, groups)
    assert [(g.value, g.recall.hits, g.recall.of) for g in found.groups] == [("Barnet", 2, 3), ("Brent", 998, 1003)]
    assert disparities(found) == []


DOUBLE = pl.concat([PEOPLE, PEOPLE.head(1)])
GROUPS = TRUTH.select("source", "record_id", sex=pl.lit("M"))
REFUSED = [
    ("a column is missing", PEOPLE.drop("person_id"), TRUTH, None, ColumnsMissing, "person_id"),
    ("a person is empty", PEOPLE, TRUTH.with_columns(true_person=pl.lit("")), None, CellRefused, "police P1"),
    ("a record stands twice", DOUBLE, TRUTH, None, StandsTwice, "police P1"),
    ("no record in common", PEOPLE, TRUTH.with_columns(source=pl.col("source") + "-x"), None, NothingInCommon, "police P1"),
    ("no group in common", PEOPLE, TRUTH, GROUPS.with_columns(source=pl.col("source") + "-x"), NothingInCommon, "police-x P1"),
    ("a group record stands twice", PEOPLE, TRUTH, pl.concat([GROUPS, GROUPS.head(1)]), StandsTwice, "police P1"),
]


@pytest.mark.parametrize(("case", "people", "truth", "groups", "error", "names"), REFUSED, ids=[r[0] for r in REFUSED])
def test_what_cannot_be_right_is_refused_with_the_record(case, people, truth, groups, error, names):
    with pytest.raises(error, match=names) as refused:
        against_truth(people, truth, groups)
    assert isinstance(refused.value, UserError)


def test_a_column_of_names_is_no_group():
    ids = pl.DataFrame({"source": "s", "record_id": [str(k) for k in range(51)]})
    people, truth, names = (ids.with_columns(pl.col("record_id").alias(name)) for name in ("person_id", "true_person", "surname"))
    with pytest.raises(NoGroup, match="surname"):
        against_truth(people, truth, names)
