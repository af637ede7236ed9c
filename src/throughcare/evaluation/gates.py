"""What readiness tells of a study: gates, each open or shut, what could be found, who is in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Gate:
    """`open`: None where it cannot be told before outcomes are opened. `ready_on`: the earliest day; None: none can be named."""

    name: str
    open: bool | None
    says: str
    missing: str = ""
    ready_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Power:
    """The least fall that so many treated could show, in points of a hundred, from a `base` of so many in a hundred."""

    when: str
    treated: int
    base: float
    least: float | None


@dataclass(frozen=True, kw_only=True)
class Readiness:
    """`described`: what the two groups were before; `served`: who got in; neither is an effect."""

    gates: tuple[Gate, ...]
    power: tuple[Power, ...]
    needed: int | None
    described: tuple[tuple[str, float, float], ...]
    counts: tuple[int, int]
    out: Mapping[str, int]
    served: Mapping[str, int]
    no_feed: tuple[tuple[str, str], ...]
    refused: str = ""

    @property
    def ready(self) -> bool:
        return all(gate.open is not False for gate in self.gates)

    @property
    def ready_on(self) -> date | None:
        """The last of the days on which the shut gates open; None where one of them cannot be dated, or all are open."""
        days = [gate.ready_on for gate in self.gates if gate.open is False]
        return max(days) if days and None not in days else None  # type: ignore[type-var]

    @property
    def because(self) -> str:
        *others, last = [gate.name for gate in self.gates if gate.open is False] or [""]
        return f"{', '.join(others)} and {last}" if others else last
