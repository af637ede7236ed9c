"""What may be shown of a wave: asked and answered, tables, change, and groups of enough; nothing while it is open."""

from datetime import date, timedelta

import pytest

from throughcare.casework.pilot import current_pilot
from throughcare.core.pilot import Period
from throughcare.measures.calculate import calculate
from throughcare.measures.survey_results import survey_results, turnout
from throughcare.strands.surveys.answering.actions import answer, close_due
from throughcare.strands.surveys.measures import MEASURES
from throughcare.strands.surveys.queries import all_waves, latest, waves_out
from throughcare.strands.surveys.tests.asked import CLOSES, OPENS, people, survey, tokens, wave
from throughcare.strands.surveys.tests.wave import load, responses, write

pytestmark = pytest.mark.django_db


def answered(invitees, said: dict[str, list[str]], **told):
    """A wave in which, by organisation, the first so many answered the statement so; closed."""
    asked = wave(invitees, **told)
    links = tokens(asked)
    for organisation, codes in said.items():
        theirs = sorted(address for address in links if address.endswith(f"@{organisation.lower()}.example"))
        for address, code in zip(theirs, codes, strict=False):
            answer(token=links[address], answers={"partners_new": code}, comments={}, day=asked.opens_on)
    close_due(by="worker", day=asked.closes_on)
    return asked


def results(slug: str):
    waves = all_waves()
    (place,) = [n for n, each in enumerate(waves) if each.slug == slug]
    return survey_results(waves[place], pilot=current_pilot(), earlier=waves[:place])


def statement(found):
    return next(each for each in found.questions if each.question.slug == "partners_new")


def test_while_a_wave_is_open_only_how_many_answered_is_told():
    asked = wave(people(6))
    answer(token=next(iter(tokens(asked).values())), answers={"partners_new": "agree"}, comments={}, day=OPENS)
    (told,) = waves_out()
    found = turnout(told, pilot=current_pilot(), used=True)
    assert [(r.group, r.value) for r in found.asked] == [("practitioner", 6), ("all", 6)]
    assert [(r.group, r.numerator) for r in found.answered] == [("practitioner", 1), ("all", 1)]
    assert found.questions == ()


# answers to the statement, and whether anything of it is shown
FEW = [(["agree"] * 4, True), (["agree"] * 5, False), (["agree"] * 4 + ["not_applicable"], True)]


@pytest.mark.parametrize(("codes", "few"), FEW)
def test_of_fewer_than_are_published_nothing_is_shown(codes, few):
    asked = answered(people(8), {"CRC": codes})
    told = statement(results(asked.slug))
    assert (told.few, told.answers == (), told.positive is None) == (few, few, few)


def test_the_change_is_against_the_last_wave_that_asked_the_same(tmp_path):
    load(write(tmp_path, responses()))
    found = survey()
    first = answered(people(20), {"CRC": ["disagree"] * 15 + ["agree"] * 5}, of=found)
    told = statement(results(first.slug))
    assert (told.positive.numerator, told.positive.denominator) == (5, 20)
    assert (told.change.wave.slug, told.change.before.numerator, told.change.before.denominator) == ("2016-09", 21, 32)
    assert told.change.by.value == pytest.approx(25 - 100 * 21 / 32)
    assert told.change.by.high < 0 and told.change.words == "Fewer than before"
    second = answered(people(20), {"CRC": ["disagree"] * 13 + ["agree"] * 7}, of=found, opens=CLOSES,
                      closes=CLOSES + timedelta(days=14))  # fmt: skip
    change = statement(results(second.slug)).change
    assert (change.wave.slug, change.words) == (first.slug, "Not more than chance may make")


# who answered by organisation, and by organisation how many are shown
DIVIDED = [
    ({"CRC": 8, "NPS": 6, "Police": 5}, {"CRC": 8, "NPS": 6, "Police": 5}),
    ({"CRC": 8, "NPS": 6, "Police": 3}, {"CRC": 8, "": 9}),  # what is told of nine is shared by nine
    ({"CRC": 8}, {}),
]


@pytest.mark.parametrize(("answering", "shown"), DIVIDED)
def test_a_small_group_is_not_told_from_another(answering, shown):
    invitees = [each for organisation in ("CRC", "NPS", "Police") for each in people(9, organisation=organisation)]
    asked = answered(invitees, {organisation: ["agree"] * many for organisation, many in answering.items()})
    told = statement(results(asked.slug))
    groups = {"" if each.label == "Not told" else each.label: each.base.value for each in told.divided.get("organisation", ())}
    assert groups == shown


def test_a_kind_of_which_few_answered_is_withheld_with_another(tmp_path):
    asked = answered(people(9) + people(9, "provider", "Pact") + people(9, "strategic", "Hub"),
                     {"CRC": ["agree"] * 9, "Pact": [], "Hub": ["agree"] * 2})  # fmt: skip
    told = statement(results(asked.slug))
    kinds = told.divided.get("group", ())
    assert all(each.base.suppressed and each.share is None for each in kinds)
    assert results(asked.slug).figures


def test_the_wave_of_a_file_is_shown_as_it_is_published(tmp_path):
    load(write(tmp_path, responses()))
    found = results("2016-09")
    told = statement(found)
    assert [r.numerator for r in told.answers] == [3, 5, 3, 14, 7]
    assert (found.asked, str(told.positive.shown)) == ((), "66")


def test_a_closed_wave_feeds_the_measures_of_the_files_and_an_open_one_none():
    found = wave(people(9))
    for place, token in enumerate(tokens(found).values()):
        answer(token=token, answers={"partners_new": "agree" if place < 6 else "neutral"}, comments={}, day=OPENS)
    period = Period(start=date(2016, 2, 6), end=date(2017, 3, 1))
    assert latest(period.start, period.end).slug == "2016-09"
    close_due(by="worker", day=CLOSES)
    assert latest(period.start, period.end).slug == found.slug == all_waves()[-1].slug
    told = {m.slug: calculate(m, pilot=current_pilot(), period=period) for m in MEASURES}
    assert [(r.numerator, r.denominator) for r in told["survey.partners_new"]] == [(6, 9)]
    assert [r.numerator for r in told["survey.table4.partners_new"]] == [0, 0, 3, 6, 0]
    assert told["survey.n"][0].value == 9
