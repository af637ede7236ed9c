"""The court desk: the list of one court today, the cohort first, on a tablet in a courtroom, with or without a connection."""
