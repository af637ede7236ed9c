"""Groups: planned, filled, checked, confirmed, run and finished."""
