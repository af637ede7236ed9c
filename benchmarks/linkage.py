"""Seconds, memory and accuracy of linking people as the records grow, beside plain Splink with the same model in the same run.

    python benchmarks/linkage.py [--sizes 10000 100000 1000000] [--known 250000] [--new 1000] [--rounds 1] [--seed 1]

Each measurement is a process of its own: imports first, then the clock. `ours` is `link_files` whole: a CSV read, cleaned,
frequencies counted, pairs scored, guards, grouping, people and pairs written. `plain` is what an analyst writes with Splink: the
same CSV read with DuckDB, the same cleaning, settings and blocking rules, term frequencies by Splink, predict, cluster, both
tables written by DuckDB. `lean` is that with ids and weights alone retained: no levels or values, so no reasons, but the least
that Splink can be asked for. `ratio` is ours to them in seconds: whole to whole, and whole to Splink's own part (predict and
cluster) alone. `cpu_s` is processor seconds of all threads, which are less troubled by what else the machine does.

Then 1,000 new records against 250,000 known (`link_new`) beside linking all of them again. Fails where the two do not agree.
Prints one JSON object a line. `--rounds 2` repeats the largest size. `--sizes` or `--known 0` leave a part out.
"""

import argparse
import json
import logging
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from importlib.metadata import version
from pathlib import Path

SIZES, KNOWN, NEW = (10_000, 100_000, 1_000_000), 250_000, 1_000
AS_AT = date(2016, 12, 31)
WAYS = ("ours", "plain", "lean")


class Stages:
    """Seconds since it was made, and by the name of what was done; stages within stages count in both."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.began, self.processor = time.perf_counter(), time.process_time()

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        began = time.perf_counter()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - began

    def watch(self, module: object, name: str) -> None:
        """Every call of the module's function is timed, under its name."""
        real = getattr(module, name)

        def timed(*arguments, **named):
            with self(name):
                return real(*arguments, **named)

        setattr(module, name, timed)

    def told(self) -> dict[str, object]:
        seconds, processor = time.perf_counter() - self.began, time.process_time() - self.processor
        from _machine import peak_megabytes

        stages = {name: round(took, 2) for name, took in self.seconds.items()}
        return {"seconds": round(seconds, 2), "cpu_s": round(processor, 2), "peak_mb": peak_megabytes(), "stages": stages}


def make(folder: Path, records: str, seed: str) -> dict[str, object]:
    from _records import write_records

    write_records(folder, int(records), int(seed))
    return {}


def ours(folder: Path) -> dict[str, object]:
    from _records import RECORDS

    from throughcare.linkage import files, people
    from throughcare.linkage.parameters import load

    parameters, output, stages = load(), folder / "ours.csv", Stages()
    for name in ("read_records", "clean", "frequencies", "link", "write_people"):
        stages.watch(files, name)
    stages.watch(people, "score")
    _, linkage = files.link_files([folder / RECORDS], output, parameters=parameters, as_at=AS_AT)
    return stages.told() | {"pairs": linkage.pairs.height} | accuracy(folder, output, "person_id")


def plain(folder: Path, retain: bool = True) -> dict[str, object]:
    import duckdb
    from _records import RECORDS
    from splink import DuckDBAPI, Linker

    from throughcare.linkage import thresholds as t
    from throughcare.linkage.cleaning import clean

    output = folder / f"{'plain' if retain else 'lean'}.csv"
    model_of, stages = splink_settings(retain), Stages()
    with stages("read"):
        given = as_given(duckdb.sql(f"SELECT * FROM read_csv('{folder / RECORDS}', all_varchar = true)").pl())
    with stages("clean"):
        cleaned = given.select("id", "source", "record_id").hstack(clean(given))
        cleaned = cleaned.with_columns(homes="postcodes")
    with stages("predict"):
        linker = Linker(DuckDBAPI().register(cleaned.to_arrow()), model_of(cleaned), log_level=logging.ERROR)
        pairs = linker.inference.predict(threshold_match_weight=t.FLOOR)
    with stages("cluster"):
        clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold_match_weight=t.JOIN)
    with stages("write"):
        pairs.to_csv(str(output.with_suffix(".pairs.csv")), overwrite=True)
        clusters.to_csv(str(output), overwrite=True)
    told = stages.told()
    found = {"pairs": pairs.as_duckdbpyrelation().count("*").fetchall()[0][0]}
    return told | found | accuracy(folder, output, "cluster_id")


