"""Forgetting who was on a list and is nobody known here."""
