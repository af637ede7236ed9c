"""Vacancies, who fits them, applications and the letters to employers."""
