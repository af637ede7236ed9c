"""Facts typed here that an extract then tells too: one row, and what was typed is kept."""
