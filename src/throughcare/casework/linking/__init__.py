"""Who is who in the store: what the linkage found, what people decided of it, and how to undo either."""
