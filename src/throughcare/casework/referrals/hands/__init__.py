"""Whose hands a referral is in: the post of the provider that works with the person."""
