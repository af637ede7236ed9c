"""Many people, each on a day of their own: the answers are those of the same days asked one at a time."""

from datetime import date

import polars as pl
import pytest

from throughcare.casework.audit.actions import recording
from throughcare.casework.cohort.models import Membership
from throughcare.casework.cohort.on_days import not_eligible, not_members
from throughcare.casework.cohort.queries import decisions, eligible_on
from throughcare.casework.cohort.tests.conftest import Someone
from throughcare.casework.pilot import current_pilot

DAYS = [date(2014, 6, 1), date(2015, 1, 9), date(2015, 1, 10), date(2015, 12, 1), date(2015, 12, 20), date(2016, 7, 1)]
PEOPLE = (
    Someone(name="high score"),
    Someone(name="middling score", thefts=2),
    Someone(name="robbery until 20 December 2015", thefts=2, robbery="2014-12-20"),
    Someone(name="in prison", sentence="custody", supervision=(("custody", "2015-01-10", ""),),
            prison=(("sentenced", "2015-01-10", ""),)),
    Someone(name="order over in December", supervision=(("community", "2015-01-10", "2015-12-01"),)),
    Someone(name="seventeen until December", born="1997-12-01"),
    Someone(name="moved out in December", homes=(("Hackney", "2000-01-01", "2015-12-05"), ("Barnet", "2015-12-05", ""))),
)  # fmt: skip


def asked(*pairs) -> pl.DataFrame:
    rows = [(n, person, on) for n, (person, on) in enumerate(pairs)]
    return pl.DataFrame(rows, schema={"row": pl.Int64, "person": pl.Int64, "on": pl.Date}, orient="row")


def test_not_eligible_is_what_the_rule_says_day_by_day(world):
    ids = world(*PEOPLE)
    rows = asked(*((person, on) for on in DAYS for person in ids.values()))
    met = {(person, on) for on in DAYS for person, d in decisions(on, current_pilot()).items() if d.met}
    expected = [n for n, person, on in rows.iter_rows() if (person, on) not in met]
    assert not_eligible(rows, pilot=current_pilot())["row"].to_list() == expected
    assert 10 < len(expected) < rows.height - 10


@pytest.mark.parametrize("without", ["", "resident", "supervised", "risk", "adult", "convicted"])
def test_no_frame_leaves_out_whom_the_rule_would_find(world, without):
    """Also where the pilot file has not all criteria: then nobody may be left out for want of what it does not ask."""
    world(
        *PEOPLE, Someone(name="known by the office alone", homes=()), Someone(name="managed by nobody", supervision=()),
        Someone(name="of elsewhere", homes=(("Barnet", "2000-01-01", ""),)),
    )  # fmt: skip
    whole = current_pilot()
    pilot = whole.model_copy(update={"criteria": tuple(each for each in whole.criteria if each.slug != without)})
    found = {on: set(eligible_on(on, pilot)["person"]) for on in DAYS}
    assert found == {on: {person for person, d in decisions(on, pilot).items() if d.met} for on in DAYS}
    assert any(found.values())


def test_whom_no_record_names_is_not_eligible(world):
    world(*PEOPLE[:1])
    rows = asked((999, DAYS[3]))
    assert not_eligible(rows, pilot=current_pilot()).height == 1
    assert not_eligible(rows.clear(), pilot=current_pilot()).is_empty()


@pytest.mark.parametrize(
    ("on", "outside"),
    [(date(2016, 2, 28), True), (date(2016, 2, 29), False), (date(2016, 4, 29), False), (date(2016, 4, 30), True)],
)
def test_membership_runs_from_its_first_day_to_the_day_before_its_end(world, on, outside):
    ids = world(*PEOPLE[:2])
    with recording(by="test", verb="test.cohort"):
        Membership(person_id=ids["high score"], start=date(2016, 2, 29), end=date(2016, 4, 30), borough="Hackney").save()
    rows = asked((ids["middling score"], on), (ids["high score"], on), (ids["high score"], on))
    assert not_members(rows)["row"].to_list() == ([0, 1, 2] if outside else [0])
