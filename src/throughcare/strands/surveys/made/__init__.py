"""What a survey of the service is made of: questions, links, and what may be said of who answered."""
