"""The court desk: today's list of one court, those of the cohort first, on a tablet in a courtroom, with or without a connection."""
