"""How long `throughcare demo` takes from an empty home to the written report, by step, and the most memory that it held.

    python benchmarks/demo.py               one run of about a minute, in a temporary home

Prints one JSON object a line: the machine, each step as it ends, and the whole. Fails where the command does, or where it
no longer says one of the lines by which the steps are told apart.
"""

import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from _machine import machine

COMMAND = Path(sys.executable).parent / "throughcare"
ROWS = re.compile(r"([\d,]+) rows loaded")
BEGINS = {  # what the command says when a step begins, in the order of the steps
    "make the extracts": re.compile("Writing the agencies' extracts"),
    "load them": re.compile("Loading them"),
    "choose and keep the cohort": ROWS,
    "write the report": re.compile("Writing the report"),
}


def main() -> int:
    print(json.dumps({"benchmark": "demo", "machine": machine()}), flush=True)
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as home:
        running = start(Path(home))
        steps, rows = told(running, began)
        ended = time.perf_counter()
    whole = {
        "rows_imported": rows, "seconds": round(ended - began, 1), "steps": len(steps),
        "peak_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
    }  # fmt: skip
    print(json.dumps(whole))
    return running.returncode or (1 if steps != ["start", *BEGINS] else 0)


def start(home: Path) -> subprocess.Popen[str]:
    """The command, its two streams as one; wide enough that no line of it is broken."""
    return subprocess.Popen(
        [COMMAND, "demo", "--no-serve", "--home", home],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=os.environ | {"COLUMNS": "200"},
    )  # fmt: skip


def told(running: subprocess.Popen[str], began: float) -> tuple[list[str], int]:
    """Prints the seconds of each step as it ends; gives the names of the steps seen and the rows imported."""
    steps, rows, since = ["start"], 0, began
    for at, line in timed_lines(running):
        rows = rows or rows_of(line)
        begun = next((step for step, says in BEGINS.items() if says.search(line)), None)
        if begun or running.returncode is not None:
            print(json.dumps({"step": steps[-1], "seconds": round(at - since, 2)}), flush=True)
            since = at
        if begun:
            steps.append(begun)
    return steps, rows


def timed_lines(running: subprocess.Popen[str]) -> Iterator[tuple[float, str]]:
    """Each line with when it came, and an empty one when the command has ended; what a failing command says is passed on."""
    lines = []
    for line in running.stdout or ():
        lines.append(line)
        yield time.perf_counter(), line
    if running.wait():
        sys.stderr.writelines(lines)
    yield time.perf_counter(), ""


def rows_of(line: str) -> int:
    found = ROWS.search(line)
    return int(found[1].replace(",", "")) if found else 0


if __name__ == "__main__":
    sys.exit(main())
