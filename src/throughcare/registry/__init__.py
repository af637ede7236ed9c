"""Finds the casework apps and strands by their folders and gives what they declare to everything above."""
