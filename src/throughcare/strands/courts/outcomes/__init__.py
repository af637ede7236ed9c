"""What came of a case: the court's results confirmed or corrected, the enhanced activity requirement, days of activity done."""
