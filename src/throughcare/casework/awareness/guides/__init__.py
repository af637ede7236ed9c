"""A guide to each role on one sheet, its figures taken from the pilot file."""
