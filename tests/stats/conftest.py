"""Real people with published answers. LaLonde's file is not part of the product: its tests are skipped where it is absent."""

from importlib.util import find_spec
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


def _mixtape(name: str) -> pl.DataFrame:
    """A file of the package causaldata; only the file is read, as importing the package takes most of a second."""
    import pandas

    (folder,) = find_spec("causaldata").submodule_search_locations
    told = pl.from_pandas(pandas.read_stata(Path(folder) / name / f"{name}.dta"))
    return told.with_columns(pl.col(pl.Float32).cast(pl.Float64))


@pytest.fixture(scope="session")
def experiment() -> pl.DataFrame:
    """The National Supported Work experiment, Dehejia and Wahba's 445: 185 in job training and 260 not, by lot."""
    return _mixtape("nsw_mixtape").with_row_index("id")


@pytest.fixture(scope="session")
def against_survey(experiment) -> pl.DataFrame:
    """Its 185 trained against 15,992 of a survey of everybody (CPS), much unlike them; u74, u75: earned nothing that year."""
    trained = experiment.filter(pl.col("treat") == 1).drop("id")
    told = pl.concat([trained, _mixtape("cps_mixtape")]).with_row_index("id")
    return told.with_columns(u74=(pl.col("re74") == 0).cast(pl.Int8), u75=(pl.col("re75") == 0).cast(pl.Int8))


@pytest.fixture(scope="session")
def rossi() -> pl.DataFrame:
    """432 men released from prison in Maryland, half of them with financial aid by lot."""
    from lifelines.datasets import load_rossi

    return pl.from_pandas(load_rossi())


@pytest.fixture
def draw() -> np.random.Generator:
    return np.random.default_rng(11)
