"""From a person's history to the inputs of OGRS3, on any day."""

from datetime import date, timedelta
from math import exp, log

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughcare.core.errors import UserError
from throughcare.rules.history import DISPOSALS, SENTENCES, inputs_as_at, inputs_at
from throughcare.rules.ogrs3 import score

CONVICTIONS = {
    "person": pl.String,
    "convicted_on": pl.Date,
    "committed_on": pl.Date,
    "offence_code": pl.String,
    "principal": pl.Boolean,
    "disposal": pl.String,
}
SENTENCED = {
    "person": pl.String,
    "imposed_on": pl.Date,
    "kind": pl.String,
    "released_on": pl.Date,
    "release_planned_on": pl.Date,
}
PEOPLE = {"person": pl.String, "sex": pl.String, "date_of_birth": pl.Date}

BURGLARY, ROBBERY, THEFT, ASSAULT = "02801", "03400", "03900", "00801"

# person, convicted on, committed on, offence, principal, disposal
HISTORY = """
Ann   2005-03-01  2005-01-01  00801  yes  caution
Ann   2008-05-10  2008-04-01  03900  no   conviction
Ann   2008-05-10  2008-04-01  02801  yes  conviction
Ann   2008-05-10  2008-04-02  00801  no   caution
Ann   2014-09-01  2014-08-01  03400  yes  conviction
Ben   2010-01-04  2009-12-01  03900  no   conviction
Ben   2010-01-04  2009-12-02  02801  no   conviction
Ben   2015-02-02  2015-01-01  00801  yes  caution
Cat   2015-01-01  2014-12-01  03900  yes  caution
Eve   2015-03-03  2015-02-01  03900  yes  conviction
"""

# person, imposed on, kind, released on, release planned on
SENTENCE_LIST = """
Ann   2008-05-10  community  -           -
Ann   2014-09-01  custody    2015-11-20  2015-12-24
Ben   2010-01-04  fine       -           -
"""

PEOPLE_LIST = """
Dan  M  1990-01-01
Cat  F  1995-05-05
Ben  M  1985-07-07
Ann  F  1988-02-29
Eve  F  -
"""


def table(text: str, schema: dict[str, type[pl.DataType]]) -> pl.DataFrame:
    """A frame from a table of words; "-" is not known, and yes or no is true or false."""
    told = {"-": None, "yes": "true", "no": "false"}
    rows = [[told.get(word, word) for word in line.split()] for line in text.strip().splitlines()]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(schema, pl.String), orient="row")
    return frame.with_columns(
        pl.col(name).str.to_date() if dtype == pl.Date else (pl.col(name) == "true" if dtype == pl.Boolean else name)
        for name, dtype in schema.items()
    )


def on(as_at: str, *, history: str = HISTORY, sentences: str = SENTENCE_LIST, people: str = PEOPLE_LIST) -> pl.DataFrame:
    return inputs_as_at(
        table(history, CONVICTIONS), table(sentences, SENTENCED), table(people, PEOPLE), as_at=date.fromisoformat(as_at)
    )


def person(name: str, inputs: pl.DataFrame) -> dict[str, object]:
    return inputs.row(by_predicate=pl.col("id") == name, named=True)


@pytest.mark.parametrize(
    ("as_at", "conviction", "followup", "first", "sanctions", "offence"),
    [
        ("2005-02-28", None, None, None, None, None),
        ("2005-03-01", None, None, "2005-03-01", 1, None),  # a caution is a sanction, and no conviction
        ("2008-05-09", None, None, "2005-03-01", 1, None),
        ("2008-05-10", "2008-05-10", "2008-05-10", "2005-03-01", 2, BURGLARY),  # three offences, one sanction
        ("2014-08-31", "2008-05-10", "2008-05-10", "2005-03-01", 2, BURGLARY),
        ("2014-09-01", "2014-09-01", "2015-12-24", "2005-03-01", 3, ROBBERY),  # in custody, release planned
        ("2015-11-19", "2014-09-01", "2015-12-24", "2005-03-01", 3, ROBBERY),  # released tomorrow: nobody knows yet
        ("2015-11-20", "2014-09-01", "2015-11-20", "2005-03-01", 3, ROBBERY),
        ("2016-06-01", "2014-09-01", "2015-11-20", "2005-03-01", 3, ROBBERY),
    ],
)
def test_ann_through_the_years(
    as_at: str, conviction: str | None, followup: str | None, first: str | None, sanctions: int | None, offence: str | None
):
    row = person("Ann", on(as_at))
    expected = [None if day is None else date.fromisoformat(day) for day in (conviction, followup, first)]
    assert [row[name] for name in ("conviction_date", "followup_date", "first_sanction_date")] == expected
    assert (row["sanctions"], row["offence_code"]) == (sanctions, offence)


