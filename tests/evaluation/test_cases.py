"""Court cases in the study of court reports: with one, without, earlier, elsewhere; and an effect planted and found, or none."""

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.evaluation.conftest import AT, DAY
from tests.web.access.world import load
from throughcare.casework.pilot import current_pilot
from throughcare.core.identifiers import make_pnc
from throughcare.evaluation import actions, queries
from throughcare.evaluation.rows import made, outcomes_of
from throughcare.stats.protocol import parse_protocol
from throughcare.strands.courts.models import RESULT_KINDS, CourtCase
from throughcare.synthetic.studies import PROTOCOLS

TEXT = (PROTOCOLS / "court-reports.toml").read_text(encoding="utf-8")
PROTOCOL, _ = parse_protocol(TEXT, name="court-reports")
Case = dict[str, Any]
WITHOUT = "without a report, at the service's courts: the protocol compares with others"


def stored(tmp_path: Path, cases: Iterable[Case]) -> dict[str, int]:
    """Loads cases, each of a person of its own: court, plea (day), report, sentenced (days or none), kind, thefts, pleaded.

    Gives their numbers by name."""
    files: dict[str, list[dict[str, object]]] = {}
    names = []
    for n, told in enumerate(cases):
        who = {"crn": f"X{300000 + n}", "pnc": make_pnc(2002, 3000 + n)}
        born = told.get("born", "1990-06-01")
        case, plea = {"record_id": f"C{n}", "case": f"C{n}"}, told["plea"]
        names.append(told.get("name", f"{n}"))
        rows: dict[str, list[dict[str, object]]] = {
            "nps-people": [{**who, "forenames": f"N{n}", "surname": "Planted", "sex": "M", "date_of_birth": born,
                            "ethnicity": "White"}],
            "police-convictions": [
                {"pnc": who["pnc"], "offence_code": "03900", "principal": "yes", "disposal": "conviction",
                 "convicted_on": f"{date.fromisoformat(plea) - timedelta(days=91 * back)}"}
                for back in range(told.get("thefts", 3))],
            "court-cases": [{**who, "record_id": case["case"], "court": told["court"], "told_on": plea, "offence_code": "03900"}],
            "court-pleas": [{**case, "entered_on": plea, "plea": told.get("pleaded", "guilty")}],
        }  # fmt: skip
        if told.get("report"):
            rows["court-reports"] = [{**case, "requested_on": plea, "delivered_on": told["report"], "kind": "fast"}]
        if told.get("sentenced"):
            none = dict.fromkeys(RESULT_KINDS, "no")
            rows["court-results"] = [{**case, "sentenced_on": told["sentenced"], "kind": told.get("kind", "fine"), **none}]
        for slug, found in rows.items():
            files.setdefault(slug, []).extend({"record_id": f"{slug}-{n}-{k}", **row} for k, row in enumerate(found))
    load(tmp_path, files)
    by_record = dict(CourtCase.objects.values_list("source__record_id", "pk"))
    return {name: by_record[f"C{n}"] for n, name in enumerate(names)}


# what of the case; court, plea, report, sentence; where and when it is, whether it is treated, why it is in neither group
CASES = [
    ("with a report", "Thames", "2016-06-01", "2016-06-03", "2016-06-03", "pilot", 1, ""),
    ("without one", "Thames", "2016-06-01", "", "2016-06-08", "pilot", 0,
     WITHOUT),
    ("the day before it began", "Thames", "2016-02-05", "", "2016-02-20", "earlier", 0, ""),
    ("the day it began", "Thames", "2016-02-06", "", "2016-02-20", "pilot", 0,
     WITHOUT),
    ("at another court", "Stratford", "2016-06-01", "", "2016-06-20", "elsewhere", 0, ""),
    ("at one that nobody names", "Tharnes", "2016-06-01", "", "2016-06-20", "not named", 0,
     "at a court that the pilot file does not name"),
    ("not sentenced", "Stratford", "2016-06-01", "", "", "elsewhere", 0, "no sentence on record after 60 days"),
    ("a report after the sentence", "Thames", "2016-06-01", "2016-06-09", "2016-06-08", "pilot", 0,
     WITHOUT),
]  # fmt: skip


