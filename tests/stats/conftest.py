"""Real people with published answers. LaLonde's file is not part of the product: its tests are skipped where it is absent."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from throughcare.stats.covariates import covariates
from throughcare.stats.logistic import fit_score
from throughcare.stats.sample import sample

LALONDE = Path(__file__).resolve().parents[3] / "shared" / "data" / "lalonde.csv"
NUMBERS = ["age", "educ", "married", "nodegree", "re74", "re75"]


@pytest.fixture(scope="session")
def lalonde() -> pl.DataFrame:
    """Dehejia and Wahba's subset as MatchIt distributes it: 185 in a job-training programme, 429 of a population survey."""
    if not LALONDE.exists():
        pytest.skip("the file of LaLonde's data is not here")
    return pl.read_csv(LALONDE, infer_schema_length=None)


@pytest.fixture(scope="session")
def trained(lalonde):
    """The sample, its covariates and its score."""
    people = sample(lalonde, id="id", treated="treat")
    known = covariates(people.frame, names=NUMBERS, categorical=["race"])
    return people, known, fit_score(known, people.treated)


@pytest.fixture(scope="session")
def rossi() -> pl.DataFrame:
    """432 men released from prison in Maryland, half of them with financial aid by lot."""
    from lifelines.datasets import load_rossi

    return pl.from_pandas(load_rossi())


@pytest.fixture
def draw() -> np.random.Generator:
    return np.random.default_rng(11)
