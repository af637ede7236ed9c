"""Outcome scores over time; an answer that is a risk, and the response to it."""
