"""On to NHS services: the letter that asks them, and what they answer."""
