"""Why a row in quarantine will never be loaded."""

from collections.abc import Mapping

OTHER = "other"
REASONS: Mapping[str, str] = {
    "duplicate_of_loaded": "The same record has been loaded under another number",
    "not_a_record": "It is no record: a total, a heading, a blank line",
    "wrong_recipient": "It was not meant for this pilot",
    "sender_withdrew": "The sender has withdrawn it",
    OTHER: "Another reason, said in a note",
}
