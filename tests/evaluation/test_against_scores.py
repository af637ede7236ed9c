"""People against their own scores: who is a member on the day of the index, the gates, what is found of them and of others."""

import json
from datetime import date, timedelta

import pytest

from tests.evaluation.conftest import AT, DAY, evaluators, text_of
from throughcare.casework.cohort.actions import accept, propose
from throughcare.casework.pilot import current_pilot
from throughcare.evaluation import actions
from throughcare.evaluation.readiness import readiness
from throughcare.evaluation.rows import made
from throughcare.stats.any_study import parse_any
from throughcare.stats.mistakes import ProtocolError

TEXT = """[study]
title = "Do members reoffend less than their scores predict?"

[rows]
kind = "people"
since = 2016-04-25
until = 2017-04-01
treated = "membership"
expected = 200
least = 0.1

[copy]
key_holder = "The evaluator"
keep_until = 2027-04-01

[[outcome]]
name = "reoffended"
kind = "binary"
words = "committed a proven reoffence within a one-year period"

[design]
method = "predicted"
"""
BEFORE, INDEX = date(2016, 6, 1), date(2016, 6, 10)
AGAIN = {"again": [("2016-09-01", "2016-10-01")]}


def joined(who: dict[str, int], on: dict[str, date]) -> None:
    """Those named are members from their days on."""
    for proposal in propose(by="test", as_at=BEFORE):
        name = next((name for name, number in who.items() if number == proposal.person_id), "")
        if name in on:
            accept(by="test", proposal=proposal, reason="so", on=on[name])


def test_treated_is_who_was_a_member_on_the_day_of_the_index(store):
    """The table: joined when, relative to the index of 10 June 2016; member from; treated."""
    table = [
        ("the day before", INDEX - timedelta(1), date(2016, 6, 9), 1), ("the day itself", INDEX, INDEX, 1),
        ("the day after", INDEX + timedelta(1), None, 0), ("never", None, None, 0),
    ]  # fmt: skip
    who = store({name: {} for name, *_ in table})
    joined(who, {name: on for name, on, *_ in table if on})
    protocol, _ = parse_any(TEXT, name="p")
    found = {row["person"]: row for row in made(protocol, as_at=DAY, pilot=current_pilot()).frame.to_dicts()}
    told = [(name, found[who[name]]["member_on"], found[who[name]]["treated"]) for name, *_ in table]
    assert told == [(name, since, treated) for name, _, since, treated in table]
    assert {row["clock_on"] for row in found.values()} == {INDEX} and {row["why_out"] for row in found.values()} == {""}


def planted(store, *, members: int, others: int, others_again: float) -> None:
    """Members none of whom reoffends, and others of whom so large a share does, the score being some 70%."""
    again = round(others * others_again)
    told = {f"M{n}": {} for n in range(members)} | {f"O{n}": AGAIN if n < again else {} for n in range(others)}
    joined(store(told), {f"M{n}": BEFORE for n in range(members)})


def ran(as_at: date = DAY) -> dict:
    study = actions.register(by="evaluator", text=TEXT, slug="scores", at=AT)
    actions.freeze(by="evaluator", study=study, as_at=as_at, at=AT)
    actions.add_outcomes(by="evaluator", study=study, as_at=as_at, at=AT)
    made_, _ = actions.run(by="evaluator", study=study, as_at=as_at, at=AT)
    return json.loads(made_.results)


def test_fewer_than_predicted_is_told_where_the_score_holds_among_the_others(store):
    planted(store, members=60, others=40, others_again=0.7)
    found = ran()
    (answer,) = found["estimates"]
    (expected,) = (row["expected"] for row in found["table"])
    assert (answer["verdict"], answer["treated"], answer["treated_value"]) == ("lower", 60, 0)
    assert answer["compared_value"] == pytest.approx(expected / 60) and 0.5 < answer["compared_value"] < 0.9
    checks = {each["check"]: each for each in found["checks"]}
    assert checks["does the prediction hold here"]["passed"] is True
    assert checks["does the prediction hold here"]["figures"]["people"] == 40


