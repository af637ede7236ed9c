"""How words begin: at the start of a line, and within a sentence. Only the first letter changes: a CV stays a CV."""


def capital(words: str) -> str:
    """Words as they begin a line; nothing for none."""
    return words[:1].upper() + words[1:]


def small(words: str) -> str:
    """Words as they go on a sentence; nothing for none."""
    return words[:1].lower() + words[1:]
