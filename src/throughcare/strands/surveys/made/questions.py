"""The questions of a survey: statements on a scale, one of a list, several of a list, free words; and the wave that they make."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from throughcare.core.errors import UserError
from throughcare.strands.surveys.waves import Question, Respondents, Wave, code, waves

Kind = Literal["statement", "one", "several", "text"]
KINDS = {
    "statement": "A statement or question on a scale", "one": "One of a list", "several": "Several of a list",
    "text": "In their own words",
}  # fmt: skip
SCALES = waves()[-1].scales
POSITIVE = waves()[-1].positive
SCALES_SHOWN = {name: ", ".join(answers) for name, answers in SCALES.items() if name != "ticked"}
AUDIENCES = {"practitioner": "Practitioners", "provider": "Providers", "strategic": "Strategic staff"}
MOST_OPTIONS, LONGEST_OPTION, LONGEST_TEXT = 12, 30, 2000


class QuestionRefused(UserError):
    """A question that cannot be asked so."""


class Asked(BaseModel):
    """One question. scale: of a statement; options: of a list. A slug of an earlier wave's makes it the same question again."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    slug: str = Field(min_length=1, max_length=36)
    text: str = Field(min_length=1, max_length=300)
    kind: Kind
    scale: str = ""
    options: tuple[str, ...] = ()
    asked_of: tuple[Respondents, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _fits(self) -> "Asked":
        if self.kind == "statement" and self.scale not in SCALES_SHOWN:
            raise ValueError("a statement needs a scale")
        if self.kind in ("one", "several"):
            codes = {code(option.lower()) for option in self.options}
            if not 2 <= len(self.options) <= MOST_OPTIONS or len(codes) != len(self.options):
                raise ValueError(f"a list has from 2 to {MOST_OPTIONS} different answers")
            if any(not option or len(option) > LONGEST_OPTION for option in self.options):
                raise ValueError(f"an answer of a list has at most {LONGEST_OPTION} characters")
        elif self.options:
            raise ValueError("only a list has answers of its own")
        return self

    def part(self, place: int) -> str:
        """The slug of one answer of several, by its place: each is a yes or a no."""
        return f"{self.slug}.{place}"

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """The answers that may be given, as code and words."""
        answers = SCALES[self.scale] if self.kind == "statement" else self.options
        return tuple((code(answer), f"{answer[:1].upper()}{answer[1:]}") for answer in answers)


def read(text: str) -> tuple[Asked, ...]:
    """The questions of a version."""
    return tuple(Asked.model_validate(each) for each in json.loads(text))


def write(questions: Sequence[Asked]) -> str:
    return json.dumps([each.model_dump() for each in questions])


def made(**told: object) -> Asked:
    """A question of what was typed; `QuestionRefused` says what does not fit."""
    try:
        return Asked.model_validate(told)
    except ValidationError as error:
        first = error.errors()[0]
        said = str(first["msg"]).removeprefix("Value error, ")
        raise QuestionRefused(
            what="The question cannot be asked so", record=str(told.get("text", ""))[:60], expected=said,
            mend=f"see that {said}",
        ) from error  # fmt: skip


def library() -> dict[str, Asked]:
    """Questions of the waves that are files: asked again with the same slug, they can be compared between waves."""
    return {
        q.slug: Asked(slug=q.slug, text=q.text, kind="statement", scale=q.scale, asked_of=q.asked_of)
        for wave in waves() for q in wave.questions if q.scale in SCALES_SHOWN
    }  # fmt: skip


def wave_of(slug: str, title: str, opens_on: date, closes_on: date, asked: Sequence[Asked]) -> Wave:
    """The wave as the files tell waves, without questions in free words: what is counted of it is counted in one way."""
    scales, positive = dict(SCALES), dict(POSITIVE)
    found: list[Question] = []
    known = {q.slug: q for each in waves() for q in each.questions}
    for each in asked:
        if each.kind == "several":
            found += [
                Question(slug=each.part(n), text=f"{each.text} {option}", scale="ticked", asked_of=each.asked_of)
                for n, option in enumerate(each.options, start=1)
            ]
        elif each.kind == "one":
            scales[each.slug], positive[each.slug] = each.options, ()
            found.append(Question(slug=each.slug, text=each.text, scale=each.slug, asked_of=each.asked_of))
        elif each.kind == "statement":
            table = known[each.slug].table if each.slug in known else ""
            found.append(Question(slug=each.slug, text=each.text, scale=each.scale, asked_of=each.asked_of, table=table))
    return Wave(
        slug=slug, title=title, opened_on=opens_on, closed_on=closes_on, scales=scales, positive=positive, questions=tuple(found)
    )
