"""What came of a case: the court's results confirmed or corrected, the enhanced activity requirement, the days of activity done."""
