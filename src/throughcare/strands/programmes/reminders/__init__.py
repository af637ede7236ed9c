"""Reminding people the day before an appointment or a meeting, in the way they agreed to, without naming the service."""
