"""The quality of written reports: a sample a month, each read by somebody who did not write it."""
