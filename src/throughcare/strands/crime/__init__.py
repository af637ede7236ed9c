"""Recorded crime by borough and month, and its victims: what the police record, about nobody whom the pilot serves."""
