"""Costs and benefits: sums worked out by hand, rates as published, what is asked of the user, what is said first."""

import json

import numpy as np
import pytest

from throughcare.stats.mistakes import ProtocolError
from throughcare.stats.value.model import Model, published
from throughcare.stats.value.rates import PriceYearUnknown, discount, uprated
from throughcare.stats.value.result import value, value_files
from throughcare.stats.value.sums import lines_of, sums

MODEL = """[model]
title = "What the pilot is worth"
prices = "2017"
first_year = 2015
years = 3

[[cost]]
partner = "Mayor's office"
strand = "Court reports"
year = 2015
amount = 100000
price_year = "2017"
spent = 90000

[[cost]]
partner = "Probation"
strand = "Panel"
year = 2016
amount = 50000
price_year = "2017"
cash = false
optimism = 0.1

[[benefit]]
name = "Fewer reoffences"
outcome = "reoffences"
population = 200
engaged = 0.5
impact = -0.8
low = -1.2
high = -0.4
deadweight = 0.25
lag = 1
lasts = 2
drop_off = 0.5
optimism = 0.2
unit_cost = "a reoffence"
counts_reoffences = true

[[unit_cost]]
item = "a reoffence"
value = 4000
price_year = "2017"
source = "the user's own"
kind = "fiscal"
agency = "Police"
cashable = 0.3
low = 3000
high = 5000
"""


@pytest.fixture
def written(tmp_path):
    def of(text=MODEL):
        (tmp_path / "model.toml").write_text(text)
        value_files(tmp_path / "model.toml", tmp_path / "out")
        return json.loads((tmp_path / "out" / "results.json").read_text())

    return of


def test_the_sums_are_those_worked_out_by_hand(written, tmp_path):
    """200 x 0.5 x 0.8 x 0.75 = 60 reoffences in year 1 and 30 in year 2, at £4,000 less a fifth; costs £100,000 and £55,000."""
    one, two = 1 / 1.035, 1 / 1.035**2
    costs, benefits = 100_000 + 55_000 * one, 60 * 3200 * one + 30 * 3200 * two
    told = written()
    assert told["costs"] == pytest.approx(costs)
    assert told["benefits"] == pytest.approx(benefits)
    assert told["npv"] == pytest.approx(benefits - costs)
    assert told["bcr"] == pytest.approx(benefits / costs)
    assert told["fiscal_return"] == told["bcr"]
    assert told["cashable"] == pytest.approx(0.3 * benefits)
    assert told["payback_years"] == 1
    assert told["reoffences_avoided"] == 90
    assert told["cost_per_reoffence_avoided"] == pytest.approx(costs / 90)
    assert {p.name for p in (tmp_path / "out").iterdir()} == {"results.json", "index.html", "tables", "charts"}


def test_who_pays_and_who_gains(written):
    told = written()
    assert [(r["partner"], r["cash"], r["spent_to_date"]) for r in told["pays"]] == [
        ("Mayor's office", True, 90000), ("Probation", False, None),
    ]  # fmt: skip
    assert [(r["agency"], r["kind"], r["determined"]) for r in told["gains"]] == [("Police", "fiscal", True)]
    assert told["says"] == ["The unit cost of a reoffence is the user's own, and not confirmed against its source."]


def test_the_chance_that_benefits_exceed_costs_is_that_of_the_normal_law(written):
    """Without a range of the unit cost the benefits are normal about their estimate."""
    from scipy.stats import norm

    told = written(MODEL.replace("low = 3000\n", "").replace("high = 5000\n", ""))
    sd = told["benefits"] * (0.8 / 0.8) * (0.4 / 0.8) / 1.959964
    exact = norm.sf((told["costs"] - told["benefits"]) / sd)
    assert told["chance_benefits_exceed_costs"] == pytest.approx(exact, abs=0.02)
    assert told["npv_range"] == pytest.approx([told["npv"] - 1.959964 * sd, told["npv"] + 1.959964 * sd], rel=0.1)


def test_where_the_effect_is_not_determined_that_is_said_first(written, tmp_path):
    told = written(MODEL.replace("high = -0.4", "high = 0.1"))
    assert told["determined"] is False
    assert told["says"][0].startswith("The effect on reoffences is not determined")
    page = (tmp_path / "out" / "index.html").read_text()
    assert page.index("is not determined") < page.index("Benefits for each pound")


def test_the_widest_bar_of_the_tornado_comes_first(written):
    bars = written()["tornado"]
    widths = [bar["high"] - bar["low"] for bar in bars]
    assert widths == sorted(widths, reverse=True)
    assert bars[0]["name"] == "Effect on reoffences"
    assert {bar["name"].split(" ")[0] for bar in bars} == {"Effect", "Unit", "Costs,"}


