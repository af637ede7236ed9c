"""Whatever is linked, decided and undone: nothing is lost or doubled, and every fact is where its number is."""

from random import Random

import pytest

from tests.casework.linking.conftest import record
from throughcare.casework.audit.queries import verify
from throughcare.casework.imports.models import Fact, SourceRow
from throughcare.casework.linking import errors
from throughcare.casework.linking.actions import join, keep_apart, link, part, undo
from throughcare.casework.linking.models import Comparison, Verdict
from throughcare.casework.linking.queries import questions
from throughcare.casework.people.models import AgencyRecord, Identifier, Person

MEN = {"A": "Tavik Brellan 1990-02-03 M", "B": "Oren Velska 1971-11-12 M", "C": "Danel Okwabira 1985-05-05 M"}
ISSUES = {"nps": "crn", "police": "pnc", "prison": "prison"}
KNOWS = {"nps": ("crn", "pnc", "cro", "prison"), "police": ("pnc", "cro"), "prison": ("prison", "pnc", "cro")}


def fact_tables() -> list[type[Fact]]:
    """Every table of facts about a person, hidden or not."""
    relations = Person._meta.get_fields(include_hidden=True)
    models = {r.related_model for r in relations if r.is_relation and r.auto_created and r.field.name == "person"}
    return sorted((m for m in models if issubclass(m, Fact) and m is not AgencyRecord), key=lambda m: m._meta.label)


def held() -> dict[str, int]:
    return {m._meta.label: m.objects.count() for m in [*fact_tables(), AgencyRecord, Identifier, SourceRow]}


def check_everything() -> None:
    live = set(Person.objects.filter(merged_into=None).values_list("pk", flat=True))
    owners = dict(Identifier.objects.values_list("pk", "person_id"))
    assert set(owners.values()) <= live, "a number belongs to somebody who does not redirect"
    assert set(AgencyRecord.objects.values_list("person_id", flat=True)) <= live
    assert set(Person.objects.exclude(merged_into=None).values_list("merged_into_id", flat=True)) <= live, "in one step"
    for model in fact_tables():
        for person, named_by in model.objects.exclude(source=None).values_list("person_id", "source__named_by"):
            assert owners[named_by] == person, f"{model._meta.label} is with its number"
    said = Verdict.objects.filter(undone_at=None, answer="apart").values_list("pairs__left__person", "pairs__right__person")
    assert all(one != other for one, other in said), "what was kept apart is apart"
    said = Verdict.objects.filter(undone_at=None, answer="same").values_list("pairs__left__person", "pairs__right__person")
    assert all(one == other for one, other in said), "what was joined is one"
    for pair in Comparison.objects.filter(joined=True).select_related("left", "right"):
        assert pair.left.person_id == pair.right.person_id, "a tie holds two records of one person"


def rows(rng: Random, n: int) -> str:
    """A record of one of three men, now and then with another's number or a slip, and a fact that comes by its number."""
    agency, man = rng.choice(list(ISSUES)), rng.choice("ABC")
    who = MEN[man] if rng.random() < 0.7 else MEN[man].replace("e", "")
    told = {
        kind: man if rng.random() < 0.85 else rng.choice("ABC")
        for kind in KNOWS[agency]
        if rng.random() < 0.6 or kind == ISSUES[agency]
    }
    numbers = " ".join(f"{kind}={letter}" for kind, letter in told.items())
    by = told[ISSUES[agency]]
    fact = {"nps": f"order S{n} crn={by} 2015-05-0{1 + n % 9}", "police": f"arrest A{n} pnc={by} 2015-03-0{1 + n % 9}",
            "prison": f"spell H{n} prison={by} 2014-03-0{1 + n % 9}"}[agency]  # fmt: skip
    return f"{agency} {agency[:2].upper()}{n % 7} {who} {numbers}\n{fact}"


def decide(rng: Random) -> None:
    """Something that a person might do next; what is refused changes nothing."""
    everybody = sorted(set(AgencyRecord.objects.values_list("person_id", flat=True)))
    standing = list(Verdict.objects.filter(undone_at=None))
    try:
        match rng.choice(["join", "apart", "part", "undo", "link"]):
            case "join":
                join(by="test", people=tuple(rng.sample(everybody, 2)), reason="said so")
            case "apart":
                join_or_not = [(q.one.person, q.other.person) for q in questions()] or [tuple(rng.sample(everybody, 2))]
                keep_apart(by="test", people=rng.choice(join_or_not), reason="met both")
            case "part":
                somebody = rng.choice(everybody)
                records = list(AgencyRecord.objects.filter(person=somebody).values_list("pk", flat=True))
                part(by="test", person=somebody, records=rng.sample(records, 1), reason="another's")
            case "undo" if standing:
                undo(by="test", verdict=rng.choice(standing), reason="a mistake")
            case _:
                link(by="test", everything=True)
    except (errors.NothingToDecide, errors.DecidedOtherwise, ValueError):
        pass


@pytest.mark.parametrize("seed", [1, 2, pytest.param(3, marks=pytest.mark.slow), pytest.param(4, marks=pytest.mark.slow)])
def test_nothing_is_lost_or_doubled_whatever_is_done(world, seed):
    rng = Random(seed)
    for n in range(6):
        world(rows(rng, n))
        check_everything()
        before = held()
        decide(rng)
        check_everything()
        assert held() == before
    before, people = held(), dict(AgencyRecord.objects.values_list("pk", "person_id"))
    link(by="test", everything=True)
    assert held() == before
    assert dict(AgencyRecord.objects.values_list("pk", "person_id")) == people, "linking again changes nothing"
    assert verify().whole


def test_undoing_everything_from_the_last_gives_everybody_back(world):
    for letter in "ABC":
        police = f"police P{letter} {MEN[letter]} pnc={letter}\narrest A{letter} pnc={letter} 2015-03-02"
        world(f"nps N{letter} {MEN[letter]} crn={letter}\n{police}")
    before = dict(AgencyRecord.objects.values_list("pk", "person_id"))
    facts = {m: list(m.objects.order_by("pk").values_list("pk", "person_id")) for m in fact_tables()}
    one, two, three = (AgencyRecord.objects.get(pk=record(f"N{letter}")).person_id for letter in "ABC")
    decisions = [
        part(by="test", person=one, records=[record("PA")], reason="a"),
        join(by="test", people=(one, two), reason="b"),
        join(by="test", people=(one, three), reason="c"),
    ]
    check_everything()
    for verdict in reversed(decisions):
        undo(by="test", verdict=verdict, reason="back")
        check_everything()
    assert dict(AgencyRecord.objects.values_list("pk", "person_id")) == before
    assert {m: list(m.objects.order_by("pk").values_list("pk", "person_id")) for m in fact_tables()} == facts
