"""What staff and providers say of the pilot: waves of an online survey, their questions, responses without a name, and answers."""
