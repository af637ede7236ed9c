"""Eligibility for the cohort: the worked examples of the definitions as they stand, then each boundary by itself."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughcare.core.dates import months_before
from throughcare.core.pilot import Pilot
from throughcare.core.rounding import half_up
from throughcare.core.spans import Span
from throughcare.rules.eligibility.decide import MOVED_OUT, RISK, SENTENCE_ENDED, decided, eligible, holds, leaving
from throughcare.rules.eligibility.facts import Address, Facts, Offence, Supervision, held_since, next_turn, residence
from throughcare.rules.eligibility.risk import lapses_on, within
from throughcare.rules.pilot import load_pilot

D = date(2015, 12, 1)

EXAMPLES = """
| person | born       | home      | supervision                      | score | offence    | committed  | convicted  | member | outcome                                                               |
| A      | 1996-05-02 | Hackney   | licence                          | 81    |            |            |            | no     | join                                                                  |
| B      | 1971-05-02 | Camden    | community                        | 74    | burglary   | 2014-12-02 | 2015-03-10 | no     | join                                                                  |
| C      | 1971-05-02 | Camden    | community                        | 74    | burglary   | 2014-12-01 | 2015-03-10 | no     | not eligible: no offence of the groups named                          |
| D      | 1992-05-02 | Barnet    | licence                          | 92    |            |            |            | no     | not eligible: outside the area                                        |
| E      | 1997-12-02 | Newham    | community                        | 95    |            |            |            | no     | not eligible: will be 18; next change 2015-12-02                      |
| F      | 1985-05-02 | Enfield   | community until 2015-11-30       | 88    |            |            |            | yes    | leave: sentence ended from 2015-11-30                                 |
| G      | 1985-05-02 | Enfield   | licence                          | 60    | robbery    | 2014-11-30 | 2015-03-10 | yes    | leave: no longer meets the risk criterion from 2015-11-30             |
| H      | 1987-05-02 | Islington | custody                          | 85    |            |            |            | no     | join                                                                  |
| I      | 1987-05-02 | Islington | remand                           | 85    |            |            |            | no     | not eligible: remand alone is no supervision                          |
| J      | 1982-05-02 | Camden    | licence                          | 74.5  |            |            |            | no     | join                                                                  |
"""  # noqa: E501
# H is charged with a new robbery as well: a charge is not among the facts, so it plays no part.

GROUPS = {"robbery": "robbery", "burglary": "burglary_domestic"}


def rows(table: str) -> list[dict[str, str]]:
    header, *lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.strip().splitlines()]
    return [dict(zip(header, line, strict=True)) for line in lines]


def a_day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def span(start: str, end: str = "") -> Span:
    return Span(start=date.fromisoformat(start), end=a_day(end))


def facts_of(row: dict[str, str]) -> Facts:
    kind, _, until = row["supervision"].partition(" until ")
    running = Supervision(kind=kind, agency="NPS", office_borough="", span=span("2015-03-10", until))
    offence = Offence(
        group=GROUPS.get(row["offence"], ""), committed_on=a_day(row["committed"]), convicted_on=a_day(row["convicted"]) or D
    )
    return Facts(
        person=1,
        date_of_birth=a_day(row["born"]),
        addresses=(Address(borough=row["home"], span=span("2010-01-01")),),
        supervision=() if kind == "remand" else (running,),
        custody=(span("2015-11-01"),) if kind in {"remand", "custody"} else (),
        offences=(offence,) if row["offence"] else (),
        first_convicted_on=date(2013, 2, 1),
        percent_2y=int(half_up(float(row["score"]))),
    )


def order(start: str, end: str = "") -> Supervision:
    return Supervision(kind="community", agency="CRC", office_borough="", span=span(start, end))


def says(text: str, reasons: tuple[str, ...]) -> bool:
    return any(text in reason for reason in reasons)


@pytest.fixture(scope="module")
def pilot() -> Pilot:
    return load_pilot(Path(__file__).resolve().parents[2] / "pilots" / "gto-london-2016.toml")


@pytest.mark.parametrize("row", [pytest.param(row, id=row["person"]) for row in rows(EXAMPLES)])
def test_the_worked_examples(row, pilot):
    facts = facts_of(row)
    outcome, _, reason = row["outcome"].partition(": ")
    answer = eligible(facts, as_at=D, pilot=pilot)
    assert answer.met is (outcome == "join")
    if outcome == "not eligible":
        reason, _, change = reason.partition("; next change ")
        assert len(answer.reasons) == 1
        assert says(reason, answer.reasons)
        assert not change or answer.next_change_on == date.fromisoformat(change)
    if outcome == "leave":
        because, _, since = reason.partition(" from ")
        off = leaving(facts, as_at=D, pilot=pilot, off_rule=False)
        assert off.met
        assert (off.evidence["because"], off.evidence["holds_from"]) == (because, date.fromisoformat(since))
        assert off.reasons[0].startswith(because)


def someone(**changed: object) -> Facts:
    """A person who is eligible on D by the score; a test changes what it is about."""
    facts = facts_of(rows(EXAMPLES)[0])
    return replace(facts, **changed)


# Homes and stays as (borough or custody, start, end); the borough to which the person belongs on D, and by what.
HOMES = [
    ("lives there", [("Hackney", "2015-01-01", "")], "Hackney", "main address"),
    ("moved on the day itself", [("Hackney", "2015-01-01", "2015-12-01"), ("Barnet", "2015-12-01", "")],
     "Barnet", "main address"),
    ("moves tomorrow", [("Hackney", "2015-01-01", "2015-12-02"), ("Barnet", "2015-12-02", "")], "Hackney", "main address"),
    ("of no fixed abode", [("Barnet", "2014-01-01", "2015-01-01"), ("Hackney", "2015-01-01", "2015-06-01")],
     "Hackney", "last main address"),
    ("in prison, address given up", [("Hackney", "2015-01-01", "2015-06-01"), ("custody", "2015-05-20", "")],
     "Hackney", "last main address before custody"),
    ("in prison, release address already noted", [("Hackney", "2015-01-01", "2015-06-01"), ("custody", "2015-05-20", ""),
     ("Barnet", "2015-11-01", "")], "Hackney", "last main address before custody"),
    ("moved between two prisons", [("Hackney", "2015-01-01", ""), ("custody", "2015-05-20", "2015-07-01"),
     ("Barnet", "2015-06-20", ""), ("custody", "2015-07-01", "2016-07-01")], "Hackney", "last main address before custody"),
    ("in prison, first address known is later", [("custody", "2015-05-20", ""), ("Hackney", "2015-06-01", "")],
     "Hackney", "main address"),
    ("released today", [("Barnet", "2015-01-01", ""), ("custody", "2015-05-20", "2015-12-01"), ("Hackney", "2015-10-01", "")],
     "Hackney", "main address"),
    ("no address, an office", [("office Newham", "2015-01-01", "")], "Newham", "office that supervises"),
    ("no address, the office's order ended", [("office Newham", "2015-01-01", "2015-12-01")], "", ""),
    ("an address begins tomorrow", [("Hackney", "2015-12-02", "")], "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("spells", "borough", "by"), [pytest.param(*home[1:], id=home[0]) for home in HOMES])
def test_the_borough_a_person_belongs_to(spells, borough, by):
    offices = [(word.removeprefix("office "), start, end) for word, start, end in spells if word.startswith("office")]
    facts = Facts(
        person=1,
        addresses=tuple(
            Address(borough=word, span=span(start, end))
            for word, start, end in spells
            if word != "custody" and not word.startswith("office")
        ),
        custody=tuple(span(start, end) for word, start, end in spells if word == "custody"),
        supervision=tuple(Supervision(kind="licence", agency="CRC", office_borough=o, span=span(s, e)) for o, s, e in offices),
    )
    found = residence(facts, D)
    assert ((found.borough, found.by) if found else ("", "")) == (borough, by)


@pytest.mark.parametrize(
    ("as_at", "committed", "convicted", "counts"),
    [
        ("2015-12-01", "2014-12-02", "2015-12-01", True),
        ("2015-12-01", "2014-12-01", "2015-12-01", False),  # exactly 12 months is not within
        ("2015-12-01", "2015-12-01", "2015-12-01", True),  # committed and dealt with on the day
        ("2015-12-01", "2015-06-01", "2015-12-02", False),  # convicted tomorrow
        ("2015-12-01", "2015-12-02", "2015-12-01", False),  # committed after the day
        ("2015-12-01", "", "2015-03-01", False),  # day committed not known: never a guess
        ("2016-02-29", "2015-02-28", "2015-05-01", False),  # 12 months before 29 February is 28 February
        ("2016-02-29", "2015-03-01", "2015-05-01", True),
        ("2017-02-28", "2016-02-29", "2016-05-01", True),  # 12 months before is 28 February 2016
        ("2017-03-01", "2016-02-29", "2016-05-01", False),
    ],
)
def test_an_offence_within_twelve_months(pilot, as_at, committed, convicted, counts):
    told = pilot.criterion("risk")
    offence = Offence(group="robbery", committed_on=a_day(committed), convicted_on=date.fromisoformat(convicted))
    assert within(offence, date.fromisoformat(as_at), told) is counts


@given(committed=st.dates(date(2000, 1, 1), date(2030, 1, 1)), months=st.integers(1, 36))
def test_the_day_an_offence_lapses_is_the_first_on_which_it_is_too_old(committed, months):
    on = lapses_on(committed, months)
    assert months_before(on, months) >= committed
    assert months_before(on - timedelta(days=1), months) < committed


@pytest.mark.parametrize(
    ("score", "group", "met"),
    [(75, "", True), (74, "", False), (74, "robbery", True), (50, "burglary_other", True), (49, "robbery", False),
     (99, "", True), (60, "theft_non_motor", False), (None, "robbery", False)],
)  # fmt: skip
def test_the_bounds_of_the_score(pilot, score, group, met):
    offence = Offence(group=group, committed_on=date(2015, 6, 1), convicted_on=date(2015, 7, 1))
    facts = someone(percent_2y=score, offences=(offence,) if group else ())
    assert eligible(facts, as_at=D, pilot=pilot).met is met


near = st.dates(D - timedelta(days=400), D + timedelta(days=5))
lengths = st.none() | st.integers(1, 300)
spans = st.builds(lambda start, days: Span(start=start, end=days and start + timedelta(days=days)), near, lengths)
people = st.builds(
    Facts,
    person=st.just(1), date_of_birth=st.none() | st.dates(date(1997, 11, 1), date(1998, 1, 1)) | st.just(date(1980, 2, 29)),
    addresses=st.lists(st.builds(Address, borough=st.sampled_from(["Camden", "Barnet", ""]), span=spans), max_size=2).map(tuple),
    supervision=st.lists(st.builds(
        Supervision, kind=st.sampled_from(["custody", "licence", "community"]), agency=st.just("NPS"),
        office_borough=st.sampled_from(["Camden", ""]), span=spans), max_size=2).map(tuple),
    custody=st.lists(spans, max_size=1).map(tuple),
    offences=st.lists(st.builds(
        Offence, group=st.sampled_from(["robbery", "theft_non_motor"]), committed_on=st.none() | near, convicted_on=near),
        max_size=2).map(tuple),
    first_convicted_on=st.none() | near, percent_2y=st.none() | st.sampled_from([49, 50, 74, 75]),
)  # fmt: skip


@given(facts=people)
def test_whether_the_rule_holds_is_what_it_says_with_its_reasons(pilot, facts):
    assert holds(facts, as_at=D, pilot=pilot) is eligible(facts, as_at=D, pilot=pilot).met
    for told in pilot.criteria:
        alone = pilot.model_copy(update={"criteria": (told,)})
        assert holds(facts, as_at=D, pilot=alone) is eligible(facts, as_at=D, pilot=alone).met, told.slug


@pytest.mark.parametrize(
    ("what", "changed", "reason", "next_change"),
    [
        ("no date of birth", {"date_of_birth": None}, "no date of birth", None),
        ("born on 29 February", {"date_of_birth": date(1996, 2, 29)}, "was 18 on 1 March 2014", None),
        ("only cautioned", {"first_convicted_on": None}, "has no conviction", None),
        ("first convicted tomorrow", {"first_convicted_on": date(2015, 12, 2)}, "no conviction yet", date(2015, 12, 2)),
        ("first convicted today", {"first_convicted_on": D}, "first convicted on 1 December 2015", None),
        ("no score", {"percent_2y": None, "score_error": "NEED_DETAILS_OF_EXACT_OFFENCE"}, "NEED_DETAILS", None),
        ("order ends", {"supervision": (order("2015-01-01", "2016-03-01"),)},
         "on a community order, managed by CRC, until 1 March 2016", date(2016, 3, 1)),
        ("order follows order", {"supervision": (order("2015-01-01", "2016-03-01"), order("2016-03-01", "2016-09-01"))},
         "until 1 March 2016", date(2016, 9, 1)),
        ("order begins", {"supervision": (order("2016-01-05"),)}, "managed by neither NPS nor CRC", date(2016, 1, 5)),
    ],
)  # fmt: skip
def test_reasons_and_next_changes(pilot, what, changed, reason, next_change):
    answer = eligible(someone(**changed), as_at=D, pilot=pilot)
    assert says(reason, answer.reasons)
    assert answer.next_change_on == next_change


def test_the_next_change_of_a_robbery_is_the_day_it_is_twelve_months_old(pilot):
    robbery = Offence(group="robbery", committed_on=date(2015, 2, 3), convicted_on=date(2015, 3, 1))
    answer = eligible(someone(percent_2y=60, offences=(robbery,)), as_at=D, pilot=pilot)
    assert (answer.met, answer.next_change_on) == (True, date(2016, 2, 3))
    assert answer.evidence["committed_on"] == date(2015, 2, 3)


def test_not_eligible_until_the_last_criterion_holds(pilot):
    facts = someone(date_of_birth=date(1998, 1, 5), supervision=(order("2016-02-01"),))
    assert eligible(facts, as_at=D, pilot=pilot).next_change_on == date(2016, 2, 1)


def test_every_criterion_of_the_file_answers_for_itself(pilot):
    answers = decided(someone(date_of_birth=None), as_at=D, pilot=pilot)
    assert {slug: answer.met for slug, answer in answers.items()} == {
        "convicted": True, "adult": False, "resident": True, "supervised": True, "risk": True,
    }  # fmt: skip


ENDED = (order("2015-01-01", "2015-11-05"),)
AWAY = (
    Address(borough="Hackney", span=span("2010-01-01", "2015-09-10")),
    Address(borough="Barnet", span=span("2015-09-10", "2015-10-10")),
    Address(borough="Redbridge", span=span("2015-10-10")),
)


@pytest.mark.parametrize(
    ("what", "changed", "off_rule", "because", "since"),
    [
        ("moved out, by two steps", {"addresses": AWAY}, False, MOVED_OUT, date(2015, 9, 10)),
        ("moved out comes before sentence ended", {"addresses": AWAY, "supervision": ENDED}, False, MOVED_OUT, date(2015, 9, 10)),
        ("sentence ended comes before risk", {"supervision": ENDED, "percent_2y": 40}, False, SENTENCE_ENDED, date(2015, 11, 5)),
        ("score fell on release", {"percent_2y": 70, "score_since": date(2015, 11, 20)}, False, RISK, date(2015, 11, 20)),
        ("score fell below 50", {"percent_2y": 45, "score_since": date(2015, 8, 1)}, False, RISK, date(2015, 8, 1)),
        ("off the rule, moved out", {"addresses": AWAY, "percent_2y": 40}, True, MOVED_OUT, date(2015, 9, 10)),
        ("off the rule, sentence ended", {"supervision": ENDED, "percent_2y": 40}, True, SENTENCE_ENDED, date(2015, 11, 5)),
        ("conviction struck out", {"first_convicted_on": None}, False, "record corrected", D),
    ],
)  # fmt: skip
def test_reasons_to_leave_in_their_order(pilot, what, changed, off_rule, because, since):
    answer = leaving(someone(**changed), as_at=D, pilot=pilot, off_rule=off_rule)
    assert (answer.met, answer.evidence["because"], answer.evidence["holds_from"]) == (True, because, since)


@pytest.mark.parametrize(
    ("what", "changed", "off_rule"),
    [
        ("eligible still", {}, False),
        ("off the rule, whatever the score", {"percent_2y": 20}, True),
        ("off the rule, never supervised", {"supervision": (), "percent_2y": 20}, True),
    ],
)
def test_who_stays(pilot, what, changed, off_rule):
    assert not leaving(someone(**changed), as_at=D, pilot=pilot, off_rule=off_rule).met


@given(
    flips=st.lists(st.dates(date(2014, 1, 1), date(2017, 1, 1)), max_size=6, unique=True),
    as_at=st.dates(date(2014, 6, 1), date(2016, 6, 1)),
)
def test_since_when_and_until_when_an_answer_holds(flips, as_at):
    """An answer that turns over on each of these days, checked day by day."""

    def holds(on: date) -> bool:
        return sum(day <= on for day in flips) % 2 == 0

    since, change = held_since(flips, as_at, holds), next_turn(flips, as_at, holds)
    earlier, later = [day for day in flips if day <= as_at], [day for day in flips if day > as_at]
    assert change == min(later, default=None)
    assert since == (max(earlier) if len(earlier) > 1 or as_at in flips else min([*earlier, as_at]))


def test_off_rule_members_are_told_their_next_change(pilot):
    facts = someone(supervision=(order("2015-01-01", "2016-06-01"),))
    answer = leaving(facts, as_at=D, pilot=pilot, off_rule=True)
    assert answer.next_change_on == date(2016, 6, 1)
