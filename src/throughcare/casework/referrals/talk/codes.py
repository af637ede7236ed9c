"""The two sides of a referral."""

SENDER, PROVIDER = "sender", "provider"
SIDES = {SENDER: "Who sent it", PROVIDER: "The provider"}
UNTIL_ANSWERED = "waiting_for_answer"
"""The reason for which a provider's question stops the clocks."""
