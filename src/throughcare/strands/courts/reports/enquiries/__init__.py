"""Enquiries before a report: asked of others, chased, answered."""
