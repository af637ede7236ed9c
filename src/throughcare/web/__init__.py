"""The pages: the frame of all of them, the guard in front of each, and those that cross strands."""
