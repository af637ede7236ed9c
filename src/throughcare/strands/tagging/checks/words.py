"""What can be found of an order: its words, whether it is a breach, and how bad it is; and what can be decided of it.

The codes of field monitoring (AL08 and so on, after the Ministry of Justice's violation vocabulary) stand beside, where one fits.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from throughcare.positions.curfews import FINDINGS as CURFEW_FINDINGS
from throughcare.positions.gaps import REASONS
from throughcare.strands.tagging.words import VICTIM

NO_HARM = 0


@dataclass(frozen=True, kw_only=True)
class Kind:
    """family: findings of one family, condition and time are the same finding told better. breach: the order was not kept.
    harm: 1 is the worst; 0 raises no incident. code: of field monitoring.
    """

    words: str
    family: str
    breach: bool = False
    harm: int = NO_HARM
    code: str = ""


KINDS: Mapping[str, Kind] = MappingProxyType({
    "curfew_away": Kind(words="Out for the whole curfew", family="curfew", breach=True, harm=2, code="AL12"),
    "curfew_late": Kind(words="Out when the curfew began, home late", family="curfew", breach=True, harm=2, code="AL08, AL09"),
    "curfew_early": Kind(words="Left before the curfew ended", family="curfew", breach=True, harm=2, code="AL11"),
    "curfew_out": Kind(words="Left home during the curfew", family="curfew", breach=True, harm=2, code="AL10"),
    "curfew_uncertain": Kind(words="Whether the curfew was kept cannot be told", family="curfew"),
    "zone_entered": Kind(words="Entered an exclusion zone", family="zone", breach=True, harm=2),
    "zone_crossed": Kind(words="Crossed an exclusion zone between two positions", family="zone", breach=True, harm=2),
    "zone_outside": Kind(words="Outside an inclusion zone", family="zone", breach=True, harm=3),
    "zone_uncertain": Kind(words="Near the edge of a zone, and perhaps inside", family="zone_uncertain"),
    "near_victim": Kind(words="Near a victim's zone, and perhaps inside", family="zone_uncertain", harm=1),
    "missed": Kind(words="Appointment missed", family="attendance", breach=True, harm=3),
    "late": Kind(words="Late for an appointment", family="attendance", breach=True, harm=4),
    "left_early": Kind(words="Left an appointment early", family="attendance", breach=True, harm=4),
    "left_and_came_back": Kind(words="Left an appointment and came back", family="attendance", breach=True, harm=4),
    "attendance_uncertain": Kind(words="Whether an appointment was kept cannot be told", family="attendance"),
    "silent": Kind(words="No position", family="silent", harm=3),
    "silent_near_victim": Kind(words="No position since near a victim's zone", family="silent", harm=1),
    "no_tag": Kind(words="No tag is on record as fitted", family="no_tag", harm=3),
    "removed": Kind(words="The tag was taken off", family="removed", breach=True, harm=2),
    "tampered": Kind(words="The strap or the case was tampered with", family="tampered", breach=True, harm=2),
    "battery_dead": Kind(words="The battery is empty", family="battery", harm=3, code="AL23"),
    "battery_low": Kind(words="The battery is low", family="battery", harm=4),
    "fault": Kind(words="The tag reports a fault", family="fault", harm=4, code="AL24"),
    "power_loss": Kind(words="The home unit lost its power", family="power", harm=4, code="AL04"),
})  # fmt: skip

OF_CURFEW = {name: f"curfew_{name}" for name in CURFEW_FINDINGS if name != "present"}
OF_EVENTS = ("removed", "tampered", "battery_dead", "battery_low", "fault", "power_loss")
"""Events of the equipment that are findings as they are."""

NEVER_EXPLAINED = ("zone_entered", "zone_crossed", "near_victim", "silent_near_victim", "removed", "tampered")
"""An absence that is expected, or a dead spot, explains none of these [decided]."""

KEPT, BROKEN, NOT_TOLD, OPEN, LOOKED_AT = "kept", "broken", "not_told", "open", "looked_at"
VERDICTS = {
    KEPT: "Kept", BROKEN: "Not kept", NOT_TOLD: "Cannot be told", OPEN: "Goes on", LOOKED_AT: "Being looked at",
}  # fmt: skip

FAULT, ACCEPTED, WARNING, COURT = "data_fault", "accepted", "warning", "court"
DECISIONS = {
    FAULT: "A fault of the data", ACCEPTED: "There was a good reason", WARNING: "Warning", COURT: "Back to court",
}  # fmt: skip
EXCUSES = (FAULT, ACCEPTED)
ACTED = {WARNING: "The warning was given", COURT: "The court was told"}
"""What somebody does upon a decision; after it the decision stands."""

REASON_WORDS = {**REASONS}


def harm_of(kind: str, protects: str) -> int:
    """How bad it is, 1 to 4; 0: nobody need be told. In a victim's zone it is always the worst."""
    known = KINDS[kind]
    return 1 if protects == VICTIM and known.family == "zone" and known.breach else known.harm
