"""The pages of the cohort: members, what changed, proposals, one proposal, one person."""
