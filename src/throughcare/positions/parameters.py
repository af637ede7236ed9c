"""What a match is: the numbers that are kept with every run, and the SQL of which fixes count."""

from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from throughcare.core.errors import UserError
from throughcare.positions.fixes import GPS, MECHANISMS, WIFI

LARGEST_RADIUS = 5_000.0


class MatchRefused(UserError):
    """A radius, a number of fixes, a mechanism or a buffer with which no match can be made; or crimes that stand twice."""


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """What a match is. `mechanisms`: whose fixes count; a fix that names none counts too. `max_precision_m`: fixes less precise
    do not (None: any; a fix without precision counts). `buffer`: added to the window at both ends.
    """

    radius_m: float = 100.0
    min_fixes: int = 2
    mechanisms: tuple[str, ...] = (GPS, WIFI)
    max_precision_m: float | None = None
    buffer: timedelta = timedelta(0)

    def __post_init__(self) -> None:
        unknown = [name for name in self.mechanisms if name not in MECHANISMS]
        for wrong, what, record, expected in (
            (not 0 < self.radius_m <= LARGEST_RADIUS, "no match has that radius", f"radius {self.radius_m:g}",
             f"metres, more than 0 and at most {LARGEST_RADIUS:g}"),
            (self.min_fixes < 1, "a match rests on a fix at least", f"least fixes {self.min_fixes}", "1 or more"),
            (bool(unknown) or not self.mechanisms, "no such mechanism", ", ".join(unknown) or "none", ", ".join(MECHANISMS)),
            (self.max_precision_m is not None and not self.max_precision_m > 0, "no fix is that precise",
             f"largest precision {self.max_precision_m}", "metres, more than 0"),
            (not timedelta(0) <= self.buffer <= timedelta(hours=12), "no such buffer", str(self.buffer), "0 to 12 hours"),
        ):  # fmt: skip
            if wrong:
                raise MatchRefused(what=what, record=record, expected=expected, mend="change it")

    def kept(self) -> dict[str, Any]:
        """As plain values, to be kept with the run."""
        return {**asdict(self), "mechanisms": list(self.mechanisms), "buffer": self.buffer.total_seconds()}

    @property
    def counted(self) -> str:
        """SQL, true of a fix that counts. A place that is none (NaN, beyond the poles) never does."""
        mechanisms = ", ".join(f"'{name}'" for name in self.mechanisms)
        told = f"(mechanism IN ({mechanisms}) OR mechanism IS NULL)"
        told += " AND latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180"
        if self.max_precision_m is None:
            return told
        return f"{told} AND coalesce(precision_m <= {self.max_precision_m!r}, true)"
