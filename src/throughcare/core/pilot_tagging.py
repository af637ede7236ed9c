"""What a pilot's file says of tagging: from when, for how long, what is asked before, and what is done about an alert."""

from datetime import date

from pydantic import Field, model_validator

from throughcare.core.pilot_work import Told

ALL_HARM = 4


class Suitability(Told):
    """A question that is asked before anybody gets a tag."""

    slug: str = Field(min_length=1)
    words: str = Field(min_length=1)


class AlertSteps(Told):
    """What is done about alerts of these kinds, step by step."""

    kinds: tuple[str, ...]
    steps: tuple[str, ...]


class Call(Told):
    """Who is rung, and the number."""

    name: str = Field(min_length=1)
    telephone: str = Field(min_length=1)


class TaggingFigures(Told):
    """start: the first day of monitoring; None: from any day. sentences: kinds that a tag may be a requirement of;
    requirements: how agencies call that requirement, in small letters. longest_months: of an order. questions: of
    suitability.

    take_within: minutes in which somebody has an incident, by harm from 1 to 4; later it is escalated. silent_minutes:
    without a position from any tag for so long, the feed is said to have stopped. gap_minutes: a shorter silence of one tag
    is no finding, unless a victim's zone is within near_m metres. kept_days: an order that ended so long ago is out of
    reach, and its positions are deleted; those that nobody wore, so long after they were taken. steps, calls: of an incident,
    with telephone numbers.
    """

    start: date | None = None
    sentences: tuple[str, ...] = ("community", "suspended")
    requirements: tuple[str, ...] = ("location monitoring", "electronic monitoring")
    longest_months: int = Field(default=12, ge=1, le=36)
    questions: tuple[Suitability, ...] = ()
    take_within: tuple[int, ...] = (5, 15, 60, 240)
    silent_minutes: int = Field(default=15, ge=5, le=240)
    gap_minutes: int = Field(default=30, ge=5, le=240)
    near_m: int = Field(default=200, ge=0, le=5000)
    kept_days: int = Field(default=365, ge=28, le=3650)
    steps: tuple[AlertSteps, ...] = ()
    calls: tuple[Call, ...] = ()

    @model_validator(mode="after")
    def _minutes_by_harm(self) -> "TaggingFigures":
        if len(self.take_within) != ALL_HARM or list(self.take_within) != sorted(self.take_within) or self.take_within[0] < 1:
            raise ValueError("take_within has four numbers of minutes, from the worst harm on, none shorter than the last")
        if len({each.slug for each in self.questions}) != len(self.questions):
            raise ValueError("each question of suitability has a slug of its own")
        return self
