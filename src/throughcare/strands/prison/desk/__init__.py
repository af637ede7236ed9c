"""The co-ordinator's desk: who is where, what is to come, what is owed, lists for a wing."""
