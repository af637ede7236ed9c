"""Reads `targets_services.toml`: what counting the services must give, for the pilot or in proportion for a smaller world."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Self

SHARES = {"theft", "violence", "burglary_robbery", "pleaded_guilty", "age_mean", "shares", "weekly_mean", "fortnightly", "survey"}
"""What is no count of people or events, and so the same in a world of any size."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """The whole file, by section. `exact`: to be met exactly, else as far as the world has people."""

    exact: bool
    sections: Mapping[str, Any]

    @classmethod
    def published(cls) -> Self:
        return cls(exact=True, sections=_read())

    def scaled(self, share: float) -> Self:
        """The same where the world is as large as the pilot; else each count in proportion, and 1 at least."""
        return self if share == 1 else type(self)(exact=False, sections=_scaled(self.sections, share))

    def __getitem__(self, section: str) -> Any:
        return self.sections[section]


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("targets_services.toml").read_text(encoding="utf-8"))


def _scaled(told: Any, share: float) -> Any:
    match told:
        case bool() | str() | float():
            return told
        case int():
            return min(told, max(1, round(told * share))) if told else 0
        case list():
            return [_scaled(each, share) for each in told]
        case _:
            return {key: value if key in SHARES else _scaled(value, share) for key, value in told.items()}
