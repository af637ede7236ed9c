"""Whether it worked: one design a file."""
