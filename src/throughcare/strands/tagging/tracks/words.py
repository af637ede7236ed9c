"""Why positions are looked at: what a person says, and what is a purpose by itself."""

PURPOSES = {
    "finding": "To review a breach or another finding",
    "court": "For a court, or a report to it",
    "safety": "Somebody may be in danger",
    "police": "The police ask about this person",
    "equipment": "To check the tag or its signal",
}  # fmt: skip
"""What a person chooses from."""

BY_ITSELF = {
    "alert": "A finding", "incident": "An incident", "match": "A match with a crime", "evidence": "An evidence pack",
    "matching": "Crimes matched with positions", "check": "The check of a day", "subject_access": "A subject-access request",
}  # fmt: skip
"""What needs no other purpose: the thing itself says why."""

ALL = {**PURPOSES, **BY_ITSELF}
