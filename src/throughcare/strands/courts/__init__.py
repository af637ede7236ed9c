"""Courts: the cases that come to the court officers, their pleas, reports, assessments and sentences; the clock."""
