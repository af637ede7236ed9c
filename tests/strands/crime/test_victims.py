"""Victims of crime: pseudonyms alone, figures alone, rounded and small ones withheld from every audience."""

from datetime import date

import pytest

from tests.strands.conftest import PILOT_YEAR, figures_of
from throughcare.casework.imports.models import QuarantinedRow
from throughcare.casework.pilot import current_pilot
from throughcare.core.pilot import Period
from throughcare.measures.calculate import calculate
from throughcare.measures.victims import MEASURES as OF_MEMBERS
from throughcare.registry.parts import held_about, timeline
from throughcare.strands.crime.measures import MEASURES
from throughcare.strands.crime.models import VictimRecord

HEAD = "record_id | victim | crime | offence_group | recorded_on | borough | repeat | satisfaction\n"
PEOPLE = "record_id | person | surname\n1 | A | Brellan\n2 | B | Corran\n3 | C | Dunmore"


def rows(*told: tuple[str, int, str, str]) -> str:
    """crime, how many victims, repeat, satisfaction."""
    listed = [(crime, repeat, said) for crime, many, repeat, said in told for _ in range(many)]
    return HEAD + "\n".join(
        f"V{n} | {n:016x} | {crime} | Burglary | 2016-07-06 | Hackney | {repeat} | {said}"
        for n, (crime, repeat, said) in enumerate(listed)
    )  # fmt: skip


NO_PSEUDONYM = ["Brellan Tavik", "1979/0163001B", "X320741", "9f2c", "zz2c4e71a0b35d68", "tavik@example.org"]


@pytest.mark.parametrize("victim", NO_PSEUDONYM)
def test_what_is_no_pseudonym_is_refused(load, victim):
    load({"police-victims": f"{HEAD}a | {victim} | C1 | Burglary | 2016-07-06 | Hackney | no |\n"
                            "b | 9F2C4E71A0B35D68 | C1 | Burglary | 2016-07-06 | E09000012 | no |"}, faults=1)  # fmt: skip
    assert QuarantinedRow.objects.get().column == "victim"
    kept = VictimRecord.objects.get()
    assert (kept.victim, kept.borough) == ("9f2c4e71a0b35d68", "Hackney")


def test_what_is_counted_of_victims(load):
    load({"police-victims": rows(("C1", 11, "no", "satisfied"), ("C2", 9, "yes", "dissatisfied"), ("C3", 20, "no", ""))})
    assert figures_of(MEASURES, "victims.recorded") == {"Burglary": 40, "all": 40}
    assert figures_of(MEASURES, "victims.repeat") == {"Burglary": 25, "all": 25}  # 9 of 40, told as 10 of 40
    assert figures_of(MEASURES, "victims.satisfied") == {"all": 50}  # 11 of the 20 who were asked, told as 10


def test_small_numbers_are_withheld_whoever_asks(load):
    load({"police-victims": rows(("C1", 4, "no", ""))})
    (measure,) = [m for m in MEASURES if m.slug == "victims.recorded"]
    told = calculate(measure, pilot=current_pilot(), period=PILOT_YEAR, by=("borough",))
    assert {r.value for r in told if r.breakdown.get("borough") == "Hackney"} == {None}
    assert all(r.suppressed for r in told if not r.breakdown)
    assert {r.value for r in told if r.breakdown.get("borough") == "Camden"} == {0}  # none is not few


