"""E-mails to those who use the service: the morning's digest, and at once what is off. docs/adr/0023."""
