"""Codes of incidents and their words."""

STEPS = {
    "raised": "Raised", "joined": "Something more was found", "taken": "Taken", "called": "Called", "noted": "Noted",
    "handed_over": "Handed over", "escalated": "Nobody took it in time: others were told", "closed": "Closed",
    "reopened": "Opened again",
}  # fmt: skip
SAID = {"called": "I called somebody", "noted": "Something else"}
OUTCOMES = {
    "explained": "The person was reached, and it is explained", "found": "The person was found where they should not be",
    "police": "The police have it", "fault": "The equipment or the data were at fault", "nothing": "Nothing came of it",
}  # fmt: skip
HARMS = {1: "A victim's zone", 2: "Breach now", 3: "Silence, or an appointment", 4: "Equipment"}
