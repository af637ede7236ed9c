"""What a report is checked for, the verdicts, and how long a section can be."""

LONGEST = 20_000
"""The longest that a section can be, in characters."""

VERDICTS = {"met": "Met", "partly": "Partly", "not": "Not met"}
ITEMS = {
    "offence_analysis": "It says what happened and why, and not only what the charge is",
    "risk": "It says what the risk is, to whom, and what it rests on",
    "proposal": "The proposal is clear, and follows from the rest",
    "requirements": "Each requirement proposed is named, with its length",
    "in_time": "It was with the court in time",
    "enquiries": "The enquiries were asked, and what came back is in it",
}
"""What a report is checked for."""
