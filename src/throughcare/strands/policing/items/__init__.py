"""The items of a plan: written, corrected, withdrawn; each graded."""
