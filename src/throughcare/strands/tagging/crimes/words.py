"""The codes of matches and their words."""

TO_POLICE = "police"
DECISIONS = {
    TO_POLICE: "To the police",
    "not_of_use": "Not of use: it tells nothing of the crime",
    "explained": "Explained: the person is known to have been there for another reason",
    "data_fault": "Data fault: these positions cannot be relied on",
}  # fmt: skip

BATCH, AGAIN = "batch", "again"
CAUSES = {BATCH: "crimes came in", AGAIN: "somebody asked for it"}
DONE, FAILED = "done", "failed"

NOT_PROOF = (
    "A match says that a tag was near a crime in its window. It does not prove that the person was there, or did anything: a tag "
    "may be wrong by more than it says, many people pass a place, and who wore the tag is known only by its fitting."
)
STATUSES = {"successful": "All rows taken", "partial": "Some rows refused", "failed": "No row taken"}
OUTCOMES = {"matched": "matched", "no_match": "with nobody near", "not_run": "not run"}
"""Of a crime in a run, as it is counted: with nobody near is said only where somebody could have been seen."""
