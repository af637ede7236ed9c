"""Codes of equipment and absences, and their words."""

REMOVED = {
    "ended": "The order ended", "faulty": "The tag was faulty", "lost": "It was lost or broken",
    "health": "For the person's health",
    "custody": "The person went to prison",
    "cut": "The person took it off",
}  # fmt: skip
NOTES = {"call": "Call", "visit": "Visit of the field team", "charged": "Charging was seen or told", "other": "Something else"}
ABSENCES = {
    "hospital": "Hospital", "court": "Court", "police": "Police custody", "work": "Work", "family": "Family", "other": "Other",
}  # fmt: skip
