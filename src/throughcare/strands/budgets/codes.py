"""What a purchase may come to."""

from collections.abc import Mapping

OUTCOMES: Mapping[str, str] = {
    "helped": "It did what it was for", "partly": "It did so in part", "nothing": "It was used, and did nothing",
    "not_used": "It was not used", "too_early": "Too early to say",
}  # fmt: skip
"""What a purchase did, as told after its delivery."""

TAKEN_BACK = ("ordered", "delivered", "invoiced", "paid")
"""Steps that can be taken back, kept by mistake: an approval is cancelled, what was cancelled is asked for anew."""
