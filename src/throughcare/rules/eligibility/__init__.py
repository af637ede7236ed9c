"""Who the cohort and its services are for: one criterion a file, each answering for one person on one day, with reasons."""
