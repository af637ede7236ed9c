"""Days, lists and offences as reasons write them."""

from collections.abc import Sequence

from throughcare.core.dates import day_in_words as day

__all__ = ["day", "offence", "one_of"]

GROUPS = {
    "burglary_domestic": "domestic burglary", "burglary_other": "burglary (not domestic)", "theft_non_motor": "theft",
    "fraud_forgery": "fraud or forgery", "absconding_bail": "absconding or bail", "taking_driving_away": "taking a vehicle",
    "drug_import_export_production": "drugs: import, export or production",
    "drug_possession_supply": "drugs: possession or supply",
    "sexual_not_child": "sexual (not of a child)", "sexual_child": "sexual (of a child)",
}  # fmt: skip
STATUSES = {
    "custody": "in custody, serving a sentence",
    "licence": "on licence",
    "pss": "on post-sentence supervision",
    "community": "on a community order",
    "suspended": "on a suspended sentence order",
}


def offence(group: str) -> str:
    return GROUPS.get(group, group.replace("_", " "))


def one_of(words: Sequence[str]) -> str:
    """a, b or c."""
    return " or ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
