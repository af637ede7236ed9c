"""The API: JSON of the same results as the pages, by the same functions, behind the same decisions. For machines, by token."""
