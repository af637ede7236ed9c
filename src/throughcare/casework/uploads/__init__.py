"""Extracts sent by the page: kept whole in the home until they are loaded in the background."""