def test_where_nobody_else_reoffends_either_it_is_the_score_that_is_wrong(store):
    planted(store, members=60, others=40, others_again=0.0)
    (answer,) = ran()["estimates"]
    assert answer["ci_high"] < 0 and answer["verdict"] == "not determined"


def test_too_few_or_too_early_is_refused_and_described(store):
    """The follow-up of 10 June 2016 and the wait after it are over on 10 December 2017."""
    planted(store, members=3, others=2, others_again=1.0)
    early = date(2017, 12, 9)
    study = actions.register(by="evaluator", text=TEXT.replace("2016-04-25", "2016-04-26"), slug="early", at=AT)
    shut = {gate.name: gate for gate in readiness(study.versions.get(), early).gates}
    assert {name: gate.open for name, gate in shut.items()} == {"treated": False, "completeness": True, "follow-up": False}
    assert (shut["treated"].missing, str(shut["follow-up"].ready_on)) == ("57 more", "2017-12-10")
    found = ran()
    assert (found["estimates"], [each["gate"] for each in found["refused"]]) == ([], ["treated"])
    assert found["table"] == [{"people": 3, "seen": 0.0, "expected": pytest.approx(2.1, abs=0.6), "ratio": 0.0}]


def test_the_least_that_could_be_found_needs_no_compared(store):
    """A binomial share against a known one: of 60 at the score's mean, by Fleiss with any number compared."""
    planted(store, members=6, others=1, others_again=0.0)
    study = actions.register(by="evaluator", text=TEXT, slug="scores", at=AT)
    state = readiness(study.versions.get(), DAY)
    now, later = state.power
    assert (now.treated, later.treated) == (6, 200) and later.least is not None
    share = later.base / 100
    drop = later.least / 100
    spread = 1.959964 * (share * (1 - share)) ** 0.5 + 0.841621 * ((share - drop) * (1 - share + drop)) ** 0.5
    assert spread / 200**0.5 == pytest.approx(drop, abs=1e-4)


WRONG = [
    ("a landmark", TEXT.replace('treated = "mem', 'landmark = 30\ntreated = "mem'), "whatever was done"),
    ("another outcome", TEXT.replace('"reoffended"', '"breaches"'), 'name = "reoffended"'),
    ("cases", TEXT.replace('"people"', '"cases"').replace('treated = "membership"\n', ""), "cases have no prediction"),
    ("another design", TEXT.replace('"predicted"', '"differences"'), "write [match] in the place of [design]"),
    ("a column of a file", TEXT + 'predicted = "score"\n', "the service makes it"),
    ("nobody holds the key", TEXT.replace('key_holder = "The evaluator"\n', ""), "needs key_holder"),
    ("services too", TEXT.replace('treated = "mem', 'services = ["mentoring"]\ntreated = "mem'), "names no services"),
    ("a key of other rows", TEXT.replace("expected = 200", 'group = "Burglary"'), "rows.group is not a key"),
    ("no window", TEXT.replace("since = 2016-04-25\n", ""), "rows.since is missing"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "text", "said"), WRONG, ids=[each[0] for each in WRONG])
def test_a_mistake_is_told_by_its_place(what, text, said):
    with pytest.raises(ProtocolError) as refused:
        parse_any(text, name="p.toml")
    assert said in str(refused.value)


def test_the_pages_say_who_is_held_against_what(store):
    planted(store, members=3, others=2, others_again=1.0)
    browser = evaluators()
    asked = {"name": "scores", "text": TEXT, "seen": "no"}
    assert "people, index from 2016-04-25 to before 2017-04-01" in text_of(browser.post("/studies/new/", asked))
    browser.post("/studies/new/", {**asked, "send": "yes"})
    ready = text_of(browser.get("/studies/scores/readiness/"))
    assert "3 treated and 2 others, among whom it is tested whether the scores hold" in ready
    assert "a score has no error of its own here" in ready
    for do in ("freeze", "match"):
        assert browser.post("/studies/scores/data/", {"do": do, "send": "yes"}).status_code == 302
    found = browser.post("/studies/scores/data/", {"do": "run", "send": "yes"})
    page = text_of(browser.get(found.headers["Location"]))
    assert "No effect can be told. 3 people were treated; a study needs 60." in page and "Description: not an effect" in page
    assert "Run: description only" in text_of(browser.get("/studies/"))
