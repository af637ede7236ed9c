"""The provider's desk: who is new, who is waiting, who is today."""
