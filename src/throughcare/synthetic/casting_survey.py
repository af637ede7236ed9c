"""Fills in the survey of September 2016: 44 people, some questions skipped, so that every count and base is as published."""

from random import Random
from typing import Any

import polars as pl

from throughcare.strands.surveys.waves import code, waves
from throughcare.synthetic.casting_people import Pool, working_days

ORGANISATIONS = {
    "practitioner": {"CRC": 9, "NPS": 6, "Metropolitan Police": 7, "Local Authority": 6},
    "provider": {"Mentoring provider": 5, "Service Provider": 5},
    "strategic": {"Local Authority": 3, "MOPAC": 2, "CRC": 1},
}
"""Chosen: who answered is not published but for the groups and the organisations of those quoted."""


def cast_survey(pool: Pool) -> pl.DataFrame:
    """A row a response: wave, answered_on, group, organisation, and a column a question with the code of the answer or null."""
    rng, told, wave = pool.random("survey"), pool.figures["survey"], waves()[0]
    people = [
        {"wave": wave.slug, "group": group, "organisation": _organisation(group, place), "mood": rng.random()}
        for group, size in told["groups"].items()
        for place in range(size)
    ]
    rng.shuffle(people)
    days = sorted(rng.choice(working_days(wave.opened_on, wave.closed_on)[3:-3]) for _ in people)
    for person, day in zip(people, days, strict=True):
        person["answered_on"] = day
    for question in wave.questions:
        answers = [code(answer) for answer in wave.scales[question.scale]]
        asked = [person for person in people if person["group"] in question.asked_of]
        _answer(asked, question.slug, dict(zip(answers, told["counts"][question.slug], strict=True)), rng)
    slugs = [question.slug for question in wave.questions]
    schema = {"wave": pl.String, "answered_on": pl.Date, "group": pl.String, "organisation": pl.String}
    return pl.DataFrame(people, schema=schema | dict.fromkeys(slugs, pl.String))


def _organisation(group: str, place: int) -> str:
    names = [name for name, size in ORGANISATIONS[group].items() for _ in range(size)]
    return names[place % len(names)]


def _answer(asked: list[dict[str, Any]], question: str, counts: dict[str, int], rng: Random) -> None:
    """Whoever is of better mood answers more favourably; the others asked left the question out."""
    answering = rng.sample(asked, sum(counts.values()))
    answering.sort(key=lambda person: person["mood"] + 0.7 * rng.random())
    given = [answer for answer, size in counts.items() for _ in range(size)]
    for person, answer in zip(answering, given, strict=True):
        person[question] = answer
