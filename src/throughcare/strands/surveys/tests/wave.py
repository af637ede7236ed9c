"""The wave of September 2016 as its evaluation prints it, written as an extract.

Printed: how many answered each question and how many of them positively (GtO interim evaluation, MOPAC 2017, section 3);
for table 4 every answer. How many of each group responded is not printed; 28, 10 and 6 fit every printed base.
"""

import csv
from pathlib import Path

import polars as pl

from throughcare.casework.imports.actions import Outcome, import_extracts
from throughcare.strands.surveys.extracts import RESPONSES
from throughcare.strands.surveys.waves import wave

SEPTEMBER = wave("2016-09")
RESPONDENTS = ("practitioner",) * 28 + ("strategic",) * 6 + ("provider",) * 10

TABLE_4 = {  # strongly disagree to strongly agree
    "partners_new": (3, 5, 3, 14, 7),
    "partners_existing": (1, 5, 9, 11, 4),
    "understand_agencies": (2, 9, 5, 13, 4),
}
PRINTED = {  # positive, of those who answered
    "communication_mopac": (6, 22), "communication_own": (6, 22), "operating_model": (11, 19), "lig_meetings": (10, 17),
    "enough_training": (17, 22), "potential_reoffending": (37, 44), "potential_problems": (37, 44),
    "potential_partnership": (36, 44), "potential_engagement": (35, 44), "potential_safety": (22, 44),
    "potential_confidence": (24, 44), "impact_own_work": (23, 33), "impact_now": (11, 28), "workload": (9, 28),
    "can_sequence": (6, 10), "feel_involved": (4, 10), "communication_referrers": (2, 10),
}  # fmt: skip


def answers(slug: str) -> list[str]:
    """The codes given to a question, one for each who answered."""
    question = SEPTEMBER.question(slug)
    codes = SEPTEMBER.codes(question)
    if slug in TABLE_4:
        return [code for code, n in zip(codes, TABLE_4[slug], strict=True) for _ in range(n)]
    positive, base = PRINTED[slug]
    return [codes[-1]] * positive + [codes[0]] * (base - positive)


def responses() -> list[dict[str, str]]:
    """The rows of the extract; who was asked and did not answer has an empty cell."""
    rows = [
        {"record_id": f"S{i:02}", "wave": "2016-09", "answered_on": f"2016-09-{1 + i % 30:02}", "group": group}
        for i, group in enumerate(RESPONDENTS)
    ]
    for question in SEPTEMBER.questions:
        asked = [row for row in rows if row["group"] in question.asked_of]
        for row, code in zip(asked, answers(question.slug), strict=False):
            row[question.slug] = code
    return rows


def write(folder: Path, rows: list[dict[str, str]], name: str = "survey-responses.csv") -> Path:
    path = folder / name
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, [column.name for column in RESPONSES.columns], restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def load(path: Path) -> list[Outcome]:
    """Imports one extract by the real path."""

    def nobody(frame: pl.DataFrame, feed: object) -> pl.DataFrame:
        raise AssertionError("a response is about nobody")

    return import_extracts(by="test", paths=[path], feeds={RESPONSES.slug: RESPONSES}, resolve=nobody)