def lean(folder: Path) -> dict[str, object]:
    return plain(folder, retain=False)


def splink_settings(retain: bool) -> Callable:
    """The product's model, comparisons and blocking rules as settings, for the cleaned records."""
    import polars as pl

    from throughcare.linkage.blocking import rules_for
    from throughcare.linkage.comparisons import COMPARISONS
    from throughcare.linkage.frequencies import SCHEMA, Frequencies
    from throughcare.linkage.model import Model
    from throughcare.linkage.parameters import load
    from throughcare.linkage.scoring import settings

    parameters = load()

    def of(cleaned: pl.DataFrame):
        counted = Frequencies(counts=pl.DataFrame(schema=SCHEMA), people=cleaned.height, records=cleaned.height)
        told = {cells.name for cells in cleaned if (cells.explode() if cells.dtype == pl.List else cells).count()}
        compared = [c for c in COMPARISONS if told.intersection(c.about)]
        made = settings(Model(parameters=parameters, frequencies=counted), rules_for(told), "duckdb", compared)
        made.additional_columns_to_retain = []  # what the guards look at, which plain Splink has not
        made.retain_matching_columns = made.retain_intermediate_calculation_columns = retain
        return made

    return of


def as_given(read):
    """The CSV's columns under the names that `clean` takes, with `id`."""
    import polars as pl

    return read.rename({"pnc_id": "pnc", "cro_number": "cro"}).select(
        pl.int_range(pl.len(), dtype=pl.Int64).alias("id"), pl.exclude("date_of_birth", "postcode"),
        pl.col("date_of_birth").str.to_date("%Y-%m-%d"),
        pl.when(pl.col("postcode").is_not_null()).then(pl.concat_list("postcode")).alias("postcodes"),
    )  # fmt: skip


