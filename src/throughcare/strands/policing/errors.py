"""Why something cannot be done with a plan, its items or a tasking."""

from throughcare.casework.pilot import current_pilot
from throughcare.core.errors import UserError


class PlanRefused(UserError):
    """A plan that cannot be asked for, or a step that it cannot take."""


class ItemRefused(UserError):
    """An item that cannot stand in a plan."""


class TaskingRefused(UserError):
    """A tasking that cannot be made, or a step that it cannot take."""


class UseRefused(UserError):
    """A use that cannot be recorded."""


def pilot_borough(borough: str, refused: type[UserError]) -> None:
    """Refuses a borough that is not of the pilot."""
    if borough not in current_pilot().boroughs:
        raise refused(
            what="The borough is not of the pilot", record=borough or "no borough", expected="a borough of the pilot file",
            mend="correct its name",
        )  # fmt: skip
