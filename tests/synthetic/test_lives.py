"""Synthetic lives: what must be true of every one of them, and how sentences and orders are laid out in time."""

import re
from datetime import date
from itertools import pairwise
from random import Random

import pytest

from throughcare.core.dates import completed_years
from throughcare.core.identifiers import parse_asn, parse_cro, parse_pnc
from throughcare.rules.ogrs3 import OFFENCE_GROUPS
from throughcare.rules.ogrs3.offences import offence_map
from throughcare.synthetic.lives import Life
from throughcare.synthetic.lives_build import make_life
from throughcare.synthetic.lives_career import Obligation, Stay
from throughcare.synthetic.lives_offences import ACQUISITIVE_CODES, KINDS, PROFILES
from throughcare.synthetic.lives_sentencing import sentence
from throughcare.synthetic.lives_spells import addresses, custody, supervision
from throughcare.synthetic.names import forenames, surname
from throughcare.synthetic.population import UNTIL, PopulationError, population

NEVER = date(9999, 1, 1)


@pytest.fixture(scope="module")
def lives() -> tuple[Life, ...]:
    return tuple(make_life(seed=5, number=number, until=UNTIL) for number in (*range(1, 6), *range(1001, 1201)))


def inside(spells, on: date) -> bool:
    return any(spell.start <= on < (spell.end or NEVER) for spell in spells)


def test_a_life_can_be_made_alone_and_is_the_same_each_time():
    everybody = population(scenario="small", seed=9).lives
    for life in everybody[::10]:
        assert make_life(seed=9, number=life.number, until=UNTIL) == life


def test_another_seed_gives_other_people():
    assert make_life(seed=1, number=1001, until=UNTIL) != make_life(seed=2, number=1001, until=UNTIL)


def test_nobody_is_arrested_in_custody_or_convicted_of_an_act_done_there(lives):
    for life in lives:
        assert not any(inside(life.custody, arrest.on) for arrest in life.arrests), life.number
        for sanction in life.sanctions:
            assert not any(inside(life.custody, offence.committed_on) for offence in sanction.offences), life.number


def test_spells_hold_a_day_at_least_and_never_overlap(lives):
    for life in lives:
        for spells in (life.addresses, life.custody, life.supervision):
            assert all(spell.start < (spell.end or NEVER) for spell in spells), life.number
            assert all(one.end is not None and one.end <= other.start for one, other in pairwise(spells)), life.number


def test_main_addresses_follow_each_other_from_birth_without_a_gap(lives):
    for life in lives:
        assert life.addresses[0].start == life.date_of_birth
        assert all(one.end == other.start for one, other in pairwise(life.addresses))
        assert life.addresses[-1].end is None


def test_nobody_moves_while_in_custody(lives):
    for life in lives:
        assert not any(inside(life.custody, home.start) for home in life.addresses), life.number


def test_acts_come_before_the_sanction_and_arrests_are_at_least_as_many_as_convicting_appearances(lives):
    for life in lives:
        assert all(offence.committed_on <= sanction.on for sanction in life.sanctions for offence in sanction.offences)
        assert len(life.arrests) >= sum(sanction.disposal == "conviction" for sanction in life.sanctions)
        assert all(one.on < other.on for one, other in pairwise(life.sanctions)), "one sanction a day, in order"
        assert all(sum(offence.principal for offence in sanction.offences) == 1 for sanction in life.sanctions)


def test_nothing_is_dated_after_the_last_known_day_but_a_planned_release(lives):
    for life in lives:
        starts = [spell.start for spells in (life.addresses, life.custody, life.supervision) for spell in spells]
        ends = [spell.end for spells in (life.custody, life.supervision) for spell in spells if spell.end]
        released = [each.sentence.released_on for each in life.sanctions if each.sentence and each.sentence.released_on]
        events = [event.on for event in (*life.arrests, *life.sanctions)]
        assert max([*starts, *ends, *released, *events]) <= UNTIL, life.number


def test_custody_under_sentence_as_an_adult_is_supervised_as_custody(lives):
    for life in lives:
        for spell in life.custody:
            if spell.kind == "sentenced" and completed_years(life.date_of_birth, spell.start) >= 18:
                under = [each for each in life.supervision if each.kind == "custody"]
                assert inside(under, spell.start), (life.number, spell)


def test_youths_are_not_supervised_by_the_adult_agencies(lives):
    for life in lives:
        assert all(completed_years(life.date_of_birth, spell.start) >= 18 for spell in life.supervision)


def test_women_are_held_at_bronzefield_only_and_men_never(lives):
    for life in lives:
        assert all((spell.prison == "Bronzefield") == (life.sex == "F") for spell in life.custody)


