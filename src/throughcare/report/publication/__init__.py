"""Drafts of a report and their publication: a frozen cut of the figures, chapters as analysts write them, two approvals, an embargo."""
