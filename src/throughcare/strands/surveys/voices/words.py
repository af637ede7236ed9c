"""The codes of conversations and of consent, and whether a quotation may be shown."""

from collections.abc import Mapping

KINDS = {"interview": "Interview", "focus_group": "Focus group", "case_study": "Case study"}
QUOTING, ANALYSIS, WITHDRAWN = "quoting", "analysis", "withdrawn"
COVERS = {
    QUOTING: "To be quoted, by organisation", ANALYSIS: "To be heard, and not quoted", WITHDRAWN: "Nothing: consent is withdrawn",
}  # fmt: skip
PARTICIPANT = "Participant"
"""The organisation of somebody whom the pilot serves."""
LONGEST = 2000
MATTERS = {"names": "a name", "numbers": "a number of a person", "places": "a place", "days": "a day", "crimes": "a crime"}


def why_not(*, covers: str, organisation: str, looked: bool, telling: Mapping[str, tuple[str, ...]]) -> str:
    """Why a quotation is not shown, in words; "" where it is.

    Without consent to be quoted it never is. Words of a participant that may tell who, where, when or of what crime never are;
    words of staff that may tell are once somebody has looked at them.
    """
    if covers != QUOTING:
        return "consent is withdrawn" if covers == WITHDRAWN else "consent does not cover quoting"
    if not telling:
        return ""
    if organisation == PARTICIPANT:
        return f"a participant's words name {', '.join(MATTERS[kind] for kind in telling)}"
    return "" if looked else f"nobody has looked whether {', '.join(MATTERS[kind] for kind in telling)} tells who is meant"
