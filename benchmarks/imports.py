"""Rows a second of `throughcare import` on SQLite, memory as the file grows, and the ratio to one save a row.

python benchmarks/imports.py            arrests of 2,000 people: 50,000, 200,000 and 800,000 rows, each in its own process
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("POLARS_MAX_THREADS", "1")
PEOPLE, NAIVE = 2_000, 3_000
SIZES = (50_000, 200_000, 800_000)


def main() -> None:
    if len(sys.argv) == 2:
        print(json.dumps(measure(int(sys.argv[1]))))
        return
    from _machine import machine

    print(json.dumps({"benchmark": "import", "machine": machine()}))
    for size in SIZES:
        done = subprocess.run([sys.executable, __file__, str(size)], capture_output=True, text=True, check=True)
        print(done.stdout.strip())


def measure(rows: int) -> dict[str, object]:
    """Loads `rows` arrests, loads them again unchanged, and saves NAIVE of them one by one in the same run."""
    with tempfile.TemporaryDirectory() as work:
        os.environ["THROUGHCARE_HOME"] = work
        os.environ["DJANGO_SETTINGS_MODULE"] = "throughcare.config.settings"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        people, arrests = write(Path(work), rows)
        run(people)
        first, again, naive = seconds(run, arrests), seconds(run, arrests), seconds(save_one_by_one, NAIVE)
        from _machine import peak_megabytes

        rate, slow = rows / first, NAIVE / naive
        return {
            "rows": rows, "seconds": round(first, 2), "rows_a_second": round(rate), "again_rows_a_second": round(rows / again),
            "one_save_a_row_a_second": round(slow), "ratio": round(rate / slow, 1), "peak_mb": peak_megabytes(),
        }  # fmt: skip


def write(folder: Path, rows: int) -> tuple[Path, Path]:
    from throughcare.core.identifiers import make_pnc

    numbers = [make_pnc(1990, serial) for serial in range(1, PEOPLE + 1)]
    people, arrests = folder / "police-people.csv", folder / "police-arrests.csv"
    with people.open("w") as file:
        file.write("record_id,pnc,cro,forenames,surname,date_of_birth,sex,ethnicity\n")
        file.writelines(f"P{n},{pnc},,Tavi,Brellan,1990-01-01,M,White\n" for n, pnc in enumerate(numbers))
    with arrests.open("w") as file:
        file.write("record_id,pnc,arrested_on,asn,offence_code\n")
        file.writelines(f"A{n},{numbers[n % PEOPLE]},2010-0{n % 9 + 1}-1{n % 10},,02800\n" for n in range(rows))
    return people, arrests


def run(path: Path) -> None:
    from throughcare.casework.imports.actions import import_extracts
    from throughcare.casework.people.actions import resolve
    from throughcare.casework.people.extracts import FEEDS

    import_extracts(by="benchmark", paths=[path], feeds={f.slug: f for f in FEEDS}, resolve=resolve)


def save_one_by_one(rows: int) -> None:
    """The naive way to the same rows: look the person up, save the row as given, save the fact."""
    from datetime import date

    from throughcare.casework.audit.actions import recording
    from throughcare.casework.imports.models import FileLoad, SourceRow
    from throughcare.casework.people.models import Arrest, Identifier

    file, numbers = FileLoad.objects.first(), list(Identifier.objects.values_list("value", flat=True))
    with recording(by="benchmark", verb="naive"):
        for n in range(rows):
            person = Identifier.objects.get(kind="pnc", value=numbers[n % len(numbers)]).person_id
            source = SourceRow(
                id=10**9 + n, feed="naive", record_id=f"A{n}", digest="", file=file, line=n, seen_in=1, values="[]"
            )
            source.save(force_insert=True)
            Arrest(source=source, person_id=person, arrested_on=date(2010, 1, 1), offence_code="02800").save()


def seconds(action, *arguments) -> float:
    began = time.perf_counter()
    action(*arguments)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
