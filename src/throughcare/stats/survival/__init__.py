"""How long until: curves, tests, models and their pictures."""