def test_without_a_principal_offence_the_first_listed_is_the_current_one():
    assert person("Ben", on("2010-01-04"))["offence_code"] == THEFT


def test_a_caution_is_never_the_current_conviction_and_one_since_then_does_not_count():
    row = person("Ben", on("2015-02-02"))
    assert (row["conviction_date"], row["sanctions"]) == (date(2010, 1, 4), 1)
    assert person("Ann", on("2008-05-10"))["sanctions"] == 2, "a caution before it counts"


def test_the_result_is_what_the_score_takes_in_the_order_of_the_people():
    inputs = on("2015-06-01")
    assert inputs.columns == [
        "id", "sex", "date_of_birth", "conviction_date", "followup_date", "first_sanction_date", "sanctions",
        "offence_code",
    ]  # fmt: skip
    assert inputs["id"].to_list() == ["Dan", "Cat", "Ben", "Ann", "Eve"]
    assert inputs["offence_code"].dtype == pl.String


def test_somebody_without_a_conviction_or_a_date_of_birth_gets_a_reason():
    scored = score(on("2015-06-01"))
    errors = dict(scored.select("id", "error").iter_rows())
    assert errors == {
        "Dan": "MISSING_MANDATORY_INPUT:conviction_date followup_date sanctions age_at_first_sanction offence_code",
        "Cat": "MISSING_MANDATORY_INPUT:conviction_date followup_date offence_code",
        "Ben": "",
        "Ann": "",
        "Eve": "MISSING_MANDATORY_INPUT:date_of_birth",
    }


def followup(sentences: str, as_at: str = "2015-06-01") -> date:
    """Of a person convicted on 1 May 2015."""
    one = "Fay  2015-05-01  2015-04-01  03900  yes  conviction"
    row = person("Fay", on(as_at, history=one, sentences=sentences, people="Fay F 1990-01-01"))
    day = row["followup_date"]
    assert isinstance(day, date)
    return day


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        ("Fay 2015-05-01 community - -", "2015-05-01"),
        ("Fay 2015-05-01 suspended - -", "2015-05-01"),
        ("Fay 2015-05-01 fine - -", "2015-05-01"),
        ("Fay 2015-05-01 custody 2015-05-20 2015-05-25", "2015-05-20"),
        ("Fay 2015-05-01 custody 2015-06-01 -", "2015-06-01"),  # released on the day itself
        ("Fay 2015-05-01 custody 2015-06-02 -", "2015-06-01"),  # released tomorrow, not planned: the day itself
        ("Fay 2015-05-01 custody - 2015-09-01", "2015-09-01"),
        ("Fay 2015-05-01 custody - -", "2015-06-01"),
        # custody decides over a fine, and the later of two releases
        ("Fay 2015-05-01 fine - -\nFay 2015-05-01 custody 2015-05-20 -", "2015-05-20"),
        ("Fay 2015-05-01 custody 2015-05-20 -\nFay 2015-05-01 custody 2015-05-28 -", "2015-05-28"),
        ("Fay 2015-05-01 custody 2015-05-20 -\nFay 2015-05-01 custody - 2015-08-01", "2015-08-01"),
        # none on the current day: the day of the conviction
        ("Fay 2014-01-01 custody 2014-06-01 -", "2015-05-01"),
        ("Gil 2015-05-01 custody 2015-05-20 -", "2015-05-01"),
    ],
)
def test_followup_starts_when_the_person_could_reoffend(sentences: str, expected: str):
    assert followup(sentences) == date.fromisoformat(expected)


def test_ann_scored_by_hand():
    """27 at follow-up, 26 at the conviction, 17 at the first of three sanctions, robbery."""
    logit = 2.121705678 - 1.052777806 + 0.463062792 + 1.251124464 * log(3 / (10 + 26 - 17)) - 0.634795912
    (row,) = score(on("2016-06-01")).filter(pl.col("id") == "Ann").rows(named=True)
    assert row["ogrs3_2y"] == pytest.approx(1 / (1 + exp(-logit)), abs=1e-14)


@pytest.mark.parametrize(
    ("history", "sentences", "named"),
    [
        ("Hal - 2015-01-01 03900 yes conviction", "Hal 2015-01-01 fine - -", "convicted_on None"),
        ("Hal 2015-01-01 2015-01-01 03900 yes acquittal", "Hal 2015-01-01 fine - -", "'acquittal'"),
        ("Hal 2015-01-01 2015-01-01 03900 yes conviction", "Hal 2015-01-01 prison - -", "'prison'"),
        ("Hal 2015-01-01 2015-01-01 03900 yes conviction", "Hal - fine - -", "imposed_on None"),
    ],
)
def test_rows_that_cannot_be_counted_are_refused(history: str, sentences: str, named: str):
    with pytest.raises(UserError, match=named) as refused:
        on("2015-06-01", history=history, sentences=sentences, people="Hal M 1980-01-01")
    assert "person Hal" in str(refused.value)


