"""Mental health: consultations with professionals, assessments of people, care plans, direct interventions."""
