"""Positions as they are looked at: why, by whom, of which order, and how they are drawn; and when they are deleted."""
