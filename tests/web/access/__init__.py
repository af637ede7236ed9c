"""Attacks on access control, in one small pilot."""
