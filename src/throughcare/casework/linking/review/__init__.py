"""The questions of who is who, as a reader is asked them on the screen."""
