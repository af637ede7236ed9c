"""What a miss may come to, why an absence is accepted, and what the count of failures suggests. Nothing here reads the store."""

from collections.abc import Mapping

ACCEPTED, WARNING, COURT, RECALL = "accepted", "warning", "court", "recall"
DECISIONS: Mapping[str, str] = {
    ACCEPTED: "Accept the reason", WARNING: "Warning", COURT: "Back to court", RECALL: "Recall to prison",
}  # fmt: skip
REASONS: Mapping[str, str] = {
    "medical": "Ill or at a medical appointment", "employment": "At work or training", "family": "Family or child care",
    "court": "At court, with the police or a solicitor", "custody": "In custody", "religious": "Religious",
    "not_told": "Was not told, or told wrongly", "travel": "Could not get there", "other": "Another reason",
}  # fmt: skip
TO_PRISON = ("licence",)
"""Of whom a failure is answered by recall; of everybody else, on an order or post-sentence supervision, by the court."""


def suggested(failures: int, *, status: str, limit: int) -> str:
    """What the policy of the pilot file names at so many failures, this one among them: a warning until `limit`, from then on
    recall of those on licence, and the court for others. A suggestion to a person, and never more.
    """
    if failures < limit:
        return WARNING
    return RECALL if status in TO_PRISON else COURT
