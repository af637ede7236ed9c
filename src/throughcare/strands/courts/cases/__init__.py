"""A case on the screen: its clock, what happened in it, and the forms by which court officers work it."""
