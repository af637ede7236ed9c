"""Incidents: what may be happening now, and who has it."""
