"""Evaluation by numbers alone: frames in, results out. No Django, no store, no clock: the day is a parameter."""
