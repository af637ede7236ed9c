"""Missed appointments and sessions: each ends in a decision of the offender manager."""
