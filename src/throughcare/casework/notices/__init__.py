"""Notices: that something happened, told to a post or an account. What must be done stands on Today, and only there."""
