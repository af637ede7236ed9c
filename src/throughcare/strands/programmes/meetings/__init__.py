"""Meetings and prison visits that a provider's workers and volunteers plan with people referred to them."""
