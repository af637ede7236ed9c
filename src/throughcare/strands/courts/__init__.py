"""Courts: cases that come to the court officers, their pleas, reports, assessments and sentences; the five-day clock."""
