"""The picture in an intelligence plan: offending pattern, crime map and association network, from what the record holds."""
