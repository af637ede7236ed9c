"""Rows in quarantine: corrected on a page and loaded, or set aside for a reason."""
