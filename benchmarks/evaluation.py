"""How long score, matching and balance take of many people, beside statsmodels and psmpy; and Cox's model beside lifelines.

    python benchmarks/evaluation.py [--treated 10000] [--compared 1000000] [--rows 1000000] [--seed 1]

psmpy (0.3.16) is asked of a tenth of both, for it makes a table of everybody against everybody; it is no package of the
product's and is left out where it is not installed. Each part runs in a process of its own, so that its peak of memory is its
own; ours three times.
Fails where the score differs from statsmodels', a pair is beyond its caliper, or Cox's coefficients differ from lifelines'.
"""

import argparse
import json
import subprocess
import sys
import time
from importlib.util import find_spec

import numpy as np
from _evaluation import people, times
from _machine import machine, peak_megabytes

RUNS = 3


def tell(**facts: object) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


def matching(treated: int, compared: int, seed: int) -> None:
    """Score, pairs and balance, each timed; the frame of the people is made before the clock starts."""
    import polars as pl

    from throughcare.stats.checks.balance import balance
    from throughcare.stats.covariates import covariates
    from throughcare.stats.impact.matched import matched_difference
    from throughcare.stats.impact.nearest import Search, nearest
    from throughcare.stats.logistic import fit_score

    x, mark, y = people(treated, compared, seed)
    frame = pl.DataFrame({f"x{place}": x[:, place] for place in range(x.shape[1])})
    del x
    before, spent, clock = peak_megabytes(), time.process_time(), [time.perf_counter()]
    known = covariates(frame, names=frame.columns)
    clock.append(time.perf_counter())
    score = fit_score(known, mark)
    clock.append(time.perf_counter())
    pairs = nearest(score.value, mark, Search())
    clock.append(time.perf_counter())
    told = balance(known, mark, pairs.weights(len(mark)))
    clock.append(time.perf_counter())
    spent, steps, peak = time.process_time() - spent, np.diff(clock), peak_megabytes()
    found = matched_difference(y, pairs)
    tell(task="throughcare: covariates, score, match, balance", treated=treated, compared=compared,
         s=round(float(steps.sum()), 2), covariates_s=round(float(steps[0]), 2), score_s=round(float(steps[1]), 2),
         match_s=round(float(steps[2]), 2), balance_s=round(float(steps[3]), 2), processor_s=round(spent, 2),
         pairs=len(pairs.treated), max_abs_smd=round(told.max_abs_smd, 4), points=round(100 * found.estimate, 2),
         peak_mb=peak, peak_mb_of_making_the_people=before)  # fmt: skip


def statsmodels(treated: int, compared: int, seed: int) -> None:
    """The score alone, and how far ours lies from it."""
    import polars as pl
    import statsmodels.api as sm

    from throughcare.stats.covariates import covariates
    from throughcare.stats.logistic import fit_score

    x, mark, _ = people(treated, compared, seed)
    started = time.perf_counter()
    theirs = sm.GLM(mark.astype(float), sm.add_constant(x), family=sm.families.Binomial()).fit()
    seconds = time.perf_counter() - started
    frame = pl.DataFrame({f"x{place}": x[:, place] for place in range(x.shape[1])})
    ours = fit_score(covariates(frame, names=frame.columns), mark)
    apart = float(np.abs(ours.value - theirs.fittedvalues).max())
    tell(task="statsmodels: score", treated=treated, compared=compared, s=round(seconds, 2), largest_difference=apart,
         peak_mb=peak_megabytes())  # fmt: skip
    sys.exit(apart > 1e-6)


def psmpy(treated: int, compared: int, seed: int) -> None:
    """Its score and its matching without replacement."""
    import pandas as pd
    from psmpy import PsmPy

    x, mark, _ = people(treated, compared, seed)
    frame = pd.DataFrame(x, columns=[f"x{place}" for place in range(x.shape[1])]).assign(treated=mark.astype(int))
    frame["id"] = np.arange(len(frame))
    started = time.perf_counter()
    asked = PsmPy(frame, treatment="treated", indx="id", exclude=[])
    asked.logistic_ps(balance=False)
    asked.kdtree_matched(matcher="propensity_score", replacement=False)
    tell(task="psmpy: score and match", treated=treated, compared=compared, s=round(time.perf_counter() - started, 2),
         peak_mb=peak_megabytes())  # fmt: skip


def cox(rows: int, seed: int) -> None:
    from throughcare.stats.survival.cox import fit

    day, came, x = times(rows, seed)
    seconds = []
    for _ in range(RUNS):
        started = time.perf_counter()
        coefficients, *_ = fit(day, came, x)
        seconds.append(time.perf_counter() - started)
    tell(task="throughcare: Cox", rows=rows, runs=RUNS, best_s=round(min(seconds), 2), peak_mb=peak_megabytes(),
         coefficients=[round(float(value), 5) for value in coefficients])  # fmt: skip


def lifelines(rows: int, seed: int) -> None:
    import pandas as pd
    from lifelines import CoxPHFitter

    from throughcare.stats.survival.cox import fit

    day, came, x = times(rows, seed)
    frame = pd.DataFrame(x).assign(time=day, event=came.astype(int))
    started = time.perf_counter()
    theirs = CoxPHFitter().fit(frame, "time", "event")
    seconds = time.perf_counter() - started
    apart = float(np.abs(theirs.params_.to_numpy() - fit(day, came, x)[0]).max())
    tell(task="lifelines: Cox", rows=rows, s=round(seconds, 2), largest_difference=apart, peak_mb=peak_megabytes())
    sys.exit(apart > 1e-5)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--treated", type=int, default=10_000)
    asked.add_argument("--compared", type=int, default=1_000_000)
    asked.add_argument("--rows", type=int, default=1_000_000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--part", default="")
    o = asked.parse_args()
    few = (o.treated // 10, o.compared // 10)
    parts = {
        "matching": lambda: matching(o.treated, o.compared, o.seed), "fewer": lambda: matching(*few, o.seed),
        "statsmodels": lambda: statsmodels(o.treated, o.compared, o.seed), "psmpy": lambda: psmpy(*few, o.seed),
        "cox": lambda: cox(o.rows, o.seed), "lifelines": lambda: lifelines(o.rows, o.seed),
    }  # fmt: skip
    if o.part:
        parts[o.part]()
        return 0
    tell(benchmark="evaluation", seed=o.seed, machine=machine())
    if find_spec("psmpy") is None:
        tell(task="psmpy", left_out="not installed: pip install psmpy beside the product to compare with it")
        parts.pop("psmpy")
    order = [*["matching"] * RUNS, *(part for part in parts if part != "matching")]
    return max(subprocess.run([sys.executable, *sys.argv, "--part", part], check=False).returncode for part in order)


if __name__ == "__main__":
    sys.exit(main())
