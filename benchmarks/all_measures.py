"""How long every measure takes by month and borough over a year, and whom a service is for beside the naive way.

    python -m tests.postgres python benchmarks/all_measures.py [PEOPLE]      on PostgreSQL, as a real service runs
    python benchmarks/all_measures.py [PEOPLE]                               on SQLite

The store is that of `web.py`. `reading` is the part that it takes to have frames from the database. The naive way decides the
cohort's rule of everybody who is on record, person by person; ours tells by frames who may fit at all. Hardly anybody made up
here has so high a score: that both find the same people is tested in casework/cohort/tests/test_on_days.py.
"""

import json
import os
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import date
from pathlib import Path

os.environ.setdefault("POLARS_MAX_THREADS", str(os.cpu_count()))  # a report's own; a server's worker has one

import django
import web
from _machine import machine, peak_megabytes
from django.core.management import call_command
from django.db import connection
from find import made_up

PEOPLE, RUNS = 250_000, 2
START, END = date(2015, 12, 1), date(2016, 12, 1)
BY = ("month", "borough")


def main() -> None:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    with tempfile.TemporaryDirectory() as home:
        Path(home, "demonstration.txt").write_text(f"day: {web.DAY}\n", encoding="utf-8")
        os.environ |= {"THROUGHCARE_HOME": home, "DJANGO_SETTINGS_MODULE": "throughcare.config.settings"}
        django.setup()
        told = {"benchmark": "all measures", "people": people, "database": connection.vendor, "machine": machine()}
        print(json.dumps(told), flush=True)
        call_command("migrate", verbosity=0)
        print(json.dumps(web.planted(made_up(people), 20, Path(home))), flush=True)
        measured()
        beside_naive()


def measured() -> None:
    """Prints what they take."""
    from throughcare.casework.pilot import current_pilot
    from throughcare.core.pilot import Period
    from throughcare.measures.all_measures import all_measures
    from throughcare.measures.calculate import calculate_all

    pilot, measures = current_pilot(), all_measures()
    for _ in range(RUNS):
        began, told = time.perf_counter(), Reading()
        with told.reading():
            found = calculate_all(measures, pilot=pilot, period=Period(start=START, end=END), by=BY)
        print(json.dumps({"measures": len(measures), "results": len(found), "seconds": since(began),
                          "reading_s": round(told.seconds, 2), "peak_mb": peak_megabytes()}), flush=True)  # fmt: skip


def beside_naive() -> None:
    """Prints how long it takes to tell who is eligible on the last day, both ways."""
    from throughcare.casework.cohort.queries import decisions, eligible_on
    from throughcare.casework.frames import reading_once
    from throughcare.casework.pilot import current_pilot

    with reading_once():
        eligible_on(END, current_pilot())  # reads
        began = time.perf_counter()
        ours = set(eligible_on(END, current_pilot())["person"])
        took, began = since(began), time.perf_counter()
        naive = {person for person, answer in decisions(END, current_pilot()).items() if answer.met}
        slow = since(began)
    print(json.dumps({"eligible": len(ours), "same": ours == naive,
                      "ours_s": took, "naive_s": slow, "times": round(slow / max(took, 0.01), 1)}))  # fmt: skip


class Reading:
    """The seconds that it takes to have frames from the database."""

    def __init__(self) -> None:
        self.seconds = 0.0

    @contextmanager
    def reading(self):
        from throughcare.casework import frames

        asking = frames._ask

        def timed(*question):
            began = time.perf_counter()
            try:
                return asking(*question)
            finally:
                self.seconds += time.perf_counter() - began

        frames._ask = timed
        try:
            yield
        finally:
            frames._ask = asking


def since(began: float) -> float:
    return round(time.perf_counter() - began, 2)


if __name__ == "__main__":
    main()
