"""My people beside the services: who is eligible and not referred, and what is put off until when."""
