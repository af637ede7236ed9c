"""Proposals put off, and decisions taken back."""