def test_a_prison_number_is_for_those_who_were_in_prison(lives):
    assert all((life.prison_number is not None) == bool(life.custody) for life in lives)
    assert any(life.prison_number is None for life in lives)


def test_identifiers_are_valid_and_nobody_shares_one(lives):
    for life in lives:
        assert parse_pnc(life.pnc).canonical == life.pnc
        assert parse_cro(life.cro).canonical == life.cro
        assert re.fullmatch(r"[A-Z]\d{6}", life.crn)
        assert life.prison_number is None or re.fullmatch(r"[A-Z]\d{4}[A-Z]{2}", life.prison_number)
        for arrest in life.arrests:
            assert parse_asn(arrest.asn).canonical == arrest.asn
            assert arrest.asn[:2] == f"{arrest.on:%y}"
    for name in ("crn", "pnc", "cro"):
        assert len({getattr(life, name) for life in lives}) == len(lives), name
    numbers = [life.prison_number for life in lives if life.prison_number]
    assert len(set(numbers)) == len(numbers)


GROUPS = {
    "theft": {"theft_non_motor"},
    "vehicle theft": {"theft_from_vehicle", "taking_driving_away"},
    "handling": {"handling_stolen_goods"},
    "fraud": {"fraud_forgery"},
    "burglary dwelling": {"burglary_domestic"},
    "burglary other": {"burglary_other"},
    "robbery": {"robbery"},
    "assault": {"violence"},
    "wounding": {"violence"},
    "weapon": {"violence"},
    "public order": {"public_order"},
    "damage": {"criminal_damage"},
    "drug possession": {"drug_possession_supply"},
    "drug supply": {"drug_possession_supply"},
    "bail": {"absconding_bail"},
    "motoring": {"other_motoring"},
    "drink driving": {"drink_driving"},
    "soliciting": {"soliciting_prostitution"},
    "sexual": {"sexual_not_child"},
}


def test_every_kind_of_offence_has_codes_of_its_ogrs3_group():
    numbers = dict(offence_map().iter_rows())
    found = {kind.name: {OFFENCE_GROUPS[numbers[code]] for code in kind.codes} for kind in KINDS.values()}
    assert found == GROUPS
    assert {name for profile in PROFILES.values() for name in profile} == set(KINDS)


def test_robbery_and_burglary_are_the_codes_of_their_groups():
    numbers = dict(offence_map().iter_rows())
    wanted = {"robbery", "burglary_domestic", "burglary_other"}
    used = {code for kind in KINDS.values() for code in kind.codes}
    assert {code for code in used if OFFENCE_GROUPS[numbers[code]] in wanted} == ACQUISITIVE_CODES


SENTENCED_ON = date(2015, 6, 1)


@pytest.mark.parametrize(
    ("committed", "age", "licence", "post_sentence"),
    [
        # An act before 1 February 2015 and under twelve months: an adult of 21 goes out unsupervised.
        (date(2015, 1, 31), 30, False, False),
        (date(2015, 1, 31), 20, True, False),
        # From 1 February 2015: licence to the end of the term, then supervision up to a year from release.
        (date(2015, 2, 1), 30, True, True),
        (date(2015, 2, 1), 17, True, False),
    ],
)
def test_short_terms_bring_supervision_after_release_by_the_day_of_the_act(committed, age, licence, post_sentence):
    on = SENTENCED_ON.toordinal()
    terms = [
        sentence(
            Random(f"{draw}"), on=on, kind=KINDS["theft"], age=age, record=30, severity=2.0,
            committed=committed.toordinal(), remand_days=0,
        )
        for draw in range(40)
    ]  # fmt: skip
    served = [term for term in terms if term.kind == "custody"]
    assert served
    for term in served:
        days = round(term.months * 30.44)
        assert term.release == on + days // 2, "half is served"
        assert term.licence_end == (on + days if licence else term.release)
        assert term.pss_end == (max(term.licence_end, term.release + 365) if post_sentence else term.licence_end)


def test_days_on_remand_count_and_a_term_already_served_ends_on_the_day():
    on = SENTENCED_ON.toordinal()
    draws = [
        sentence(
            Random(f"{draw}"), on=on, kind=KINDS["theft"], age=30, record=30, severity=2.0, committed=on - 200, remand_days=150
        )
        for draw in range(40)
    ]
    served = [term for term in draws if term.kind == "custody"]
    assert served
    assert all(term.release == on for term in served), "no theft earns twice 150 days here"


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


HOME = addresses(Random(1), born=day("1980-01-01"), stays=(), roaming=1e-9, until=day("2017-02-28"), home=("N7 1AA", "Islington"))


