"""The courts' codes in words, as the screen has them."""

from typing import Any

from throughcare.core.dates import weekday_in_words
from throughcare.rules.report_state import State

PLEAS = {"guilty": "Guilty", "not_guilty": "Not guilty", "found_guilty": "Found guilty after trial"}
ENTERED = {"guilty": "Pleaded guilty", "not_guilty": "Pleaded not guilty", "found_guilty": "Found guilty after trial"}
KINDS = {
    "oral": "Oral: given in court, on the day", "fast": "Fast delivery: a short written one",
    "standard": "Standard: with a full assessment",
}  # fmt: skip
LATE = {
    "learned_too_late": "We learned of the case too late", "sent_to_crown": "The case was sent to the Crown Court",
    "failed_to_attend": "The person did not attend", "assessment": "A DRR or ATR assessment was carried out",
    "other": "Another reason",
}  # fmt: skip
NO_REPORT = {
    "sentenced_without": "Sentenced without one", "adjourned": "The case was adjourned",
    "committed_to_crown": "Committed to the Crown Court", "trial_elsewhere": "The trial is in another court",
    "other": "Another reason",
}  # fmt: skip
EVENTS = {
    "adjourned": "Adjourned to another day", "transferred": "Transferred to another court",
    "committed": "Committed to the Crown Court",
}  # fmt: skip
SENTENCES = {
    "custody": "Custody", "suspended": "Suspended sentence order", "community": "Community order", "fine": "Fine",
    "other": "Another sentence",
}  # fmt: skip
REQUIREMENTS = {
    "rehabilitation_activity": "Rehabilitation activity", "enhanced_activity": "Enhanced activity requirement",
    "drug_rehabilitation": "Drug rehabilitation (DRR)", "alcohol_treatment": "Alcohol treatment (ATR)",
    "mental_health_treatment": "Mental health treatment (MHTR)", "programme": "Accredited programme",
    "unpaid_work": "Unpaid work", "curfew": "Curfew", "electronic_monitoring": "Electronic monitoring",
}  # fmt: skip
NOT_ENHANCED = {
    "not_proposed": "The report did not propose it", "not_suitable": "Found not suitable for them",
    "no_place": "No place, or no service that could start in time", "other_requirement": "Another requirement met the need",
    "not_consented": "The person did not want it", "court_decided": "Proposed, and the court decided otherwise",
    "other": "Another reason",
}  # fmt: skip
ASSESSMENTS = {"DRR": "DRR: drug rehabilitation", "ATR": "ATR: alcohol treatment"}
SHORT: dict[State, str] = {
    "no_clock": "No plea of guilt", "needed": "Needed", "requested": "Asked for", "in_progress": "In progress",
    "delivered": "Delivered", "not_needed": "Not needed",
}  # fmt: skip


def event_in_words(event: Any) -> str:
    """An adjournment, transfer or committal as a case's history has it."""
    if event.kind == "adjourned" and event.until:
        return f"Adjourned to {weekday_in_words(event.until)}"
    return f"Transferred to {event.court}" if event.kind == "transferred" else f"Committed to {event.court}"
