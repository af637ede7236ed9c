"""The figure audit: what in a report contradicts itself, or the store. It reads any English report; it knows none."""