def test_the_table_of_cases(db, tmp_path):
    who = stored(tmp_path, ({"name": name, "court": court, "plea": plea, "report": report, "sentenced": sentenced}
                            for name, court, plea, report, sentenced, *_ in CASES))  # fmt: skip
    pilot = current_pilot()
    frozen = made(PROTOCOL, as_at=DAY, pilot=pilot).frame.with_row_index("row").cast({"row": int})
    told = outcomes_of(PROTOCOL, frozen, as_at=DAY, pilot=pilot)
    frozen = {row["case"]: row | after for row, after in zip(frozen.to_dicts(), told.to_dicts(), strict=True)}
    found = [
        (name, (row := frozen[who[name]])["where_when"], row["treated"], row["why_out"] or row["out_after"]) for name, *_ in CASES
    ]
    assert found == [(name, where, treated, why) for name, *_, where, treated, why in CASES]


def test_without_the_key_cases_of_the_pilot_are_compared_too(db, tmp_path):
    who = stored(tmp_path, [{"name": "without", "court": "Thames", "plea": "2016-06-01", "sentenced": "2016-06-08"}])
    every, _ = parse_protocol(TEXT.replace('compare = ["earlier", "elsewhere"]\n', ""), name="every")
    (row,) = made(every, as_at=DAY, pilot=current_pilot()).frame.to_dicts()
    assert (row["case"], row["why_out"]) == (who["without"], "")


def planted(effect: bool, seed: int) -> Iterable[Case]:
    """65 cases with a report of 3 to 9 days after the plea, and 140 without, half of them earlier and half elsewhere.

    Everybody would wait 5 to 40 days, longer with a longer record, and who has one gets a report more often. `effect`: what
    was left to wait on the day of the report falls to a third. That such draws give no finding more often than they may is in
    tests/stats/test_waits.py.
    """
    rng = np.random.default_rng(seed)
    wanted = {"report": 65, "earlier": 70, "elsewhere": 70}
    while any(wanted.values()):
        thefts = int(rng.integers(1, 7))
        wait = 4 + thefts + int(rng.integers(0, 31))
        reported = bool(rng.random() < 0.15 + 0.07 * thefts)
        where = "report" if reported and wanted["report"] else "earlier" if rng.random() < 0.5 else "elsewhere"
        if not wanted[where]:
            continue
        wanted[where] -= 1
        plea = date(2015, 3, 2) if where == "earlier" else date(2016, 3, 1)
        plea += timedelta(days=int(rng.integers(0, 250)))
        case = {"court": "Westminster" if where == "elsewhere" else "Thames", "plea": f"{plea}", "thefts": thefts,
                "born": f"{1970 + int(rng.integers(0, 25))}-06-01"}  # fmt: skip
        if where == "report":
            asked = int(rng.integers(3, min(10, wait)))
            wait = asked + (wait - asked) // 3 if effect else wait
            case["report"] = f"{plea + timedelta(days=asked)}"
        yield case | {"sentenced": f"{plea + timedelta(days=wait)}", "kind": str(rng.choice(["fine", "community", "custody"]))}


# whether an effect was planted, what is said of the share sentenced by then, and of the days
FOUND = [(True, "higher", "lower"), (False, "not determined", "not determined")]


@pytest.mark.parametrize(("effect", "time", "days"), FOUND)
def test_an_effect_on_the_days_to_the_sentence_is_found_where_it_is_planted(db, home, tmp_path, settings, effect, time, days):
    settings.DEMONSTRATION = DAY
    stored(tmp_path, planted(effect, seed=8))
    study = actions.register(by="evaluator", text=TEXT, slug="court-reports", at=AT)
    for do in (actions.freeze, actions.add_outcomes, actions.run):
        do(by="evaluator", study=study, as_at=DAY, at=AT)
    told = queries.findings_of(study)
    verdicts = {each["outcome"]: each["verdict"] for each in told["estimates"]}
    assert {"time": time, "days_to_sentence": days, "custody": "not determined"}.items() <= verdicts.items()
