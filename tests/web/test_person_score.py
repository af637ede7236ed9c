"""About the score: how one person's is made, from what, what would change it, and who can mend it where there is none."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client

from tests.web.access.world import load
from throughcare.casework.access import actions as access
from throughcare.casework.cohort.made import Made, made
from throughcare.casework.people.models import Identifier
from throughcare.core.identifiers import make_pnc
from throughcare.web.score import steps

DAY = date(2017, 3, 1)
PNC = make_pnc(2001, 3000)
THEFTS = ("2013-01-10", "2013-06-10", "2014-01-10", "2014-06-10")


@pytest.fixture
def someone(db, tmp_path: Path, settings):
    """someone(...): loads one person, a man born on 1 June 1995 with four thefts, and gives the number."""
    settings.DEMONSTRATION = DAY

    def loaded(
        *, born: str = "1995-06-01", sex: str = "M", thefts: tuple[str, ...] = THEFTS, cautions: tuple[str, ...] = (),
        code: str = "03900", sentence: tuple[str, str, str] = ("community", "", ""),
    ) -> int:  # fmt: skip
        pnc = {"pnc": PNC}
        dealt = [(on, "conviction") for on in thefts] + [(on, "caution") for on in cautions]
        kind, planned, out = sentence
        files: dict[str, list[dict[str, object]]] = {
            "nps-people": [
                {"crn": "X300000", **pnc, "forenames": "Ansel", "surname": "Scored", "sex": sex, "date_of_birth": born}
            ],
            "nps-addresses": [{"crn": "X300000", "borough": "Hackney", "postcode": "E8 4QN", "start": "2010-01-01"}],
            "nps-supervision": [{"crn": "X300000", "kind": "licence", "start": "2014-06-10", "office_borough": "Hackney"}],
            "police-convictions": [
                {**pnc, "convicted_on": on, "offence_code": code, "principal": "yes", "disposal": how} for on, how in dealt
            ],
            "police-sentences": [
                {**pnc, "imposed_on": thefts[-1], "kind": kind, "release_planned_on": planned, "released_on": out}
            ] if thefts else [],
        }  # fmt: skip
        for slug, rows in files.items():
            files[slug] = [{"record_id": f"{slug}-{n}", **row} for n, row in enumerate(rows)]
        load(tmp_path, {slug: rows for slug, rows in files.items() if rows})
        return Identifier.objects.get(kind="crn", value="X300000").person_id

    return loaded


def held(found: Made) -> dict[str, tuple[str, str]]:
    return {i.what: (i.value, i.source) for i in found.inputs}


def test_each_input_is_told_as_it_is_held_and_where_it_comes_from(someone):
    found = made(someone(cautions=("2012-05-01", "2015-05-01")), DAY)
    told = held(found)
    assert told["Sanctions"][0] == "5, the latest included"
    assert told["Latest offence found guilty of"] == (
        "theft, not of or from a vehicle (code 03900)", "PNC: the principal offence of 10 June 2014")
    assert told["Age at the first sanction"] == ("16", "PNC: 1 May 2012")
    assert told["Age when the two years begin"] == ("19", "sentenced in the community on 10 June 2014")
    assert [str(s.on) for s in found.counted] == ["2014-06-10", "2014-01-10", "2013-06-10", "2013-01-10", "2012-05-01"]
    assert [str(s.on) for s in found.later] == ["2015-05-01"]  # a caution since the conviction does not count yet
    two, one = found.years
    assert (found.percent_2y, found.percent_1y) == (round(two.rate), round(one.rate))


# sentence (kind, planned, released), from when the person could offend again
FOLLOWUPS = [
    (("community", "", ""), "2014-06-10", "sentenced in the community on 10 June 2014"),
    (("custody", "2016-12-20", "2016-12-10"), "2016-12-10", "released from prison on 10 December 2016"),
    (("custody", "2017-12-20", ""), "2017-12-20", "release from prison, planned for 20 December 2017"),
    (("custody", "", ""), "2017-03-01", "in prison with no planned release on record, so today"),
]


@pytest.mark.parametrize(("sentence", "on", "words"), FOLLOWUPS)
def test_the_age_that_counts_and_why(someone, sentence, on, words):
    found = made(someone(sentence=sentence), DAY)
    assert (str(found.followup_on), held(found)["Age when the two years begin"][1]) == (on, words)


def test_it_changes_by_itself_only_where_the_age_that_counts_goes_on(someone):
    """In prison with no planned release the age is today's: at 25 it is another band's. Otherwise the age stands."""
    number = someone(sentence=("custody", "", ""))
    found = made(number, DAY)
    on, then = found.next_change
    assert on == date(2020, 6, 1)
    assert then == made(number, on).percent_2y < found.percent_2y


def test_it_does_not_change_by_itself_once_the_two_years_began(someone):
    assert made(someone(), DAY).next_change is None


# what is wrong, what is said, and in which system it is mended
NO_SCORE = [
    ({"born": ""}, "No date of birth is on record.", "Delius, PNC and NOMIS"),
    ({"sex": ""}, "No sex is on record.", "Delius, PNC and NOMIS"),
    ({"thefts": ()}, "No conviction by a court is on record.", "PNC"),
    ({"thefts": (), "cautions": ("2014-01-01",)}, "No conviction by a court is on record.", "PNC"),
    ({"code": "99999"}, "The offence code is not known to OGRS3 or has no weight in it.", "PNC"),
]


@pytest.mark.parametrize(("wrong", "said", "kept_in"), NO_SCORE)
def test_where_there_is_no_score_it_says_what_is_missing_and_where_it_is_mended(someone, wrong, said, kept_in):
    number = someone(**wrong)
    found = made(number, DAY)
    assert (found.percent_2y, found.years, found.inputs) == (None, (), ())
    assert (said, kept_in) in [(m.what, m.kept_in) for m in found.missing]
    text = page(number)
    assert "No score can be worked out" in text
    assert f"{said} This is kept in {kept_in}" in text


def page(number: int) -> str:
    post = access.make_post(by="test", slug="p", title="Post", role="senior_officer", place="", office="NPS Hackney")
    charge = access.make_post(by="test", slug="m", title="Manager", role="offender_manager", office="NPS Hackney", agency="NPS")
    account = access.make_account(by="test", username="p")
    access.hold(by="test", post=post, account=account, start=date(2016, 1, 1))
    access.hold(by="test", post=charge, account=account, start=date(2016, 1, 1))
    access.allocate(by="test", person=number, post=charge, on=date(2016, 1, 1))
    browser = Client()
    browser.force_login(account, backend=django_settings.AUTHENTICATION_BACKENDS[-1])
    return browser.get(f"/people/{number}/score/").content.decode()


def test_the_page_tells_it_in_words_and_in_a_table(someone):
    number = someone()
    found = made(number, DAY)
    text = " ".join(page(number).split())
    assert f"about <strong>{found.percent_2y}</strong> are proven to have offended again within two years" in text
    assert "not a prediction of this person" in text
    assert "<strong>What raises it:</strong>" in text
    assert "4 court appearances and cautions in 2 years" in text
    assert "It does not change by itself: the age that counts is the one on 10 June 2014" in text
    assert f"/people/{number}/says/" in text
    assert "<svg" in text
    assert "style=" not in text


def test_steps_over_time_fill_the_whole_width():
    from throughcare.casework.cohort.standing import Point

    points = [Point(on=date(2016, 1, 1), score=70, because=""), Point(on=date(2014, 1, 1), score=80, because=""),
              Point(on=date(2013, 1, 1), score=None, because="")]  # fmt: skip
    (l1, r1, v1), (l2, r2, v2) = steps(points, date(2018, 1, 1))
    assert (l1, v1, v2, r2) == (0, 80, 70, 100)
    assert r1 == l2 == pytest.approx(50, abs=0.1)
    assert steps([], date(2018, 1, 1)) == []
