"""The employment pathway: placements of six months, and whether people are still in work."""
