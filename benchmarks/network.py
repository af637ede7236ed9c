"""How long one person's links take to read in a store of many people: only their neighbourhood may be read.

    python benchmarks/network.py [PEOPLE]

The same person, with the same twelve events, in a store of a hundredth of the people and of all: seconds of the fastest of
twenty readings, the questions asked, and how much longer it takes in the larger store. On SQLite in a home of its own.
"""

import json
import os
import sys
import tempfile
import time
from datetime import date, timedelta

import django
import numpy as np
import polars as pl
from _machine import machine, peak_megabytes
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

PEOPLE, PARTS_A_PERSON, IN_AN_EVENT, TIMES, SEED = 250_000, 4, 2, 20, 2017
DAY, OF_MINE = date(2017, 3, 1), 12


def main() -> None:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"THROUGHCARE_HOME": home, "DJANGO_SETTINGS_MODULE": "throughcare.config.settings"}
        django.setup()
        call_command("migrate", verbosity=0)
        found, first = [], 1
        for size in (max(people // 100, 100), people):
            put(first, size)
            first = size + 1
            found.append({"people": size, **read()})
        slower = round(found[1]["seconds"] / found[0]["seconds"], 2)
        print(json.dumps({"benchmark": "network", "machine": machine(), "readings": found, "times as long": slower,
                          "peak_mb": peak_megabytes()}))  # fmt: skip


def put(first: int, last: int) -> None:
    """People with these numbers, each in some events with others; the first person's events are all put at once."""
    from throughcare.casework.audit.actions import recording
    from throughcare.casework.imports.actions import insert
    from throughcare.casework.people.models import Person
    from throughcare.strands.policing.picture.models import EventPart

    draw, many = np.random.default_rng([SEED, first]), last - first + 1
    events = draw.integers(first, last * PARTS_A_PERSON // IN_AN_EVENT + 1, many * PARTS_A_PERSON)
    people = np.repeat(np.arange(first, last + 1), PARTS_A_PERSON)
    if first == 1:
        events[people == 1] = -1
        people = np.r_[people, np.repeat([1, 2, 3], OF_MINE)]
        events = np.r_[events, np.tile(np.arange(10**9, 10**9 + OF_MINE), 3)]
    parts = pl.DataFrame({"person": people, "event": events}).filter(pl.col("event") >= 0).with_columns(
        event=pl.format("CR-{}", "event"), role=pl.lit("arrested"), on=pl.lit(DAY - timedelta(days=90)),
    )  # fmt: skip
    with recording(by="benchmark", verb="benchmark.put") as entry:
        born = pl.DataFrame({"id": np.arange(first, last + 1)}).with_columns(date_of_birth=pl.lit(date(1985, 3, 9)))
        insert(Person, born, key=("id",))
        insert(EventPart, parts)
        entry.details = {}


def read() -> dict[str, float]:
    """The links of the first person: seconds, questions, how many links."""
    from throughcare.strands.policing.picture.links import links_of

    seconds = []
    for _ in range(TIMES):
        started = time.perf_counter()
        links = links_of([1], DAY)
        seconds.append(time.perf_counter() - started)
    with CaptureQueriesContext(connection) as asked:
        links_of([1], DAY)
    return {"seconds": round(min(seconds), 5), "questions": len(asked), "links": len(links)}


if __name__ == "__main__":
    main()
