"""Orders: made from a requirement of a sentence, kept in versions, with their equipment."""
