"""Policing: intelligence development plans, asked for by a borough and made by the hub, and taskings."""
