"""Direct work with a person: under a team already, assessment, care plan, interventions, reviews, on to NHS services."""
