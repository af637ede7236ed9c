"""What it costs and what it is worth: the sums behind `throughcare value`."""
