"""Consultations: asked for, held, the advice for whoever asked, the clinical note for health roles alone."""
