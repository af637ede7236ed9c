"""Why a figure is under its target, in the words of who answers for the service, dated; about no person."""
