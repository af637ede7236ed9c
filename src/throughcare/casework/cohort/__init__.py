"""Who is in the cohort: the rule proposes, people decide."""
