"""What is typed here and has its home in another system: what is still to be entered there."""
