"""Signing in: who, how proved, what is refused, and the second factor."""
