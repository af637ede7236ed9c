"""Coded answers of the pathway, and the words they are shown with."""

CONFIDENCE = {"1": "1: not at all", "2": "2", "3": "3", "4": "4", "5": "5: very"}
"""How confident somebody is to work with the person's mental health."""

TEAM = {"yes": "Yes", "no": "No", "not_known": "Not known yet"}
"""Whether the person is already under a mental-health team."""

ALTHOUGH = {
    "asked": "Their team has asked for it", "forensic": "It is about the offending, and their team does not look at that",
    "no_contact": "They have lost contact with their team",
}  # fmt: skip
"""Why somebody who is under a team is assessed here all the same."""

FINDINGS = {
    "care_plan": "Direct work here: a care plan", "advice": "Advice to whoever works with them, no direct work",
    "step_up": "On to NHS services", "no_need": "No need found", "declined": "The person does not want it",
    "not_finished": "Not finished: the person did not come back",
}  # fmt: skip
REVIEWS = {"goes_on": "It goes on as it is", "changed": "It is changed", "ended": "It ends"}
ENDS = {"completed": "Completed", "stopped": "Stopped early", "not_wanted": "The person did not want it any more"}

RESPONSES = {
    "safe": "Spoke with the person today: no intent and no plan",
    "safety_plan": "Spoke with the person today: a safety plan is agreed",
    "crisis": "Handed over to the crisis team or emergency services", "their_team": "Told the team that already sees them",
    "typed_wrong": "The answer was typed wrong, as the form shows", "not_reached": "Tried, and not reached: it stays open",
}  # fmt: skip
"""What was done about a risk answer."""
NOT_REACHED = "not_reached"

SERVICES = {
    "crisis": "Crisis team", "community": "Community mental health team", "talking": "Talking therapies",
    "early": "Early intervention in psychosis", "inpatient": "Inpatient admission", "gp": "GP", "other": "Another NHS service",
}  # fmt: skip
"""NHS services that a person is stepped up to."""
STEPS = {"accepted": "Accepted", "waiting_list": "On their waiting list", "declined": "Not accepted"}

PURPOSES = {"assessment": "Assessment", "direct": "Direct work", "review": "Review"}
BOOKED, CAME, MISSED, CANCELLED = "booked", "came", "missed", "cancelled"
STATES = {BOOKED: "Booked", CAME: "Came", MISSED: "Missed", CANCELLED: "Cancelled"}
WENT = {CAME: "They came", MISSED: "They did not come", CANCELLED: "It was cancelled"}
WHY = {
    "unknown": "Not known", "ill": "Ill", "custody": "In custody", "work": "Work or training", "travel": "Travel",
    "practitioner": "The practitioner could not", "not_wanted": "Did not want to",
}  # fmt: skip
