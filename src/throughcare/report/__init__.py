"""The report of a period: a content tree whose numbers are results, written as one accessible page and its figures."""
