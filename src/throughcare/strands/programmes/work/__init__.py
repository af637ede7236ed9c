"""The work of a referral: what it is to reach, what came of that, and the provider's report at its end."""
