"""What is learned from records: what they show is learned, what they do not show is kept, and nothing is taken for never."""

from dataclasses import replace
from datetime import date

import pytest

from tests.linkage.records import PARAMETERS, cleaned, model, population
from throughcare.linkage import thresholds as t
from throughcare.linkage.frequencies import frequencies
from throughcare.linkage.model import Model
from throughcare.linkage.parameters import Chances, Parameters, load, save
from throughcare.linkage.people import link
from throughcare.linkage.training import TooFewToLearn, train

ON = date(2016, 12, 31)


@pytest.fixture(scope="module")
def told():
    return population(7, people=2_300)


@pytest.fixture(scope="module")
def records(told):
    return cleaned(*told[0])


@pytest.fixture(scope="module")
def learned(records):
    return train(records, PARAMETERS, on=ON)


def test_what_speaks_for_one_person_and_what_against_is_learned(learned):
    weight = learned.weight
    assert weight("name", "same") > 12 > weight("name", "similar") > 5 > 0 > weight("name", "different")
    assert weight("date_of_birth", "same") > 10 > 0 > weight("date_of_birth", "different")
    assert weight("pnc_cro", "both") > 12
    assert weight("sex", "same") < 1 < -weight("sex", "different")


def test_a_start_that_is_wrong_is_put_right_by_the_records(records, learned):
    """The model begins with names that say nothing; the records say how much they say."""
    said = dict(PARAMETERS.chances) | {"name": {level: Chances(m=0.5, u=0.5) for level in PARAMETERS.chances["name"]}}
    again = train(records, Parameters(version="silent", chances=said), on=ON)
    assert again.weight("name", "same") == pytest.approx(learned.weight("name", "same"), abs=3)
    assert again.weight("name", "different") < -3


def test_people_on_record_several_times_do_not_make_a_number_common(learned):
    """Of random pairs of records with one PNC ID nearly all are one person's: they are no strangers who agree."""
    assert learned.weight("pnc_cro", "pnc") > 12
    assert learned.weight("crn", "same") > 12


def test_what_no_record_shows_keeps_what_was_known(learned):
    assert learned.chances["offence_dates"] == PARAMETERS.chances["offence_dates"]


def test_nothing_is_learned_to_be_never(learned):
    chances = [c for levels in learned.chances.values() for c in levels.values()]
    before = {c.m for levels in PARAMETERS.chances.values() for c in levels.values()}
    assert all(t.LEAST_OFTEN <= c.m <= 1 or c.m in before for c in chances)
    assert all(c.u >= t.LEAST_BY_CHANCE for c in chances)


def test_a_learned_model_has_a_version_of_its_own_and_links_as_well_when_read_again(tmp_path, told, records, learned):
    assert learned.version.startswith("trained-2016-12-31-")
    save(learned, tmp_path / "ours.toml", why="Learned from made-up people.")
    assert load(tmp_path / "ours.toml") == learned
    found = link(records, Model(parameters=learned, frequencies=frequencies(records))).people
    whose = dict(zip(records["id"], told[1], strict=True))
    groups = [[whose[i] for i in ids] for ids in found.group_by("group").agg("id")["id"].to_list()]
    wrong = [owners for owners in groups if len(set(owners)) > 1]
    assert len(wrong) <= 2, wrong
    assert len(groups) < 1.15 * len(set(told[1]))


def test_too_few_records_are_refused():
    with pytest.raises(TooFewToLearn, match="use the published model"):
        train(cleaned({"surname": "Belaford"}), replace(model().parameters), on=ON)
