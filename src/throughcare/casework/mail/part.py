"""What the mail app gives to everything above it."""

from throughcare.casework.mail.pages import PAGES
from throughcare.casework.mail.queries import held_about, tasks, timeline
from throughcare.core.contracts import Part

PART = Part(slug="mail", title="E-mails", measures=(), feeds=(), timeline=timeline, held_about=held_about, pages=PAGES,
            tasks=tasks)  # fmt: skip
