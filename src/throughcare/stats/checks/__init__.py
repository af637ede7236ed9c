"""What can be wrong with an answer: one check a file."""
