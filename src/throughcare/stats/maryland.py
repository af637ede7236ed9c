"""The level of evidence on the Maryland scale, with the reading used: two are in use, and they part over matching.

"gsr": the Government Social Research toolkit (Sherman and others 1997): a comparison group shown to be comparable is level 3.
"whatworks": What Works Growth: matching alone is level 2; level 3 needs before and after, and evidence that both are alike.
"""

from dataclasses import dataclass
from typing import Literal

Reading = Literal["gsr", "whatworks"]
Design = Literal["matched", "weighted", "differences", "interrupted", "predicted", "randomised", "described"]
READINGS: dict[Reading, str] = {
    "gsr": "Government Social Research (Sherman and others)", "whatworks": "What Works Growth",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Level:
    """1 (lowest) to 5; 0: no comparison at all."""

    level: int
    reading: Reading
    why: str

    @property
    def says(self) -> str:
        return f"Maryland level {self.level} ({READINGS[self.reading]}): {self.why}"


def level(design: Design, *, reading: Reading, alike: bool, before_alike: bool | None) -> Level:
    """`alike`: the groups balance on what is known; `before_alike`: earlier offending (placebo) or earlier trends do not differ,
    None where that was not looked at."""
    if design == "described":
        return Level(level=0, reading=reading, why="description only; no effect is told.")
    if design == "randomised":
        return Level(level=5, reading=reading, why="people were allocated at random.")
    if design == "predicted":
        return Level(level=2, reading=reading, why="before and after against prediction, without a comparison group.")
    if design == "interrupted":
        return Level(level=2, reading=reading, why="one series before and after, without a group that is shown to be comparable.")
    if design == "differences":
        if before_alike:
            return Level(level=3, reading=reading, why="before and after with a comparison whose earlier trend does not differ.")
        return Level(level=2, reading=reading, why="before and after with a comparison that is not shown to have moved alike.")
    if not alike:
        return Level(level=1, reading=reading, why="the comparison group is not like the treated.")
    if before_alike:
        return Level(level=3, reading=reading, why="a comparison group that is alike in what is known and in what came before.")
    if reading == "gsr" and before_alike is None:
        return Level(level=3, reading=reading, why="a comparison group alike in what is known; what came before was not tested.")
    return Level(level=2, reading=reading, why="a matched comparison group, not shown to be comparable before the treatment.")
