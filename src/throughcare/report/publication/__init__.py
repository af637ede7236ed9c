"""Drafts of a report and their publication: a frozen cut of the figures, chapters, two approvals, an embargo."""
