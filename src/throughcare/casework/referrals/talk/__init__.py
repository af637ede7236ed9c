"""What both sides of a referral say to each other, and the clocks that may stand still meanwhile."""
