"""The outbox by which strands hear of each other without knowing each other."""
