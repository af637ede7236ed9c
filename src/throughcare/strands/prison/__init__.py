"""Prison co-ordination: the tasks that the co-ordinators carry out for people in custody and after release."""