AS_AT = date(2015, 6, 1)
names = st.sampled_from(["Dan", "Cat", "Ben", "Ann", "Eve"])
later = st.integers(1, 3000).map(lambda days: AS_AT + timedelta(days=days))
later_conviction = st.tuples(
    names, later, later, st.sampled_from([THEFT, ROBBERY, "?"]), st.booleans(), st.sampled_from(DISPOSALS)
)
later_sentence = st.tuples(names, later, st.sampled_from(SENTENCES), st.none() | later, st.none() | later)


@given(st.lists(later_conviction, max_size=8), st.lists(later_sentence, max_size=8), st.randoms())
def test_what_happens_later_changes_nothing(convictions, sentences, chance):
    def with_later(text, schema, rows):
        whole = pl.concat([table(text, schema), pl.DataFrame(rows, schema=schema, orient="row")])
        # Wherever the later rows stand, those known keep their order among themselves.
        places = sorted(chance.sample(range(whole.height), len(rows)))
        known = iter(range(whole.height - len(rows)))
        added = iter(range(whole.height - len(rows), whole.height))
        return whole[[next(added) if place in places else next(known) for place in range(whole.height)]]

    history = with_later(HISTORY, CONVICTIONS, convictions)
    all_sentences = with_later(SENTENCE_LIST, SENTENCED, sentences)
    inputs = inputs_as_at(history, all_sentences, table(PEOPLE_LIST, PEOPLE), as_at=AS_AT)
    assert inputs.equals(on(AS_AT.isoformat()))


@given(st.none() | later)
def test_a_release_still_to_come_changes_nothing(released_on: date | None):
    sentences = table("Ann 2014-09-01 custody - -", SENTENCED).with_columns(released_on=pl.lit(released_on, pl.Date))
    inputs = inputs_as_at(table(HISTORY, CONVICTIONS), sentences, table(PEOPLE_LIST, PEOPLE), as_at=AS_AT)
    assert person("Ann", inputs)["followup_date"] == AS_AT


def test_nobody_and_no_history():
    nothing = on("2015-06-01", history="", sentences="", people="")
    assert nothing.height == 0
    known = on("2015-06-01", history="", sentences="")
    assert known["sanctions"].to_list() == [None] * 5
    assert set(score(known)["error"]) != {""}


MOMENTS = [("Ann", "2015-11-20"), ("Dan", "2010-01-01"), ("Ann", "2008-05-10"), ("Ben", "2014-12-31"), ("Ann", "2005-03-01"),
           ("Eve", "2016-01-01"), ("Ann", "2014-12-01"), ("Cat", "2016-01-01")]  # fmt: skip


def test_moments_are_worked_out_together_as_one_by_one():
    """A person on a day, in any order and several times, gets what the day alone gives."""
    facts = table(HISTORY, CONVICTIONS), table(SENTENCE_LIST, SENTENCED), table(PEOPLE_LIST, PEOPLE)
    moments = pl.DataFrame(MOMENTS, schema=["person", "as_at"], orient="row").with_columns(pl.col("as_at").str.to_date())
    together = inputs_at(*facts, moments=moments)
    assert together["id"].to_list() == list(range(len(MOMENTS)))
    one_by_one = [inputs_as_at(*facts, as_at=date.fromisoformat(d)).filter(pl.col("id") == who) for who, d in MOMENTS]
    assert together.drop("id").rows() == pl.concat(one_by_one).drop("id").rows()
    assert inputs_at(*facts, moments=moments.clear()).is_empty()


def test_somebody_whom_nobody_knows_has_no_inputs():
    facts = table(HISTORY, CONVICTIONS), table(SENTENCE_LIST, SENTENCED), table(PEOPLE_LIST, PEOPLE)
    moments = pl.DataFrame({"person": ["Fay"], "as_at": [date(2016, 1, 1)]})
    assert set(inputs_at(*facts, moments=moments).drop("id").row(0)) == {None}


def test_a_moment_refuses_what_cannot_be_counted_by_then():
    facts = table(HISTORY, CONVICTIONS).with_columns(disposal=pl.lit("acquittal")), table(SENTENCE_LIST, SENTENCED)
    moments = pl.DataFrame({"person": ["Ann"], "as_at": [date(2016, 1, 1)]})
    with pytest.raises(UserError, match="cannot be counted"):
        inputs_at(*facts, table(PEOPLE_LIST, PEOPLE), moments=moments)
