"""What an operation may be asked: numbers, pages of a list, words to look for, and the bodies of what is sent."""

import re
from datetime import date
from typing import Annotated, Any, Literal

from ninja import P, PathEx, QueryEx
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

LAST_NUMBER = 2**53 - 1
"""The greatest number that every reader of JSON keeps exactly."""

NO_NUL = r"^[^\u0000]*$"
"""The database takes no NUL in a text."""

ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

Number = PathEx[int, P(ge=1, le=LAST_NUMBER, description="The number of the person or referral, as the pages have it")]
Limit = QueryEx[int, P(ge=1, le=200, description="At most so many of the list")]
Offset = QueryEx[int, P(ge=0, le=100_000, description="After so many of the list")]
Words = QueryEx[
    str,
    P(min_length=1, max_length=100, pattern=NO_NUL, description="Name, day of birth or number, in any order", example="X320741"),
]
Kinds = QueryEx[list[str], P(max_length=20, description="Only entries of these kinds; of none: all")]
Kind = QueryEx[str, P(max_length=100, description="Only tasks of this kind; empty: all")]
Group = QueryEx[
    Literal["", "now", "week", "waiting"], P(description="Only what needs doing now, later, or waits for others; empty: all")
]


def _iso(told: Any) -> Any:
    """Only 2017-03-01 is a day: not a number of seconds, nor an instant."""
    if isinstance(told, date) or (isinstance(told, str) and ISO.fullmatch(told)):
        return told
    raise ValueError("a day, as 2017-03-01")


Day = Annotated[date, BeforeValidator(_iso), WithJsonSchema({"type": "string", "format": "date", "examples": ["2017-03-01"]})]
Start = QueryEx[Day, P(description="The first day of the period", example="2016-02-06")]
End = QueryEx[Day, P(description="The day after its last", example="2017-01-01")]
Divided = QueryEx[
    list[Literal["month", "borough", "age_band", "sex", "ethnicity", "agency", "need", "provider", "court"]],
    P(max_length=9, description="Also divided by these, all of them at once; for the governance audience"),
]
Slug = PathEx[str, P(min_length=1, max_length=100, pattern=r"^[a-z0-9_.]+$", description="The name of the measure",
                     example="psr.within_5_days_rate")]  # fmt: skip
Key = Annotated[str, Field(min_length=1, max_length=120, pattern=NO_NUL, description="The key of the task, as /today gives it",
                           examples=["referral-unanswered:17"])]  # fmt: skip


class Body(BaseModel):
    """What is sent. A name that is not known is refused, so that nothing is lost by a misspelling."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class DoneElsewhere(Body):
    """Somebody did it in another system or by word of mouth: it is asked no more."""

    key: Key
    answer: Annotated[Literal["elsewhere"], Field(examples=["elsewhere"])]


class AskAgain(Body):
    """It comes back on the day, at most 60 days from now."""

    key: Key
    answer: Annotated[Literal["later"], Field(examples=["later"])]
    until: Day


Answer = Annotated[DoneElsewhere | AskAgain, Field(discriminator="answer")]


class MoveTold(Body):
    """A move of a referral: one of the `moves` that it has for this post. on: today where it is left out."""

    to: str = Field(max_length=20, pattern=NO_NUL, examples=["accepted"])
    on: Day | None = Field(None, examples=["2017-03-01"])
    reason: str = Field("", max_length=40, pattern=NO_NUL, description="A code of the move's reasons; empty where it asks none",
                        examples=["no_capacity"])  # fmt: skip
    note: str = Field("", max_length=500, pattern=NO_NUL, examples=["A place is free from Monday"])


class NoteTold(Body):
    """A note of today."""

    text: str = Field(min_length=1, max_length=2000, pattern=NO_NUL, examples=["Rang the hostel: a room is kept until Friday"])
