"""Plans for a release: both ends named and accepted, filled in, checked off before the day."""
