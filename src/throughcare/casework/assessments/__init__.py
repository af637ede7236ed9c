"""Attitudes and needs as repeated assessments: scores on the scales that the pilot file names, and how they change."""
