"""What a pilot's file says of its outcomes: boroughs whose recorded crime is compared, and scales of repeated assessments."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from throughcare.core.pilot_work import Told


class CrimeFigures(Told):
    """Recorded crime by borough and month. start: the first month (its first day) in which what the pilot does may show;
    starts: boroughs of the pilot that began in another. compared: boroughs outside the pilot whose crime stands beside its own.
    passed_over: what published files name like a borough and is none, such as an airport: taken in, counted nowhere. codes: by
    code, the borough that is meant.
    """

    start: date | None = None
    starts: dict[str, date] = {}
    compared: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()
    codes: dict[str, str] = {}

    @model_validator(mode="after")
    def _months(self) -> "CrimeFigures":
        if any(day.day != 1 for day in (*self.starts.values(), *([self.start] if self.start else []))):
            raise ValueError("a start is the first day of a month, as crime is told by month")
        if len(set(self.compared)) < len(self.compared):
            raise ValueError("each borough stands once in compared")
        return self

    def began(self, borough: str) -> date | None:
        """The first month in which it may show in a borough of the pilot; None where the file does not say."""
        return self.starts.get(borough, self.start)

    def spelling(self, boroughs: tuple[str, ...]) -> Mapping[str, str]:
        """By name or code in small letters, the borough in the pilot file's spelling: of the pilot (`boroughs`), compared, or
        passed over."""
        names = (*boroughs, *self.compared, *self.passed_over)
        return {name.casefold(): name for name in names} | {code.casefold(): name for code, name in self.codes.items()}


class ChangeScale(Told):
    """A scale of an instrument that is assessed again. Scores are from `lowest` to `highest`; `better`: which way is for the
    better; `reliable`: so much change is more than chance. `title`: what it is called in figures."""

    instrument: str = Field(min_length=1, max_length=40)
    scale: str = Field(min_length=1, max_length=40)
    title: str = Field(min_length=1, max_length=80)
    lowest: float
    highest: float
    better: Literal["lower", "higher"]
    reliable: float = Field(gt=0)

    @model_validator(mode="after")
    def _in_order(self) -> "ChangeScale":
        if self.highest <= self.lowest:
            raise ValueError("highest is above lowest")
        return self


class ChangeFigures(Told):
    """Attitudes and needs as repeated assessments. least_days: from the first to the last, for the change to be told."""

    least_days: int = Field(default=90, ge=1, le=730)
    scales: tuple[ChangeScale, ...] = ()

    @model_validator(mode="after")
    def _each_once(self) -> "ChangeFigures":
        keys = [(scale.instrument.casefold(), scale.scale.casefold()) for scale in self.scales]
        if len(set(keys)) < len(keys) or len({scale.title for scale in self.scales}) < len(keys):
            raise ValueError("each scale of an instrument stands once, with a title of its own")
        return self
