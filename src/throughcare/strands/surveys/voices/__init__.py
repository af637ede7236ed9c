"""Interviews, focus groups and case studies: themes and quotations, told by organisation, never by person."""
