"""That a feed is late or short was told to those in whose charge it is: what was told, so that it is told once."""
