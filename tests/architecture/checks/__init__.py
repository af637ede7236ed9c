"""The rules of the house that no linter knows, one a file. Each takes a source root and returns what it found."""
