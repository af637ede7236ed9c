"""Evidence packs: what a match rests on, as a PDF for the police, with its hash."""
