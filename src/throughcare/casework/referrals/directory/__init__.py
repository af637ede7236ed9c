"""The directory of services: what each is, how long the wait is, how many places are left, how it has changed."""
