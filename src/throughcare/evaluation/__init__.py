"""Studies in the service: protocols registered, frames made of the store, copies frozen, results kept; and what it is worth."""
