"""How long it takes to match a day's court lists with 250,000 people, beside weighing them against everybody.

    python benchmarks/court_lists.py [PEOPLE] [HEARINGS]                             on SQLite
    python -m tests.postgres python benchmarks/court_lists.py [PEOPLE] [HEARINGS]    on PostgreSQL

Made-up people are imported as probation would send them; one in twenty names on the lists is one of them, with slips of the pen.
`match` is `match_new` whole: candidates (everybody, for so many), weighed, written with the list entries that follow; the import
of the file is timed by itself. `whole` reads and cleans every record, and asks the linkage with its own rules. `ratio` is whole
to match.
`found`: of the names that are people known, those matched with the right one, by kind; `missed`: pairs that `whole` weighs
POSSIBLE or more and `match` does not have. Then one court's list of forty, as it is when people wait for it.
"""

import json
import os
import sys
import tempfile
from collections import Counter
from datetime import date
from pathlib import Path

os.environ.setdefault("POLARS_MAX_THREADS", "2")  # read by Polars when it is first imported

import numpy as np
import polars as pl
from _machine import machine, peak_megabytes
from find import SEED, imported, made_up, seconds

PEOPLE, HEARINGS, KNOWN, A_LIST = 250_000, 10_000, 0.05, 40
DAY = date(2016, 6, 14)


def main() -> None:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    hearings = int(sys.argv[2]) if len(sys.argv) > 2 else HEARINGS
    with tempfile.TemporaryDirectory() as home:
        os.environ["THROUGHCARE_HOME"], os.environ["DJANGO_SETTINGS_MODULE"] = home, "throughcare.config.settings"
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        print(json.dumps({"benchmark": "court lists", "people": people, "database": connection.vendor, "machine": machine()}))
        call_command("migrate", verbosity=0)
        made = made_up(people)
        print(json.dumps({"import_seconds": imported(made, Path(home))["import_seconds"]}), flush=True)
        model = _model()
        lists = _lists(made, hearings)
        print(json.dumps(_day(lists, made, model, Path(home))), flush=True)
        print(json.dumps(_one_list(_lists(made, A_LIST, number=2), Path(home))), flush=True)
        print(json.dumps({"peak_mb": peak_megabytes()}))


def _model() -> object:
    """The model that a linkage would leave, without linking."""
    from throughcare.casework.audit.actions import recording
    from throughcare.casework.linking.actions import keep_model
    from throughcare.casework.linking.queries import records
    from throughcare.linkage.cleaning import clean
    from throughcare.linkage.frequencies import frequencies
    from throughcare.linkage.model import Model
    from throughcare.linkage.parameters import load

    model = Model(parameters=load(), frequencies=frequencies(clean(records())))
    with recording(by="benchmark", verb="linking.link"):
        keep_model("benchmark", model)
    return model


def _lists(made: pl.DataFrame, count: int, *, number: int = 1) -> pl.DataFrame:
    """The rows of the feed; `truth` is the CRN of who it is, "" of a stranger: names of the same people, another birth."""
    draw = np.random.default_rng(SEED + number)
    known = made.sample(int(count * KNOWN) or 1, seed=SEED + number).with_columns(truth="crn")
    other = pl.Series(draw.integers(1, 9_000, count - known.height))
    named = made.sample(count - known.height, seed=SEED + 10 + number)
    strangers = named.with_columns(
        truth=pl.lit(""), surname=named["surname"].shuffle(seed=number), born=pl.col("born") + pl.duration(days=other)
    )
    rows = pl.concat([known, strangers], how="diagonal").with_row_index("n")
    slip = pl.Series(draw.random(rows.height))
    return rows.select(
        record_id=pl.format("H{}-{}/1", pl.lit(number), "n"), reference=pl.format("H{}-{}", pl.lit(number), "n"),
        version=pl.lit("2016-06-13T17:58:00+01:00"), court=pl.lit("Thames"), sits_on=pl.lit(DAY), forenames="forename",
        surname=pl.when(slip < 0.1).then(pl.col("surname").str.head(-1)).otherwise("surname"), date_of_birth="born",
        pnc=pl.when((slip > 0.5) & (pl.col("truth") != "")).then("pnc_id"), breach=pl.lit("no"), warrant=pl.lit("no"),
        withdrawn=pl.lit("no"), truth="truth",
    )  # fmt: skip


def _load(lists: pl.DataFrame, folder: Path) -> None:
    from throughcare.casework.imports.actions import import_extracts
    from throughcare.casework.people.actions import resolve
    from throughcare.core.extract_text import extract
    from throughcare.strands.courts.lists.extracts import FEED

    path = folder / f"court-hearings-{lists.height}.csv"
    extract(FEED, lists.drop("truth")).write_csv(path)
    import_extracts(by="benchmark", paths=[path], feeds={FEED.slug: FEED}, resolve=resolve)


def _match() -> int:
    from throughcare.strands.courts.lists.actions import match_new

    return match_new(by="benchmark", since=DAY)


def _day(lists: pl.DataFrame, made: pl.DataFrame, model: object, folder: Path) -> dict[str, object]:
    from throughcare.casework.people.models import Identifier
    from throughcare.strands.courts.models import Hearing, HearingMatch

    loaded, _ = seconds(lambda: _load(lists, folder))
    took, matched = seconds(_match)
    hearings = list(Hearing.objects.order_by("pk"))
    whole, pairs = seconds(lambda: _whole(hearings, model))
    found = {(m.reference, m.person_id): m for m in HearingMatch.objects.exclude(person=None)}
    owners = dict(Identifier.objects.filter(kind="crn").values_list("value", "person_id"))
    truth = [(r, owners[crn]) for r, crn in lists.filter(pl.col("truth") != "").select("reference", "truth").iter_rows()]
    kinds = Counter(found[pair].kind if pair in found else "missed" for pair in truth)
    false = Counter(m.kind for pair, m in found.items() if pair not in set(truth))
    return {
        "hearings": matched, "import_seconds": round(loaded, 1), "match_seconds": round(took, 1),
        "whole_seconds": round(whole, 1), "ratio": round(whole / took, 1), "known": len(truth), "found": dict(kinds),
        "others_taken_for_known": dict(false), "weighed_by_whole": len(pairs), "missed": len(pairs - set(found)),
    }  # fmt: skip


def _whole(hearings: list[object], model: object) -> set[tuple[str, int]]:
    """The naive way: every record is read, cleaned and offered to the linkage. Those that `banded` takes, by entry and person."""
    from throughcare.casework.linking.queries import records
    from throughcare.linkage.cleaning import clean
    from throughcare.linkage.listed import banded
    from throughcare.linkage.scoring import score_between
    from throughcare.strands.courts.lists.identity import as_records

    known = records()
    first = known["id"].max() + 1
    told = as_records(hearings, first=first)
    cleaned, listed = (frame.select("id").hstack(clean(frame)) for frame in (known, told))
    found = banded(score_between(cleaned, listed, model), known)
    return {(hearings[place - first].reference, person) for place, person in found.select("listed", "person").iter_rows()}


def _one_list(lists: pl.DataFrame, folder: Path) -> dict[str, object]:
    """A court's list, when the day's others are there already."""
    loaded, _ = seconds(lambda: _load(lists, folder))
    took, matched = seconds(_match)
    again, _ = seconds(_match)
    return {"hearings": matched, "import_seconds": round(loaded, 1), "match_seconds": round(took, 1),
            "again_seconds": round(again, 1)}  # fmt: skip


if __name__ == "__main__":
    main()
