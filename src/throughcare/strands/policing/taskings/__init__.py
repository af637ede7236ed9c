"""Taskings: given to a post with a day, done with a result, handed back; what came to rest on them."""
