"""Court lists: what came for which court and day, who on it is known here, what a person says of it, and who has not come."""
