"""The protocol of the court-report study on drawn waits: days planted to the sentence come out, and nothing else."""

import numpy as np
import polars as pl
import pytest

from throughcare.stats.alternatives import NO_WEIGHTS
from throughcare.stats.mistakes import ProtocolError
from throughcare.stats.protocol import parse_protocol
from throughcare.stats.study import run_study
from throughcare.synthetic.studies import PROTOCOLS

TEXT = (PROTOCOLS / "court-reports.toml").read_text(encoding="utf-8")
PROTOCOL, SHA256 = parse_protocol(TEXT, name="court-reports")
REPEATS = 40


def cases(rng: np.random.Generator, shortened: int) -> pl.DataFrame:
    """110 cases with a report 3 to 9 days after the plea and 330 without. All would wait 5 to 40 days, longer with a longer
    record, which brings reports too; the days left on the day of the report fall by `shortened`, to none at the least."""
    left, rows = {True: 110, False: 330}, []
    while any(left.values()):
        record = int(rng.integers(1, 7))
        wait, reported = 4 + record + int(rng.integers(0, 31)), bool(rng.random() < 0.15 + 0.07 * record)
        reported = reported and left[True] > 0
        if not left[reported]:
            continue
        left[reported] -= 1
        begin = float(rng.integers(0, 250))
        asked = int(rng.integers(3, min(10, wait))) if reported else None
        wait = wait if asked is None else max(asked, wait - shortened)
        rows.append({
            "id": str(len(rows)), "eligible_day": begin, "started_day": None if asked is None else begin + asked,
            "event_day": begin + wait + 1, "until_day": 1000.0, "days_to_sentence": wait, "treated": int(reported),
            "age": int(rng.integers(20, 45)), "score": 20 + 6 * record, "sanctions": record, "charge": "theft", "plea": 1,
            "sex": str(rng.choice(["M", "F"])), "custody": int(rng.random() < 0.3), "community": int(rng.random() < 0.4),
        })  # fmt: skip
    return pl.DataFrame(rows, infer_schema_length=None)


# by how many days a report shortens the wait that is left; between what the mean of the repeats lies
@pytest.mark.parametrize(("shortened", "low", "high"), [(0, -0.6, 0.6), (4, -4.4, -3.2)])
def test_the_days_planted_come_out_and_none_where_none_are(shortened, low, high):
    drawn = [cases(np.random.default_rng(n), shortened) for n in range(REPEATS)]
    told = [run_study(PROTOCOL, frame, sha256=SHA256, registered=True) for frame in drawn]
    found = {a.outcome.name: [] for a in told[0].compared.answers}
    for result in told:
        for answer in result.compared.answers:
            found[answer.outcome.name].append(answer)
    days = [answer.estimate.estimate for answer in found["days_to_sentence"]]
    assert low < np.mean(days) < high
    # Custody and order are drawn: in both, and in the days where nothing is planted, at most a tenth of the verdicts may stray.
    still = [*found["custody"], *found["community"], *([] if shortened else [*found["time"], *found["days_to_sentence"]])]
    assert np.mean([answer.verdict.direction != "not determined" for answer in still]) <= 0.1


def test_of_waits_no_weighting_is_told_as_another_way_of_asking_nor_taken_as_the_protocols():
    """One person stands there once for each wait at which they may be compared: weights would count them as so many people."""
    result = run_study(PROTOCOL, cases(np.random.default_rng(1), 4), sha256=SHA256, registered=True)
    told = result.specifications.filter(pl.col("specification").str.contains("entropy|probability"))
    assert told.select("estimate", "refused").rows() == [(None, NO_WEIGHTS)] * 2
    text = TEXT[: TEXT.index("[match]")] + '[match]\nmethod = "entropy"\ncovariates = ["age"]\n'
    with pytest.raises(ProtocolError, match="waited as long"):
        parse_protocol(text, name="court-reports")
