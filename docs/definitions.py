"""Adds to `measures/definitions.csv` what has changed since: `python docs/definitions.py --reason "why"`.

A measure that is new, defined otherwise, or gone has one entry more, of today, with the reason. A test fails until it is there.
"""

import argparse
import csv
import os
from dataclasses import asdict
from datetime import UTC, datetime

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughcare.config.settings")
import django

django.setup()

from throughcare.measures.all_measures import all_measures  # noqa: E402
from throughcare.measures.definitions import COLUMNS, FILE, entries, fresh  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reason", required=True, help="why the definitions changed, in a sentence for the reader")
    reason = parser.parse_args().reason
    kept = entries() if FILE.exists() else {}
    added = fresh(all_measures(), kept, on=datetime.now(UTC).date(), reason=reason)
    listed = sorted([entry for history in kept.values() for entry in history] + added, key=lambda e: (e.slug, e.on))
    with FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(entry) for entry in listed)
    print(f"{len(added)} entries added: {', '.join(entry.slug for entry in added[:10])}")


if __name__ == "__main__":
    main()
