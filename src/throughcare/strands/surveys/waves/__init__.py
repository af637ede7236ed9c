"""Waves of the survey, one file each: when it ran, what was asked of whom, on which scale.

A wave is data: another wave is another file in this folder, and its questions become columns of the feed and measures.
"""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

GROUPS = ("practitioner", "provider", "strategic")
NOT_IN_BASE = ("not_applicable", "no_answer")
Respondents = Literal["practitioner", "provider", "strategic"]


class _Told(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Question(_Told):
    """One question: its words, its scale and whom it was asked of. `table` is the slug of its table of all answers.

    `organisations`: of those groups only respondents from these kinds of organisation, in the words of the extract; none
    named: from any, also from one that is not on record.
    """

    slug: str
    text: str
    scale: str
    asked_of: tuple[Respondents, ...] = Field(min_length=1)
    organisations: tuple[str, ...] = ()
    table: str = ""

    def asks(self, group: str, organisation: str) -> bool:
        """Whether a respondent of the group and organisation ("" where it is not on record) was asked."""
        return group in self.asked_of and (not self.organisations or organisation in self.organisations)


class Wave(_Told):
    """One wave, open on [opened_on, closed_on). `invited` is None where nobody wrote down how many were asked.

    `scales` gives the answers of each scale from the least to the most, `positive` those that count as agreeing.
    """

    slug: str
    title: str
    opened_on: date
    closed_on: date
    invited: int | None = Field(default=None, ge=1)
    scales: dict[str, tuple[str, ...]]
    positive: dict[str, tuple[str, ...]]
    questions: tuple[Question, ...]

    @model_validator(mode="after")
    def _consistent(self) -> "Wave":
        if self.closed_on <= self.opened_on:
            raise ValueError("the wave closes before it opens")
        if len({q.slug for q in self.questions}) != len(self.questions):
            raise ValueError("two questions have the same slug")
        unknown = {q.scale for q in self.questions} - set(self.scales)
        if unknown or set(self.positive) != set(self.scales):
            raise ValueError(f"scales without answers or without the positive ones: {sorted(unknown)}")
        if any(not set(self.positive[scale]) <= set(answers) for scale, answers in self.scales.items()):
            raise ValueError("a positive answer is not on its scale")
        return self

    def question(self, slug: str) -> Question | None:
        return next((q for q in self.questions if q.slug == slug), None)

    def codes(self, question: Question) -> tuple[str, ...]:
        """The answers of the question as codes of the feed, from the least to the most."""
        return tuple(code(answer) for answer in self.scales[question.scale])

    def positive_codes(self, question: Question) -> tuple[str, ...]:
        return tuple(code(answer) for answer in self.positive[question.scale])


def code(answer: str) -> str:
    """An answer's words as its code: "strongly agree" is strongly_agree."""
    return answer.replace(" ", "_")


@cache
def waves() -> tuple[Wave, ...]:
    """All waves, the earliest first."""
    files = sorted(Path(__file__).parent.glob("*.toml"))
    found = [Wave.model_validate(tomllib.loads(file.read_text(encoding="utf-8"))) for file in files]
    return tuple(sorted(found, key=lambda w: (w.opened_on, w.slug)))


def wave(slug: str) -> Wave:
    """The wave of that slug; KeyError where there is none."""
    return {w.slug: w for w in waves()}[slug]


def questions() -> tuple[Question, ...]:
    """Every question ever asked, each once, as its latest wave words it, in the order of first asking."""
    found: dict[str, Question] = {}
    for each in waves():
        found.update({q.slug: q for q in each.questions})
    return tuple(found.values())
