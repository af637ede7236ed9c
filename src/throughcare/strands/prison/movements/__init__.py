"""Where people are in prison and how they move: learned from the extracts, told to those whose work it upsets."""
