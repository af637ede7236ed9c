"""Writing court reports: their words and versions, the oral one, the enquiries before them, and how good they are."""
