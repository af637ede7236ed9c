"""What a pilot's file says of the mental-health pathway."""

from typing import Literal

from pydantic import Field, field_validator

from throughcare.core.pilot_work import Told

ScaleSlug = Literal["core_10", "phq_9", "gad_7"]


class HealthFigures(Told):
    """The mental-health pathway. scales: the outcome scales that the service uses, the usual one first. risk_hours: a risk answer
    without a response is told to the other practitioners after so many hours. free_for: how many days ahead free sessions are
    offered. review_weeks: how long after it begins a care plan is first reviewed. untold_for: how many days a session of which
    nobody has said how it went is asked for.
    """

    scales: tuple[ScaleSlug, ...] = ("core_10", "phq_9", "gad_7")
    risk_hours: int = Field(default=2, ge=1, le=24)
    free_for: int = Field(default=28, ge=7, le=120)
    review_weeks: int = Field(default=6, ge=1, le=26)
    untold_for: int = Field(default=28, ge=1, le=180)

    @field_validator("scales")
    @classmethod
    def _each_once(cls, scales: tuple[ScaleSlug, ...]) -> tuple[ScaleSlug, ...]:
        if not scales or len(set(scales)) != len(scales):
            raise ValueError("at least one scale, each once")
        return scales
