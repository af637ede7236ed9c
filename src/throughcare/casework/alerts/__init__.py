"""Alerts: something happened to somebody that upsets a piece of work. It stands on Today until its owner has seen it."""