def test_what_is_withheld_cannot_be_worked_out_of_what_is_told(load):
    """20 in Hackney in June and 20 in July, 20 in Newham and 3 in Camden in July: all that is told leaves Camden 1, 2, 3 or 4."""
    listed = [("06-06", "Hackney", 20), ("07-06", "Hackney", 20), ("07-06", "Camden", 3), ("07-06", "Newham", 20)]
    told = [(on, borough) for on, borough, many in listed for _ in range(many)]
    lines = (f"V{n} | {n:016x} | C{n} | Burglary | 2016-{on} | {borough} | no |" for n, (on, borough) in enumerate(told))
    load({"police-victims": HEAD + "\n".join(lines)})
    (measure,) = [m for m in MEASURES if m.slug == "victims.recorded"]
    asked = [(PILOT_YEAR, by) for by in ((), ("month",), ("borough",), ("month", "borough"))]
    asked.append((Period(start=date(2016, 1, 1), end=date(2016, 7, 1)), ()))  # the same without July
    seen = {}
    for period, by in asked:
        for r in calculate(measure, pilot=current_pilot(), period=period, by=by):
            if r.group == "all":
                key = (period.end, tuple(sorted(r.breakdown.items())))
                assert seen.setdefault(key, r.value) == r.value  # the same cell is told alike, whatever is asked beside it
    of = {breakdown: value for (end, breakdown), value in seen.items() if end == PILOT_YEAR.end}
    borough = {name: of[(("borough", name),)] for name in ("Camden", "Hackney", "Newham", "Enfield")}
    assert borough == {"Camden": None, "Hackney": 40, "Newham": 20, "Enfield": 0}
    july = of[(("month", "2016-07"),)]
    # A count told as 5 n is any from 5 n - 2 to 5 n + 2: what is told of July less the others there, of all less the others.
    for whole, parts in ((july, (20, 20)), (of[()], (40, 20)), (of[()] - seen[(date(2016, 7, 1), ())], (20, 20))):
        slack = 2 * (len(parts) + 2)
        assert whole - sum(parts) - slack <= 1 and whole - sum(parts) + slack >= 4


# A is a member from 1 January to 1 August 2016, B is one from 1 January on; C never is.
EVENTS = """record_id | person | event | role | on
1 | A | C1 | arrested  | 2016-07-08
2 | B | C1 | charged   | 2016-07-09
3 | A | C2 | victim    | 2016-07-08
4 | C | C3 | convicted | 2016-07-08
5 | A | C1 | charged   | 2016-07-10"""


def test_victims_of_members_crimes_are_known_by_the_reference_of_an_event(load, join, person_id):
    victims = rows(("C1", 10, "no", ""), ("C2", 9, "no", ""), ("C3", 9, "no", ""), ("C4", 9, "no", ""))
    load({"nps-people": PEOPLE, "police-events": EVENTS, "police-victims": victims})
    join("A", start=date(2016, 1, 1), end=date(2016, 8, 1))
    join("B", start=date(2016, 1, 1))
    # C1 alone: A was a victim of C2, C no member, of C4 nothing is known. A and B were both in C1: its victims count once.
    assert figures_of(OF_MEMBERS, "victims.of_members") == {"Burglary": 10, "all": 10}
    assert figures_of(OF_MEMBERS, "victims.by_member") == {"Burglary": 20, "all": 20}


@pytest.mark.parametrize(("start", "end", "found"), [
    (date(2016, 7, 6), None, 10), (date(2016, 7, 7), None, 0), (date(2016, 1, 1), date(2016, 7, 6), 0),
    (date(2016, 1, 1), date(2016, 7, 7), 10),
], ids=["joined on the day", "joined after", "left on the day", "left after"])  # fmt: skip
def test_only_who_was_a_member_on_the_day_it_was_recorded(load, join, start, end, found):
    load({"nps-people": PEOPLE, "police-events": EVENTS, "police-victims": rows(("C1", 10, "no", ""))})
    join("A", start=start, end=end)
    assert figures_of(OF_MEMBERS, "victims.of_members")["all"] == found


def test_no_person_s_record_tells_of_a_victim(load, join, person_id):
    load({"nps-people": PEOPLE, "police-events": EVENTS, "police-victims": rows(("C1", 7, "no", ""))})
    join("A")
    told = [entry.words for entry in timeline(person_id("A"))]
    assert told and not any("victim" in words.lower() for words in told)
    assert held_about(person_id("A"))["crime"] == {}
