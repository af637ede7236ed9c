"""The coded reasons for which a referral is declined, withdrawn, held, ended early, reopened or marked as made in error, its
clocks are stopped, or it is not made for now.

One list a kind of move; the codes are what is stored and sent, the words what is shown. Every list ends with "other",
which needs a note. The employment broker's five reasons (GtO interim evaluation, MOPAC 2017, section 3) are among those
for declining.
"""

from collections.abc import Mapping

Codes = Mapping[str, str]
OTHER: Codes = {"other": "Another reason, told in the note"}
_LEFT: Codes = {
    "moved": "Has moved away",
    "returned_to_custody": "Is back in custody",
    "order_revoked": "The order or licence was revoked",
    "sentence_expired": "The sentence has ended",
    "acquitted": "Acquitted on appeal",
    "died": "Has died",
}

DECLINED: Codes = {
    "not_eligible": "Not someone the service is for",
    "not_resident": "Does not live in a pilot borough",
    "in_custody": "Is in custody",
    "identified_drug_user": "Is known to use drugs",
    "form_not_returned": "The full referral form was not returned",
    "no_capacity": "No place is free",
    "risk_not_manageable": "The risk cannot be managed there",
    "no_consent": "Does not agree to take part",
    **OTHER,
}
WITHDRAWN: Codes = {
    "not_eligible": "Not someone the service is for",
    "not_engaged": "Has not taken it up",
    "needs_met_elsewhere": "The need is met elsewhere",
    "work_or_caring": "Work, caring or sickness stands in the way",
    "no_reply": "The provider did not answer",
    **_LEFT,
    **OTHER,
}
ENDED_EARLY: Codes = {
    "not_engaged": "Stopped attending",
    "unacceptable_behaviour": "Behaviour was not acceptable",
    "needs_met": "The aim was reached early",
    "work_or_caring": "Work, caring or sickness stands in the way",
    "moved_prison": "Moved to another prison",
    "provider_closed": "The provider stopped offering it",
    **_LEFT,
    **OTHER,
}
HELD: Codes = {
    "in_custody": "Is in custody for a time",
    "health": "Illness or treatment",
    "waiting_for_group": "Waits for a group to start",
    "logistics": "Room, staff or travel",
    **OTHER,
}
IN_ERROR: Codes = {
    "duplicate": "The same referral was made twice",
    "wrong_person": "It was for somebody else",
    "sent_by_mistake": "It was never meant to be sent",
}
REOPENED: Codes = {
    "facts_changed": "What stood in the way has changed",
    "decided_in_error": "It was closed by mistake",
    **OTHER,
}
PAUSED: Codes = {
    "waiting_for_answer": "Waiting for an answer",
    "not_reached": "The person cannot be reached",
    "in_custody": "The person is in custody for a time",
    "waiting_for_document": "Waiting for a document",
    **OTHER,
}
"""Why the clocks of a referral are stopped: no move, so not among the lists of moves."""

NOT_NOW: Codes = {
    "does_not_want_it": "Does not want it now",
    "other_need_first": "Another need comes first",
    "has_something_like_it": "Has something like it already",
    "not_suitable": "Not right for the person, for a reason that I know",
    **OTHER,
}
LISTS: Mapping[str, Codes] = {
    "declined": DECLINED, "withdrawn": WITHDRAWN, "ended_early": ENDED_EARLY, "held": HELD, "in_error": IN_ERROR,
    "reopened": REOPENED,
}  # fmt: skip


def words_of(code: str) -> str:
    """The words of a code, whichever list it is in; the code itself where none has it."""
    return next((codes[code] for codes in (*LISTS.values(), NOT_NOW) if code in codes), code)
