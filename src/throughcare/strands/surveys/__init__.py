"""What staff and providers say of the pilot: waves of a survey, their questions, responses without a name, and answers."""
