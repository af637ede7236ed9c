"""Letters to the person: plain words, kept as they were sent, in three forms."""
