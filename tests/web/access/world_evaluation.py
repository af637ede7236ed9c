"""Studies in the world of the attacks: one of the service's own rows, frozen; one of a file, run; a cost-benefit model."""

from datetime import UTC, date, datetime, time
from typing import Any

import polars as pl

from tests.evaluation.texts import MODEL, OF_A_FILE, OF_PEOPLE
from throughcare.evaluation import actions
from throughcare.evaluation.models import StudyRun

EVALUATION = """
studies          studies            -                  nobody
study-new        form               studies            nobody
study            studies            -                  nobody
study-amend      form               studies            nobody
study-readiness  studies            -                  nobody
study-data       study_data         study_data         nobody
study-data-file  study_data         -                  nobody
study-result     studies            -                  nobody
study-result-file  studies          -                  nobody
worth            studies            -                  nobody
value-new        form               studies            nobody
value-model      studies            -                  nobody
value-file       studies            -                  nobody
"""
NARROWER_EVALUATION: dict[tuple[str, str, str], Any] = {
    # Rows about people, if under pseudonyms, are the evaluator's alone; a request is answered from what is held about the person.
    (page, "get", ""): {"evaluator"} for page in ("study-data", "study-data-file")
}
EVALUATION_OF_NOBODY = {
    "studies": "/studies/", "study-new": "/studies/new/", "study": "/studies/planted/", "study-amend": "/studies/planted/amend/",
    "study-readiness": "/studies/planted/readiness/", "study-data": "/studies/planted/data/",
    "study-data-file": "/studies/planted/data/copy-1/rows.csv", "study-result": "/studies/of-a-file/results/{run}/",
    "study-result-file": "/studies/of-a-file/results/{run}/tables/estimates.csv", "worth": "/worth/", "value-new": "/worth/new/",
    "value-model": "/worth/planted/", "value-file": "/worth/planted/gains.csv",
}  # fmt: skip


def plant_evaluation(world: Any, day: date) -> None:
    """Everything that the pages show; the number of the run is asked for by `address_of`."""
    at = datetime.combine(day, time(9), tzinfo=UTC)
    study = actions.register(by="test", text=OF_PEOPLE, slug="planted", at=at)
    actions.freeze(by="test", study=study, as_at=day, at=at)
    other = actions.register(by="test", text=OF_A_FILE, slug="of-a-file", at=at)
    rows = [{"id": n, "treated": n % 2, "age": 20 + n % 7, "again": int(n % 3 == 0)} for n in range(140)]
    version = other.versions.get()
    actions.run_on_file(by="test", version=version, frame=pl.DataFrame(rows), as_at=day, at=at)
    actions.keep_value(by="test", text=MODEL, slug="planted", at=at)


def address_of(page: str) -> str:
    """The page's address."""
    run = StudyRun.objects.order_by("pk").values_list("pk", flat=True).first() or 0
    return EVALUATION_OF_NOBODY[page].format(run=run)


def guesses_of_evaluation() -> list[str]:
    """Every address of a study, its data and its results, and of a model."""
    return [address_of(page) for page in EVALUATION_OF_NOBODY]
