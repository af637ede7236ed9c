"""Crimes that a force asks about: its files, runs of the match, and what a person makes of each match."""
