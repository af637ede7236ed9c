"""Equipment, absences that are expected, dead spots: what is kept beside an order while it runs."""
