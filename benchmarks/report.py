"""How long the whole report takes in its four files, beside its page alone, on a store that is there.

    THROUGHCARE_HOME=var python benchmarks/report.py      a home with the demonstration pilot (`throughcare demo`)

Both begin with the same calculation; `ratio` is the whole by the page alone, medians of three. Prints one JSON object a line.
Fails where the page differs between the two.
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date

from _machine import machine, peak_megabytes

RUNS, LIMIT_SECONDS = 3, 15


def main() -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "throughcare.config.settings"
    import django

    django.setup()
    from django.conf import settings

    from throughcare.casework.frames import reading_once
    from throughcare.casework.pilot import current_pilot
    from throughcare.core.pilot import Period
    from throughcare.measures.all_measures import all_measures
    from throughcare.report import write
    from throughcare.report.compose import compose
    from throughcare.report.html import page
    from throughcare.report.pictures import drawn

    pilot, period = current_pilot(), Period(start=date(2016, 2, 6), end=date(2017, 1, 1))

    def figures() -> write.Figures:
        with reading_once():
            known = all_measures()
            around = write.read_around(known, pilot=pilot, period=period, public=False)
            found = write._findings(pilot, period)
            return write.gather(known, pilot=pilot, period=period, public=False, findings=found, around=around)

    def alone() -> str:
        report = compose(figures())
        return page(report, drawn(report))

    def whole() -> str:
        return str(write.files(figures(), write.read_provenance(pilot, settings.THROUGHCARE_PILOT))["index.html"])

    print(json.dumps({"benchmark": "report", "machine": machine()}), flush=True)
    whole()  # the first run loads what both need
    (one, first), (all_of_it, second) = timed(alone), timed(whole)
    line = {
        "page_seconds": round(one, 2), "whole_seconds": round(all_of_it, 2), "ratio": round(all_of_it / one, 2),
        "under_15_seconds": all_of_it < LIMIT_SECONDS, "same_page": first == second, "peak_mb": peak_megabytes(),
    }  # fmt: skip
    print(json.dumps(line))
    return 0 if first == second else 1


def timed(action: Callable[[], str]) -> tuple[float, str]:
    """Seconds of the median run, and what the last one gave."""
    seconds, made = [], ""
    for _ in range(RUNS):
        began = time.perf_counter()
        made = action()
        seconds.append(time.perf_counter() - began)
    return statistics.median(seconds), made


if __name__ == "__main__":
    sys.exit(main())