@pytest.mark.parametrize(
    ("obligations", "expected"),
    [
        # A community order goes on behind a sentence of custody and shows again after the licence.
        (
            [
                ("CRC", "community", "2015-01-01", "2016-01-01"),
                ("CRC", "custody", "2015-03-01", "2015-04-01"),
                ("CRC", "licence", "2015-04-01", "2015-05-01"),
            ],
            [
                ("CRC", "community", "2015-01-01", "2015-03-01"),
                ("CRC", "custody", "2015-03-01", "2015-04-01"),
                ("CRC", "licence", "2015-04-01", "2015-05-01"),
                ("CRC", "community", "2015-05-01", "2016-01-01"),
            ],
        ),
        # A suspended sentence order comes before a community order; the later of two of one kind decides the agency.
        (
            [("CRC", "community", "2015-01-01", "2016-01-01"), ("NPS", "suspended", "2015-06-01", "2015-09-01")],
            [
                ("CRC", "community", "2015-01-01", "2015-06-01"),
                ("NPS", "suspended", "2015-06-01", "2015-09-01"),
                ("CRC", "community", "2015-09-01", "2016-01-01"),
            ],
        ),
        # Not before the eighteenth birthday; still running on the last known day has no end.
        ([("CRC", "community", "2013-06-01", "2017-06-01")], [("CRC", "community", "2014-01-01", None)]),
        ([("CRC", "community", "2012-01-01", "2014-01-01")], []),
    ],
)
def test_supervision_is_one_at_a_time(obligations, expected):
    spells = supervision(
        obligations=[Obligation(agency, kind, day(start), day(end)) for agency, kind, start, end in obligations],
        homes=HOME,
        adult_from=day("2014-01-01"),
        until=day("2017-02-28"),
    )
    found = [(each.agency, each.kind, str(each.start), str(each.end) if each.end else None) for each in spells]
    assert found == expected
    assert {spell.office_borough for spell in spells} <= {"Islington"}


def test_a_long_sentence_brings_one_transfer_and_a_short_one_none():
    stays = [Stay("sentenced", day("2010-01-01"), day("2010-02-01")), Stay("sentenced", day("2012-01-01"), day("2013-01-01"))]
    spells = custody(Random(3), sex="M", born=day("1980-01-01"), stays=stays, homes=HOME, until=day("2017-02-28"))
    assert [spell.start.year for spell in spells] == [2010, 2012, 2012]
    assert spells[1].end == spells[2].start
    assert str(spells[2].end) == "2013-01-01"


def test_names_are_built_and_varied():
    rng = Random(4)
    surnames = [surname(rng) for _ in range(2_000)]
    assert len(set(surnames)) > 1_500
    assert any("-" in name for name in surnames)
    assert any(name.startswith("O'") for name in surnames)
    assert any(name.startswith("Mc") for name in surnames)
    assert {len(forenames(rng, "F").split()) for _ in range(50)} == {1, 2}


def test_the_small_world_has_everything():
    world = population(scenario="small", seed=2)
    assert len(world.lives) == 60
    assert {life.sex for life in world.lives} == {"M", "F"}
    on = date(2015, 12, 31)
    now = [spell.kind for life in world.lives for spell in life.supervision if spell.start <= on < (spell.end or NEVER)]
    assert set(now) == {"custody", "licence", "pss", "community", "suspended"}
    remanded = [spell for life in world.lives for spell in life.custody if spell.kind == "remand"]
    assert remanded
    assert any(not inside(life.supervision, on) for life in world.lives)


@pytest.mark.parametrize("people", [1, 7, 100])
def test_worlds_have_as_many_people_as_asked_for(people):
    assert len(population(scenario="small", seed=2, people=people).lives) == people
    assert len(population(scenario="hostile", seed=2, people=people).lives) == people


@pytest.mark.parametrize(("scenario", "people"), [("pilot", 10), ("small", 0), ("hostile", -1)])
def test_a_size_that_cannot_be_is_refused(scenario, people):
    with pytest.raises(PopulationError, match="people"):
        population(scenario=scenario, seed=2, people=people)


def test_twins_share_birth_name_and_home_and_parents_the_whole_name():
    world = population(scenario="hostile", seed=3, people=400)
    by_number = {life.number: life for life in world.lives}
    assert len(by_number) == 400
    kinds = [kind for _, _, kind in world.pairs]
    assert kinds.count("twin") >= 5
    assert kinds.count("parent") >= 5
    for first, second, kind in world.pairs:
        one, other = by_number[first], by_number[second]
        assert one.surname == other.surname
        assert one.addresses[0].postcode == other.addresses[0].postcode
        assert one.pnc != other.pnc
        if kind == "twin":
            assert one.date_of_birth == other.date_of_birth
            assert one.forenames != other.forenames
        else:
            assert one.forenames == other.forenames
            assert 17 <= other.date_of_birth.year - one.date_of_birth.year <= 34
