"""The broker's desk and a person's work record."""