def accuracy(folder: Path, output: Path, person: str) -> dict[str, object]:
    """Of the pairs of records in one group, the share that is one person; of those of one person, the share in one group."""
    import polars as pl
    from _records import TRUTH

    told = pl.read_csv(output, columns=["source", "record_id", person], schema_overrides={person: pl.Int64})
    both = told.join(pl.read_csv(folder / TRUTH), on=["source", "record_id"], how="full", validate="1:1")

    def pairs(*by: str) -> int:
        return both.group_by(*by).len().select((pl.col("len").cast(pl.Int64) * (pl.col("len") - 1) // 2).sum()).item()

    right = pairs(person, "true_person")
    return {"people": both[person].n_unique(), "precision": round(right / pairs(person), 5),
            "recall": round(right / pairs("true_person"), 5)}  # fmt: skip


def known(folder: Path, new: str) -> dict[str, object]:
    """Links all but the last `new` records, and keeps who they are and how often each name occurs."""
    from throughcare.linkage.frequencies import frequencies
    from throughcare.linkage.people import link

    cleaned = cleaned_of(given_of(folder))
    before = cleaned.head(cleaned.height - int(new))
    counted = frequencies(before)
    counted.counts.write_parquet(folder / "counts.parquet")
    (folder / "counted.json").write_text(json.dumps({"people": counted.people, "records": counted.records}))
    link(before, model(folder)).people.select("id", person="group").write_parquet(folder / "known.parquet")
    return {}


def again(folder: Path) -> dict[str, object]:
    """Everybody cleaned and linked again, with the same frequencies and the same people known."""
    from throughcare.linkage import people

    given, kept, before = given_of(folder), model(folder), people_known(folder)
    stages = Stages()
    stages.watch(people, "score")
    with stages("clean"):
        cleaned = cleaned_of(given)
    linkage = people.link(cleaned, kept, known=before)
    told = stages.told()
    linkage.people.write_parquet(folder / "again.parquet")
    return told | {"pairs": linkage.pairs.height}


def new(folder: Path, count: str) -> dict[str, object]:
    """The last `count` records linked with those known; `differ`: records looked at whose group is another than by `again`."""
    import polars as pl

    from throughcare.linkage import people

    given, kept, before = given_of(folder), model(folder), people_known(folder)
    stages = Stages()
    for name in ("score", "score_between"):
        stages.watch(people, name)
    with stages("clean"):
        cleaned = cleaned_of(given)
    linkage = people.link_new(cleaned, range(cleaned.height - int(count), cleaned.height), kept, known=before)
    told = stages.told()
    looked_at, relinked = linkage.people, pl.read_parquet(folder / "again.parquet")
    differ = looked_at.join(relinked, on=["id", "group"], how="anti").height
    return told | {"pairs": linkage.pairs.height, "looked_at": looked_at.height, "differ": differ}


def given_of(folder: Path):
    from _records import RECORDS

    from throughcare.linkage.files import read_records

    return read_records([folder / RECORDS], as_at=AS_AT).frame


def cleaned_of(given):
    from throughcare.linkage.cleaning import clean

    return given.select("id").hstack(clean(given))


def people_known(folder: Path):
    import polars as pl

    from throughcare.linkage.model import Known

    return Known(people=pl.read_parquet(folder / "known.parquet"))


def model(folder: Path):
    import polars as pl

    from throughcare.linkage.frequencies import Frequencies
    from throughcare.linkage.model import Model
    from throughcare.linkage.parameters import load

    counted = json.loads((folder / "counted.json").read_text())
    return Model(parameters=load(), frequencies=Frequencies(counts=pl.read_parquet(folder / "counts.parquet"), **counted))


TASKS = {task.__name__: task for task in (make, ours, plain, lean, known, again, new)}


def in_process(task: str, *arguments: object) -> dict:
    command = [sys.executable, __file__, "--task", task, *map(str, arguments)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.strip().splitlines()[-1])


def compare(records: int, seed: int, ways: tuple[str, ...] = WAYS) -> None:
    with tempfile.TemporaryDirectory() as work:
        in_process("make", work, records, seed)
        told = {way: in_process(way, work) for way in ways}
    for way, facts in told.items():
        tell(way=way, records=records, **facts)
    mine = told["ours"]
    for way in ("plain", "lean"):
        whole, stages = told[way], told[way]["stages"]
        alone = stages["predict"] + stages["cluster"]
        tell(records=records, ours_to=way, ratio=round(mine["seconds"] / whole["seconds"], 2),
             cpu_ratio=round(mine["cpu_s"] / whole["cpu_s"], 2), memory_ratio=round(mine["peak_mb"] / whole["peak_mb"], 2),
             splink_alone_s=round(alone, 2), ratio_to_splink_alone=round(mine["seconds"] / alone, 2))  # fmt: skip


def compare_new(known_records: int, new_records: int, seed: int) -> bool:
    with tempfile.TemporaryDirectory() as work:
        in_process("make", work, known_records + new_records, seed)
        in_process("known", work, new_records)
        all_again, some = in_process("again", work), in_process("new", work, new_records)
    for way, facts in (("all again", all_again), ("link_new", some)):
        tell(way=way, known=known_records, new=new_records, **facts)
    tell(known=known_records, new=new_records, times_faster=round(all_again["seconds"] / some["seconds"], 1))
    return some["differ"] == 0


def tell(**facts: object) -> None:
    print(json.dumps(facts), flush=True)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    for name, default in (("--known", KNOWN), ("--new", NEW), ("--rounds", 1), ("--seed", 1)):
        asked.add_argument(name, type=int, default=default)
    asked.add_argument("--task", nargs="+", help=argparse.SUPPRESS)
    options = asked.parse_args()
    if options.task:
        name, folder, *arguments = options.task
        tell(**TASKS[name](Path(folder), *arguments))
        return 0
    from _machine import machine

    packages = {name: version(name) for name in ("splink", "duckdb")}
    tell(benchmark="linkage", seed=options.seed, as_at=str(AS_AT), machine=machine() | packages)
    for size in options.sizes:
        rounds = options.rounds if size == max(options.sizes) else 1
        for turn in range(rounds):
            compare(size, options.seed, WAYS if turn % 2 == 0 else WAYS[::-1])
    agrees = not options.known or compare_new(options.known, options.new, options.seed)
    return 0 if agrees else 1


if __name__ == "__main__":
    sys.exit(main())
