"""The analyst's side: a survey is designed, its waves are planned, its links go out."""
