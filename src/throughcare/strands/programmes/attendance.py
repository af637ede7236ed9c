"""The outcome codes of sessions and appointments, as probation's case system has them: attended, complied.

Source: the field's outcome codes of contacts. A code says both at once, so the two cannot contradict each other.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a code says: its words, whether the person attended, and whether that complied with the order or licence."""

    words: str
    attended: bool
    complied: bool


def _away(words: str) -> Outcome:
    return Outcome(words=f"Acceptable absence: {words}", attended=False, complied=True)


OUTCOMES: Mapping[str, Outcome] = {
    "ATTC": Outcome(words="Attended and complied", attended=True, complied=True),
    "AFTC": Outcome(words="Attended, failed to comply", attended=True, complied=False),
    "ATSH": Outcome(words="Attended, sent home for behaviour", attended=True, complied=False),
    "ATSS": Outcome(words="Attended, sent home by the service", attended=True, complied=True),
    "UAAB": Outcome(words="Unacceptable absence", attended=False, complied=False),
    "AAAA": _away("other"),
    "AAME": _away("medical"),
    "AARE": _away("religious"),
    "AASD": _away("stood down"),
    "AAHO": _away("holiday"),
    "AAEM": _away("employment"),
    "AAFC": _away("family or child care"),
    "AACL": _away("court or legal"),
    "AARC": _away("in custody"),
    "RSSR": _away("rescheduled at the service's request"),
    "RSOF": _away("rescheduled at the person's request"),
}
ATTENDED: tuple[str, ...] = tuple(code for code, outcome in OUTCOMES.items() if outcome.attended)
