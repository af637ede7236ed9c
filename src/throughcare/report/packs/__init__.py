"""The governance pack: frozen in one step, exceptions first, then a page a strand; kept as it was."""
