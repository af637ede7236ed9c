"""What a check answers, whatever it looks at."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Finding:
    """`passed` None: the check could not be made, and `says` why. `figures` are what it rests on."""

    check: str
    passed: bool | None
    says: str
    figures: Mapping[str, float | int | str | None] = field(default_factory=dict)
