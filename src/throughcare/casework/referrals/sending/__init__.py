"""Referring a person: which services fit, what each provider will see, what the person agreed to, and the sending of it all."""
