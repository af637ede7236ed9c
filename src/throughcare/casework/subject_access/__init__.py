"""Subject access: a person asks to see what is held; each step on record, and two documents that come out."""
