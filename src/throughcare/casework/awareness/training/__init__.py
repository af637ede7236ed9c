"""Training: planned, who is invited and who came, how useful it was, who has not had it."""
