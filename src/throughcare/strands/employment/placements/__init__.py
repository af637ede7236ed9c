"""Placements of six months: their start, the checks whether they last, their end and why."""
