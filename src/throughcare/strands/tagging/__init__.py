"""Orders with a tag: made, monitored, what is found reviewed, and what may be happening now."""
