"""What a pilot's file says of positions: how long a span one may look at, and what a match is."""

from typing import Literal

from pydantic import Field

from throughcare.core.pilot_work import Told


class PositionFigures(Told):
    """Positions of tags. longest_days: the longest span that a person looks at in one go. radius_m, min_fixes, mechanisms,
    max_precision_m (none: any), buffer_minutes: what a match with a crime is (positions/parameters.py).
    """

    longest_days: int = Field(default=14, ge=1, le=92)
    radius_m: float = Field(default=100.0, gt=0, le=5000)
    min_fixes: int = Field(default=2, ge=1, le=60)
    mechanisms: tuple[Literal["GPS", "WIFI", "LBS", "RF"], ...] = ("GPS", "WIFI")
    max_precision_m: float | None = Field(default=None, gt=0)
    buffer_minutes: int = Field(default=0, ge=0, le=720)
