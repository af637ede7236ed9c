"""The side of who is asked: the page behind a link, the answers, and the end of a wave."""
