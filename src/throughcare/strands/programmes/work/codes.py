"""The needs that goals answer, and what becomes of a goal.

The areas are the pathways out of reoffending by which probation and prisons order needs, in the service's words.
"""

from collections.abc import Mapping

AREAS: Mapping[str, str] = {
    "accommodation": "Somewhere to live",
    "work": "Education, training and work",
    "money": "Money, benefits and debt",
    "drugs": "Drugs",
    "alcohol": "Alcohol",
    "wellbeing": "Wellbeing",
    "family": "Family and relationships",
    "thinking": "Attitudes, thinking and behaviour",
    "friends": "Friends and free time",
    "practical": "Practical matters, such as papers and appointments",
}
MET, PARTLY, NOT_MET, NOT_RELEVANT = "met", "partly", "not_met", "not_relevant"
OUTCOMES: Mapping[str, str] = {
    MET: "Met", PARTLY: "Partly met", NOT_MET: "Not met", NOT_RELEVANT: "No longer relevant",
}  # fmt: skip
ENDED = ("completed", "ended_early")
"""The states after which a report is written; of a referral that was declined or withdrawn there is nothing to tell."""
PUT_OFF = ("RSSR", "RSOF")
"""Outcomes of sessions that were put off to another day: not offered, as the other one was."""
NO_DETAIL = "No health details, and nothing told to you in confidence. The person may ask to see it"
