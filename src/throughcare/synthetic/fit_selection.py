"""The people of the demonstration pilot: the shipped choice for its own seed, a fresh search for any other.

`pilot_selection.csv` (number, kind) is what `fit.search` found with `PILOT_SEED`; kind is the class of who is eligible
on a reference day, and what keeps the others out. `python -m throughcare.synthetic.fit_selection` writes it anew, which
is needed after any change to how lives are simulated, since a number then means another life.
"""

import csv
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

from throughcare.synthetic.fit import Selection, search
from throughcare.synthetic.fit_targets import MEMBERS

PILOT_SEED = 2016
SHIPPED = "pilot_selection.csv"


@cache
def selection(seed: int) -> Selection:
    """The people of the pilot for a seed: read for `PILOT_SEED`, else searched for (about half a minute)."""
    return _shipped() if seed == PILOT_SEED else search(seed)


def pilot_numbers(seed: int) -> tuple[int, ...]:
    """The candidate numbers of everybody in the pilot's extracts, in order."""
    return selection(seed).numbers()


def _shipped() -> Selection:
    kinds: dict[str, list[int]] = {}
    lines = files(__package__).joinpath(SHIPPED).read_text(encoding="utf-8").splitlines()
    for row in csv.DictReader(lines):
        kinds.setdefault(row["kind"], []).append(int(row["number"]))
    return Selection(
        seed=PILOT_SEED,
        classes={each: tuple(kinds.pop(each)) for each in MEMBERS},
        others={kind: tuple(numbers) for kind, numbers in kinds.items()},
    )


def write(chosen: Selection, path: Path) -> None:
    """Writes a selection as it is shipped; the file appears whole or not at all."""
    groups = [*chosen.classes.items(), *chosen.others.items()]
    rows = sorted((number, kind) for kind, numbers in groups for number in numbers)
    beside = path.with_suffix(".part")
    with beside.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("number", "kind"))
        writer.writerows(rows)
    beside.replace(path)


if __name__ == "__main__":
    with as_file(files(__package__).joinpath(SHIPPED)) as where:
        write(search(PILOT_SEED), where)
