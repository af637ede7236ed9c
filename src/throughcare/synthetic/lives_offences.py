"""The offences that synthetic people commit: real Home Office codes, how grave they are and how long they earn.

Only codes whose OGRS3 group is beyond doubt are used (going equipped and aggravated burglary, which sources class
differently, are left out). Frequencies and lengths are invented, shaped by what prolific people are convicted of.
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class OffenceKind:
    """A kind of offence. `custody` is the chance of prison for a person with a long record, `months` the usual range
    of terms in whole months, `crown` whether the Crown Court usually deals with it.
    """

    name: str
    codes: tuple[str, ...]
    custody: float
    months: tuple[int, int]
    crown: bool = False


def _kind(name: str, codes: str, custody: float, months: tuple[int, int], *, crown: bool = False) -> OffenceKind:
    return OffenceKind(name=name, codes=tuple(codes.split()), custody=custody, months=months, crown=crown)


KINDS = {
    kind.name: kind
    for kind in (
        _kind("theft", "04600 04600 04910 03900 04400", 0.32, (1, 8)),
        _kind("vehicle theft", "04510 04801 13001", 0.32, (2, 10)),
        _kind("handling", "05401", 0.24, (2, 8)),
        _kind("fraud", "05301 05320", 0.18, (2, 12)),
        _kind("burglary dwelling", "02801 02803", 0.80, (10, 66), crown=True),
        _kind("burglary other", "03001 03002", 0.55, (4, 24)),
        _kind("robbery", "03401 03401 03402", 0.88, (18, 108), crown=True),
        _kind("assault", "10501 10401 10501", 0.18, (1, 6)),
        _kind("wounding", "00806 00801", 0.62, (6, 84), crown=True),
        _kind("weapon", "00811 00826", 0.45, (3, 18)),
        _kind("public order", "12511 12509 14101 06601", 0.10, (1, 4)),
        _kind("damage", "14900 05714", 0.08, (1, 4)),
        _kind("drug possession", "09260 09265", 0.05, (1, 3)),
        _kind("drug supply", "09270 09275", 0.66, (12, 84), crown=True),
        _kind("bail", "08302", 0.20, (1, 2)),
        _kind("motoring", "80702 80902", 0.18, (1, 5)),
        _kind("drink driving", "80301", 0.10, (1, 4)),
        _kind("soliciting", "16601", 0.03, (1, 2)),
        _kind("sexual", "01700 01908", 0.85, (24, 120), crown=True),
    )
}

PROFILES: dict[str, dict[str, float]] = {
    "thief": {"theft": 52, "vehicle theft": 4, "handling": 4, "fraud": 4, "burglary other": 7, "burglary dwelling": 2,
              "public order": 6, "drug possession": 7, "assault": 5, "bail": 6, "damage": 3},
    "burglar": {"theft": 24, "vehicle theft": 10, "handling": 6, "burglary other": 14, "burglary dwelling": 14,
                "motoring": 6, "drug possession": 7, "assault": 6, "public order": 4, "bail": 5, "damage": 3, "robbery": 1},
    "robber": {"robbery": 12, "theft": 24, "weapon": 7, "vehicle theft": 7, "drug possession": 14, "drug supply": 4,
               "burglary dwelling": 5, "burglary other": 3, "assault": 10, "public order": 6, "bail": 4, "motoring": 4},
    "violent": {"assault": 24, "wounding": 7, "public order": 20, "damage": 12, "weapon": 5, "theft": 12,
                "drug possession": 7, "bail": 6, "motoring": 4, "robbery": 1.5, "sexual": 0.5},
    "all round": {"theft": 26, "vehicle theft": 7, "handling": 5, "burglary other": 6, "burglary dwelling": 4,
                  "robbery": 1.5, "assault": 10, "public order": 10, "damage": 6, "drug possession": 9,
                  "drug supply": 1.5, "bail": 5, "motoring": 6, "drink driving": 1.5, "fraud": 3, "weapon": 2},
    "driver": {"vehicle theft": 22, "motoring": 26, "theft": 18, "drink driving": 5, "drug possession": 8,
               "handling": 6, "assault": 6, "public order": 5, "bail": 5},
    "street": {"soliciting": 12, "theft": 44, "drug possession": 9, "public order": 11, "assault": 8, "bail": 9,
               "fraud": 3, "burglary other": 2},
    "dealer": {"drug possession": 34, "drug supply": 12, "theft": 12, "weapon": 8, "assault": 10, "motoring": 12,
               "public order": 7, "robbery": 3, "bail": 4},
}  # fmt: skip
"""What a person of each profile is arrested for: relative frequencies."""

PROFILE_SHARES = {
    "M": {"thief": 25, "burglar": 15, "robber": 16, "violent": 12, "all round": 20, "driver": 5, "dealer": 7},
    "F": {"thief": 48, "street": 18, "violent": 12, "all round": 18, "burglar": 4},
}

ACQUISITIVE_CODES = frozenset(
    code
    for name in ("robbery", "burglary dwelling", "burglary other")
    for code in KINDS[name].codes
)  # fmt: skip
"""Robbery and burglary, which bring in people of 50 to 74 percent."""