def test_an_effect_may_come_from_a_study(written, tmp_path):
    study = {"estimates": [{"outcome": "reoffences", "estimate": -0.8, "ci_low": -1.2, "ci_high": -0.4}]}
    (tmp_path / "study.json").write_text(json.dumps(study))
    given = written()
    taken = written(MODEL.replace("impact = -0.8\nlow = -1.2\nhigh = -0.4\n", 'study = "study.json"\n'))
    assert taken["npv"] == given["npv"]


def test_lines_of_one_outcome_share_their_uncertainty(written):
    again = MODEL[MODEL.index("[[benefit]]") : MODEL.index("[[unit_cost]]")].replace("Fewer reoffences", "The same again")
    twice = written(MODEL.replace("[[unit_cost]]", again + "[[unit_cost]]"))
    once = written()
    widths = [told["npv_range"][1] - told["npv_range"][0] for told in (twice, once)]
    assert widths[0] == pytest.approx(2 * widths[1], rel=0.05)


def test_the_published_rates():
    assert uprated(100, "2015", "2024", {}) == pytest.approx(133.06, abs=0.005)
    assert uprated(100, "2017", "2017", {}) == 100
    assert discount(0) == 1
    assert discount(1) == pytest.approx(1 / 1.035)
    assert discount(31) == pytest.approx(discount(30) / 1.03)
    assert discount(76) == pytest.approx(discount(75) / 1.025)
    assert discount(1, "health") == pytest.approx(1 / 1.015)


def test_a_year_without_an_index_is_asked_for_and_the_users_own_is_taken():
    with pytest.raises(PriceYearUnknown, match=r"2019.*deflator"):
        uprated(100, "2019", "2024", {})
    assert uprated(100, "2019", "2024", {"2019": 80.0}) == 125
    assert uprated(100, "2015/16", "2015", {}) == pytest.approx(100 * 75.1536 / (0.75 * 75.1536 + 0.25 * 76.4554))


MISTAKES = [
    ("a unit cost that nobody has", 'unit_cost = "a reoffence"', 'unit_cost = "burglary"', "burglary.*unit_cost"),
    ("a whole cost without its losers", 'unit_cost = "a reoffence"', 'unit_cost = "Rape"', "39,360.*kind"),
    ("an impact outside its interval", "impact = -0.8", "impact = 0.8", "between low and high"),
    ("a cost outside the years", "year = 2016", "year = 2030", "Panel in 2030 lies outside 2015 to 2017"),
    ("an unknown key", "engaged", "engagement", "did you mean engaged"),
    ("a share over one", "deadweight = 0.25", "deadweight = 25", "less than or equal to 1"),
    ("a unit cost outside its range", "value = 4000", "value = 9000", "value lies between"),
    ("no such study", "impact = -0.8\nlow = -1.2\nhigh = -0.4\n", 'study = "none.json"\n', "no such outcome"),
]


@pytest.mark.parametrize(("case", "right", "wrong", "says"), MISTAKES, ids=[m[0] for m in MISTAKES])
def test_what_is_missing_or_mistaken_is_asked_for(written, case, right, wrong, says):
    assert right in MODEL
    with pytest.raises(ProtocolError, match=says):
        written(MODEL.replace(right, wrong, 1))


def test_what_ships_was_seen_in_print_and_has_its_source_and_year():
    for item, row in published().items():
        assert row["source"] and row["seen_where"], item
        assert row["price_year"][:2] == "20", item
        assert uprated(float(row["value_gbp"]), row["price_year"], "2024", {"2010": 68.0, "2011": 69.0}) > 0


def test_no_effect_has_no_cost_per_reoffence_and_no_payback():
    told = Model.model_validate(
        {
            "model": {"title": "t", "prices": "2017", "first_year": 2015, "years": 2},
            "cost": [{"partner": "p", "strand": "s", "year": 2015, "amount": 10, "price_year": "2017"}],
            "benefit": [{"name": "b", "outcome": "o", "population": 1, "engaged": 1, "impact": 0, "low": -1, "high": 1,
                         "unit_cost": "u", "counts_reoffences": True}],
            "unit_cost": [{"item": "u", "value": 5, "price_year": "2017", "source": "s", "kind": "social", "agency": "a"}],
        }
    )  # fmt: skip
    found = sums(told, lines_of(told))
    assert (found.per_avoided, found.payback, found.bcr) == (None, None, 0)
    assert np.isfinite(value(told, sha256="")[0]["npv"])
