"""Recorded crime by borough and month, and its victims under pseudonyms, as the police tell them: figures alone."""
