"""The desk of the research hub and of a borough's police."""
